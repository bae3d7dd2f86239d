import { BUDGET_SCOPES } from '../../projects';
import {
  Count,
  Currency,
  DateOnly,
  Figure,
  Id,
  type IdName,
  ListOf,
  Money,
  Nested,
  OneOf,
  OPTIONAL,
  PageOutput,
  Ref,
  TEXT,
  Words,
} from '../fields';

const PERIODS = ['month', 'quarter', 'fiscal_year'] as const;
const WARNINGS = ['FX_MISSING', 'SALARY_MISSING', 'OVER_ALLOCATED', 'TEAM_SHORTFALL'] as const;

class Own {
  @Money() amount: string;
  @Currency() currency: string;
}

class Budget {
  @Id('bud') id: string;
  @OneOf(BUDGET_SCOPES) scope: (typeof BUDGET_SCOPES)[number];
  @Ref(undefined, OPTIONAL) target?: IdName;
  @OneOf(PERIODS) period: (typeof PERIODS)[number];
  @DateOnly('The period of the day.') from: string;
  @DateOnly() to: string;
  @DateOnly() effectiveDate: string;
  @Money('None: no exchange rate.', OPTIONAL) amount?: string;
  @Nested(() => Own, 'Where its currency is another.', OPTIONAL) own?: Own;
  @Money('Cost of the whole period, by allocations; a team with all below it.', OPTIONAL) planned?: string;
  @Money('Its part until asOf.', OPTIONAL) toDate?: string;
  @Money('amount - planned.', OPTIONAL) variance?: string;
  @Figure('Of amount.', OPTIONAL) plannedShare?: number;
  @Figure('Of amount.', OPTIONAL) toDateShare?: number;
}

class Warning {
  @OneOf(WARNINGS) code: (typeof WARNINGS)[number];
  @Currency(undefined, OPTIONAL) currency?: string;
  @Count() count: number;
  @Words() message: string;
}

export class BudgetStatus extends PageOutput {
  @DateOnly() asOf: string;
  @Currency('Of every amount.') currency: string;
  @ListOf(() => Budget) items: Budget[];
  @ListOf(() => Warning) warnings: Warning[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
