import { Count, Currency, Figure, Id, type IdName, ListOf, Money, Nested, OPTIONAL, PageOutput, Ref, TEXT, Words } from '../fields';
import { Period, Warning } from '../fields/parts';

abstract class Usage {
  @Money() spend: string;
  @Count() inputTokens: number;
  @Count() outputTokens: number;
  @Count() cachedTokens: number;
  @Count() sessions: number;
}

class Totals extends Usage {
  @Count('People with usage.') activeUsers: number;
  @Count('On the last day.') headcount: number;
  @Figure('Part of headcount with usage.', OPTIONAL) adoptionRate?: number;
}

class SystemUsage extends Usage {
  @Words() system: string;
  @Count() activeUsers: number;
}

class UnmatchedUsage extends Usage {
  @Count() accounts: number;
}

export class AiUsageSummary {
  @Nested(() => Period) period: Period;
  @Currency('Of every amount.') currency: string;
  @Nested(() => Totals, 'Of all accounts.') totals: Totals;
  @ListOf(() => SystemUsage, 'Largest spend first.') systems: SystemUsage[];
  @Nested(() => UnmatchedUsage, 'Part of totals whose accounts belong to no known person.') unmatched: UnmatchedUsage;
  @ListOf(() => Warning) warnings: Warning[];
}

abstract class SpendPage extends PageOutput {
  @Nested(() => Period) period: Period;
  @Currency('Of every amount.') currency: string;
  @ListOf(() => Warning) warnings: Warning[];
}

class TeamUse {
  @Money('None: too few users for who may not see single persons.', OPTIONAL) spend?: string;
  @Count('Whose primary team it was on a day of use.') activeUsers: number;
  @Count('Whose primary team it is on the last day.') headcount: number;
  @Figure('Part of headcount with usage.', OPTIONAL) adoptionRate?: number;
}

class TeamRow extends TeamUse {
  @Ref('None: people in no team.', OPTIONAL) team?: IdName;
}

class Unmatched {
  @Count() accounts: number;
  @Money() spend: string;
}

export class AiSpendByTeam extends SpendPage {
  @ListOf(() => TeamRow, 'Teams below not included; spend of who is in several teams is divided by FTE.') items: TeamRow[];
  @Nested(() => TeamUse, 'On all pages, unmatched included.') totals: TeamUse;
  @Nested(() => Unmatched) unmatched: Unmatched;
  @Count('Rows without spend.') suppressed: number;
}

class PersonRow {
  @Ref() person: IdName;
  @Money() spend: string;
  @Count() inputTokens: number;
  @Count() outputTokens: number;
  @Count() sessions: number;
  @ListOf(TEXT) systems: string[];
}

class PersonTotals {
  @Count() people: number;
  @Money() spend: string;
}

class Account {
  @Id('acc') id: string;
  @Words() provider: string;
  @Words() account: string;
  @Money() spend: string;
}

class UnmatchedAccounts extends Unmatched {
  @ListOf(() => Account, 'At most 20.') largest: Account[];
}

export class AiSpendByPerson extends SpendPage {
  @ListOf(() => PersonRow) items: PersonRow[];
  @Nested(() => PersonTotals, 'On all pages, unmatched left out.') totals: PersonTotals;
  @Nested(() => UnmatchedAccounts) unmatched: UnmatchedAccounts;
}
