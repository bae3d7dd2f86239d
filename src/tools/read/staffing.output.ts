import {
  Currency,
  DateOnly,
  Flag,
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

const STATUSES = ['active', 'ended', 'future'] as const;
const CONTRACTOR_TYPES = ['individual', 'company'] as const;
const RATE_TYPES = ['hourly', 'daily', 'monthly'] as const;

class Rate {
  @DateOnly() effectiveDate: string;
  @OneOf(RATE_TYPES) rateType: (typeof RATE_TYPES)[number];
  @Money() rate: string;
  @Currency() currency: string;
}

class TeamAllocation {
  @Id('alc') id: string;
  @Id('team') teamId: string;
  @Words() team: string;
  @Fte() fte: number;
  @DateOnly() startDate: string;
  @DateOnly(undefined, OPTIONAL) endDate?: string;
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
