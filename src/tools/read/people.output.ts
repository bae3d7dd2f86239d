import { Count, Currency, DateOnly, Flag, Fte, Id, ListOf, Money, Nested, OneOf, OPTIONAL, PageOutput, TEXT, Words } from '../fields';

const STATUSES = ['active', 'on_notice', 'departed', 'future'] as const;
type Status = (typeof STATUSES)[number];

/** What a permission that the caller lacks has kept out of an answer. */
const REDACTED = 'Fields left out because the caller may not read them.';

class TeamName {
  @Id('team') id: string;
  @Words() name: string;
}

class PersonName {
  @Id('emp') id: string;
  @Words() name: string;
}

class CodeName {
  @Words() id: string;
  @Words() name: string;
}

class EmployeeRow {
  @Id('emp') id: string;
  @Words() name: string;
  @Words(undefined, OPTIONAL) email?: string;
  @OneOf(STATUSES) status: Status;
  @Words() jobRole: string;
  @Words() geography: string;
  @Nested(() => TeamName, undefined, OPTIONAL) team?: TeamName;
  @Nested(() => PersonName, undefined, OPTIONAL) manager?: PersonName;
  @DateOnly() startDate: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
  @Fte('Contracted.') fte: number;
  @ListOf(TEXT, 'At most 10.', OPTIONAL) skills?: string[];
}

export class EmployeePage extends PageOutput {
  @ListOf(() => EmployeeRow) items: EmployeeRow[];
  @ListOf(TEXT, REDACTED, OPTIONAL) redacted?: string[];
}

class Person {
  @Id('emp') id: string;
  @Words(undefined, OPTIONAL) externalId?: string;
  @Words() firstName: string;
  @Words() lastName: string;
  @Words(undefined, OPTIONAL) email?: string;
  @OneOf(STATUSES) status: Status;
  @DateOnly() startDate: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
  @DateOnly(undefined, OPTIONAL) noticeDate?: string;
  @Fte('Contracted.') fte: number;
  @Nested(() => CodeName) jobRole: CodeName;
  @Nested(() => CodeName) workType: CodeName;
  @Nested(() => CodeName) geography: CodeName;
  @Nested(() => CodeName, undefined, OPTIONAL) costCentre?: CodeName;
}

class Report {
  @Id('emp') id: string;
  @Words() name: string;
  @Words() jobRole: string;
}

class TeamAllocation {
  @Id('alc') id: string;
  @Id('team') teamId: string;
  @Words() team: string;
  @Fte() fte: number;
  @DateOnly() startDate: string;
  @DateOnly('Last day; none = open.', OPTIONAL) endDate?: string;
  @Flag() isPrimary: boolean;
}

class ProjectAllocation {
  @Id('alc') id: string;
  @Id('prj') projectId: string;
  @Words() project: string;
  @Fte() fte: number;
  @DateOnly() startDate: string;
  @DateOnly(undefined, OPTIONAL) endDate?: string;
}

class Salary {
  @DateOnly() effectiveDate: string;
  @Money('Base pay for a year at 1.0 FTE.') annualSalary: string;
  @Money() annualBonus: string;
  @Currency() currency: string;
  @Words(undefined, OPTIONAL) reason?: string;
}

export class EmployeeRecord {
  @DateOnly() asOf: string;
  @Nested(() => Person) person: Person;
  @Nested(() => PersonName, undefined, OPTIONAL) manager?: PersonName;
  @Count('Direct reports on the day.') reportCount: number;
  @ListOf(() => Report, 'The first 50 of them by name.') reports: Report[];
  @Nested(() => TeamName, 'Team of the primary allocation.', OPTIONAL) team?: TeamName;
  @ListOf(TEXT) skills: string[];
  @ListOf(() => TeamAllocation, 'To teams, current and agreed.', OPTIONAL) allocations?: TeamAllocation[];
  @ListOf(() => ProjectAllocation, undefined, OPTIONAL) projectAllocations?: ProjectAllocation[];
  @Nested(() => Salary, 'In force on the day.', OPTIONAL) salary?: Salary;
  @ListOf(() => Salary, 'Newest first, agreed future changes included.', OPTIONAL) salaryHistory?: Salary[];
  @ListOf(TEXT, REDACTED, OPTIONAL) redacted?: string[];
}

class RankedEmployee {
  @Count('Equal amounts share a rank.') rank: number;
  @Id('emp') id: string;
  @Words() name: string;
  @Words() jobRole: string;
  @Fte('Contracted; amounts are at 1.0.') fte: number;
  @Money('In the currency of the ranking.') amount: string;
  @Money('In the currency the person is paid in.') ownAmount: string;
  @Currency() ownCurrency: string;
}

const LEFT_OUT = ['FX_MISSING', 'PAY_MISSING'] as const;

class LeftOut {
  @OneOf(LEFT_OUT) code: (typeof LEFT_OUT)[number];
  @Currency(undefined, OPTIONAL) currency?: string;
  @Count('People.') count: number;
  @Words() message: string;
}

export class Ranking extends PageOutput {
  @DateOnly() asOf: string;
  @Currency('Of every amount.') currency: string;
  @Count('People ranked, on all pages.') total: number;
  @ListOf(() => RankedEmployee, 'Annual amounts at 1.0 FTE.') items: RankedEmployee[];
  @ListOf(() => LeftOut, 'Who is missing from the ranking, and why.') warnings: LeftOut[];
}
