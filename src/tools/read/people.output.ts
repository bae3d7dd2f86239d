import {
  type IdName,
  Ref,
  Count,
  Currency,
  DateOnly,
  Fte,
  Id,
  ListOf,
  Money,
  Nested,
  OneOf,
  OPTIONAL,
  PageOutput,
  TEXT,
  Words,
} from '../fields';
import { ProjectAllocation, TeamAllocation } from '../fields/parts';

const STATUSES = ['active', 'on_notice', 'departed', 'future'] as const;
type Status = (typeof STATUSES)[number];

/** What a permission that the caller lacks has kept out of an answer. */
const REDACTED = 'Fields left out because the caller may not read them.';

class EmployeeRow {
  @Id('emp') id: string;
  @Words() name: string;
  @Words(undefined, OPTIONAL) email?: string;
  @OneOf(STATUSES) status: Status;
  @Words() jobRole: string;
  @Words() geography: string;
  @Ref(undefined, OPTIONAL) team?: IdName;
  @Ref(undefined, OPTIONAL) manager?: IdName;
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
  @Ref() jobRole: IdName;
  @Ref() workType: IdName;
  @Ref() geography: IdName;
  @Ref(undefined, OPTIONAL) costCentre?: IdName;
}

class Report {
  @Id('emp') id: string;
  @Words() name: string;
  @Words() jobRole: string;
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
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Count('Direct reports on the day.') reportCount: number;
  @ListOf(() => Report, 'The first 50 of them by name.') reports: Report[];
  @Ref('Team of the primary allocation.', OPTIONAL) team?: IdName;
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
