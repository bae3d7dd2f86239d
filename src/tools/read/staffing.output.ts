import {
  Count,
  Currency,
  DateOnly,
  Fte,
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
import { ProjectAllocation, TeamAllocation } from '../fields/parts';

const STATUSES = ['active', 'ended', 'future'] as const;
const CONTRACTOR_TYPES = ['individual', 'company'] as const;
const RATE_TYPES = ['hourly', 'daily', 'monthly'] as const;

class Rate {
  @DateOnly() effectiveDate: string;
  @OneOf(RATE_TYPES) rateType: (typeof RATE_TYPES)[number];
  @Money() rate: string;
  @Currency() currency: string;
}

abstract class Contractor {
  @Id('con') id: string;
  @Words() name: string;
  @Words(undefined, OPTIONAL) email?: string;
  @OneOf(STATUSES) status: (typeof STATUSES)[number];
  @OneOf(CONTRACTOR_TYPES) type: (typeof CONTRACTOR_TYPES)[number];
  @Words(undefined, OPTIONAL) company?: string;
  @DateOnly() startDate: string;
  @DateOnly(undefined, OPTIONAL) endDate?: string;
}

class ContractorRow extends Contractor {
  @Words(undefined, OPTIONAL) jobRole?: string;
  @Words() geography: string;
  @Ref(undefined, OPTIONAL) team?: IdName;
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Nested(() => Rate, 'In force on the day.', OPTIONAL) rate?: Rate;
}

export class ContractorPage extends PageOutput {
  @ListOf(() => ContractorRow) items: ContractorRow[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class OneContractor extends Contractor {
  @Words(undefined, OPTIONAL) externalId?: string;
  @Ref(undefined, OPTIONAL) jobRole?: IdName;
  @Ref() geography: IdName;
  @Ref(undefined, OPTIONAL) costCentre?: IdName;
}

export class ContractorRecord {
  @DateOnly() asOf: string;
  @Nested(() => OneContractor) contractor: OneContractor;
  @Ref(undefined, OPTIONAL) team?: IdName;
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Nested(() => Rate, 'In force on the day.', OPTIONAL) rate?: Rate;
  @ListOf(() => Rate, 'Newest first.', OPTIONAL) rateHistory?: Rate[];
  @ListOf(() => TeamAllocation, undefined, OPTIONAL) allocations?: TeamAllocation[];
  @ListOf(() => ProjectAllocation, undefined, OPTIONAL) projectAllocations?: ProjectAllocation[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

const VACANCY_STATUSES = ['open', 'on_hold', 'filled', 'cancelled'] as const;

class SalaryRange {
  @Money('Annual, at 1.0 FTE.') min: string;
  @Money() max: string;
  @Currency() currency: string;
}

abstract class Vacancy {
  @Id('vac') id: string;
  @Words() role: string;
  @OneOf(VACANCY_STATUSES, 'Open until its filler comes and after they leave.') status: (typeof VACANCY_STATUSES)[number];
  @Fte() fte: number;
  @DateOnly() targetStartDate: string;
}

class VacancyRow extends Vacancy {
  @Words(undefined, OPTIONAL) jobRole?: string;
  @Words(undefined, OPTIONAL) geography?: string;
  @Ref(undefined, OPTIONAL) team?: IdName;
  @Ref(undefined, OPTIONAL) hiringManager?: IdName;
  @Ref('Also who is yet to come.', OPTIONAL) filledBy?: IdName;
  @Nested(() => SalaryRange, undefined, OPTIONAL) salary?: SalaryRange;
}

export class VacancyPage extends PageOutput {
  @ListOf(() => VacancyRow, 'salary is annual, at 1.0 FTE.') items: VacancyRow[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class OneVacancy extends Vacancy {
  @Words(undefined, OPTIONAL) externalId?: string;
  @Words(undefined, OPTIONAL) description?: string;
  @Ref(undefined, OPTIONAL) jobRole?: IdName;
  @Ref(undefined, OPTIONAL) workType?: IdName;
  @Ref(undefined, OPTIONAL) geography?: IdName;
}

export class VacancyRecord {
  @DateOnly() asOf: string;
  @Nested(() => OneVacancy) vacancy: OneVacancy;
  @Ref(undefined, OPTIONAL) team?: IdName;
  @Ref(undefined, OPTIONAL) hiringManager?: IdName;
  @Ref('Also who is yet to come.', OPTIONAL) filledBy?: IdName;
  @Nested(() => SalaryRange, 'Annual, at 1.0 FTE.', OPTIONAL) salary?: SalaryRange;
  @ListOf(() => TeamAllocation, undefined, OPTIONAL) allocations?: TeamAllocation[];
  @ListOf(() => ProjectAllocation, undefined, OPTIONAL) projectAllocations?: ProjectAllocation[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class AgentPrice {
  @Money() perSeatPerMonth: string;
  @Words() perMillionInput: string;
  @Words() perMillionOutput: string;
  @Count('Tokens that cost nothing.') includedInputPerMonth: number;
  @Count('Tokens that cost nothing.') includedOutputPerMonth: number;
  @Currency() currency: string;
}

class AiAgentRow {
  @Id('agt') id: string;
  @Words() name: string;
  @Words() provider: string;
  @OneOf(STATUSES) status: (typeof STATUSES)[number];
  @Count() seats: number;
  @Count() inputTokensPerMonth: number;
  @Count() outputTokensPerMonth: number;
  @Ref(undefined, OPTIONAL) team?: IdName;
  @DateOnly() startDate: string;
  @DateOnly(undefined, OPTIONAL) endDate?: string;
  @Nested(() => AgentPrice, undefined, OPTIONAL) price?: AgentPrice;
}

export class AiAgentPage extends PageOutput {
  @ListOf(() => AiAgentRow) items: AiAgentRow[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
