import { LIFECYCLE_STAGES, PROJECT_STATUSES } from '../../projects';
import {
  Count,
  Currency,
  DateOnly,
  Figure,
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

const PERIODS = ['month', 'quarter', 'fiscal_year'] as const;
const CAPEX_CLASSES = ['capex', 'opex', 'none'] as const;
const WARNINGS = ['FX_MISSING', 'SALARY_MISSING', 'OVER_ALLOCATED', 'TEAM_SHORTFALL'] as const;

abstract class Project {
  @Id('prj') id: string;
  @Words() name: string;
  @OneOf(PROJECT_STATUSES) status: (typeof PROJECT_STATUSES)[number];
  @OneOf(LIFECYCLE_STAGES) lifecycleStage: (typeof LIFECYCLE_STAGES)[number];
  @DateOnly(undefined, OPTIONAL) startDate?: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
  @Ref(undefined, OPTIONAL) valueStream?: IdName;
}

class ProjectRow extends Project {
  @Ref(undefined, OPTIONAL) owner?: IdName;
  @Figure('Of the allocations that run on the day.', OPTIONAL) allocatedFte?: number;
}

export class ProjectPage extends PageOutput {
  @ListOf(() => ProjectRow) items: ProjectRow[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class OneProject extends Project {
  @Words(undefined, OPTIONAL) externalId?: string;
  @Words(undefined, OPTIONAL) description?: string;
  @Ref(undefined, OPTIONAL) costCentre?: IdName;
  @OneOf(CAPEX_CLASSES) capexClass: (typeof CAPEX_CLASSES)[number];
}

class Totals {
  @Count('Current and agreed.') allocations: number;
  @Figure('On the day.') allocatedFte: number;
  @Count('On the day, without those of allocated teams.') people: number;
  @Count('On the day.') teams: number;
}

class Allocation {
  @Id('alc') id: string;
  @Ref('emp_ employee, con_ contractor, vac_ vacancy, agt_ AI agent, team_ team.') subject: IdName;
  @Fte() fte: number;
  @DateOnly() startDate: string;
  @DateOnly('None: open.', OPTIONAL) endDate?: string;
}

class Sum {
  @Money() amount: string;
  @Currency() currency: string;
}

class ProjectBudget extends Sum {
  @Id('bud') id: string;
  @OneOf(PERIODS) period: (typeof PERIODS)[number];
  @DateOnly() effectiveDate: string;
}

class PeriodCost {
  @DateOnly() from: string;
  @DateOnly() to: string;
  @Money() amount: string;
}

class Warning {
  @OneOf(WARNINGS) code: (typeof WARNINGS)[number];
  @Currency(undefined, OPTIONAL) currency?: string;
  @Count() count: number;
  @Words() message: string;
}

class Cost {
  @Currency() currency: string;
  @Nested(() => PeriodCost) fiscalYear: PeriodCost;
  @Nested(() => PeriodCost) fiscalYearToDate: PeriodCost;
  @Nested(() => PeriodCost, 'From first to last day.', OPTIONAL) whole?: PeriodCost;
  @ListOf(() => Warning) warnings: Warning[];
}

export class ProjectRecord {
  @DateOnly() asOf: string;
  @Nested(() => OneProject) project: OneProject;
  @Ref(undefined, OPTIONAL) owner?: IdName;
  @Nested(() => Totals, undefined, OPTIONAL) totals?: Totals;
  @ListOf(() => Allocation, 'The first 50.', OPTIONAL) allocations?: Allocation[];
  @Nested(() => Sum, undefined, OPTIONAL) estimatedCost?: Sum;
  @Nested(() => ProjectBudget, 'In force on the day.', OPTIONAL) budget?: ProjectBudget;
  @Nested(() => Cost, 'By allocations; days to come as planned.', OPTIONAL) cost?: Cost;
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
