import { LIFECYCLE_STAGES, PROJECT_ISSUES, PROJECT_STATUSES } from '../../projects';
import {
  Count,
  Currency,
  DateOnly,
  Figure,
  Fte,
  Id,
  ID_NAME,
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
import { Period, Sum, Warning } from '../fields/parts';

const PERIODS = ['month', 'quarter', 'fiscal_year'] as const;
const CAPEX_CLASSES = ['capex', 'opex', 'none'] as const;
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
  @Figure('On the day: people, open vacancies, teams; no AI agents.', OPTIONAL) allocatedFte?: number;
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
  @Figure('On the day: people, open vacancies, teams; no AI agents.') allocatedFte: number;
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

class ProjectBudget extends Sum {
  @Id('bud') id: string;
  @OneOf(PERIODS) period: (typeof PERIODS)[number];
  @DateOnly() effectiveDate: string;
}

class PeriodCost extends Period {
  @Money() amount: string;
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

class OverBudget extends PeriodCost {
  @Money('Cost of the period, by allocations.') planned: string;
}

class IssueCounts {
  @Count(undefined, OPTIONAL) completed_with_allocations?: number;
  @Count(undefined, OPTIONAL) no_allocations?: number;
  @Count(undefined, OPTIONAL) ended_with_allocations?: number;
  @Count(undefined, OPTIONAL) no_owner?: number;
  @Count(undefined, OPTIONAL) over_budget?: number;
}

class ProjectWithIssues {
  @Id('prj') id: string;
  @Words() name: string;
  @OneOf(PROJECT_STATUSES) status: (typeof PROJECT_STATUSES)[number];
  @OneOf(LIFECYCLE_STAGES) lifecycleStage: (typeof LIFECYCLE_STAGES)[number];
  @DateOnly(undefined, OPTIONAL) endDate?: string;
  @ListOf({ type: 'string', enum: PROJECT_ISSUES }) issues: (typeof PROJECT_ISSUES)[number][];
  @Ref(undefined, OPTIONAL) owner?: IdName;
  @DateOnly('Last day of an owner who left.', OPTIONAL) ownerLeft?: string;
  @Count('That have not ended.', OPTIONAL) allocations?: number;
  @Figure('On the day: people, open vacancies, teams; no AI agents.', OPTIONAL) allocatedFte?: number;
  @ListOf(ID_NAME, 'The three largest.', OPTIONAL) allocated?: IdName[];
  @Nested(() => OverBudget, undefined, OPTIONAL) budget?: OverBudget;
}

export class ProjectsWithIssues extends PageOutput {
  @DateOnly() asOf: string;
  @Currency('Of every amount.') currency: string;
  @Nested(() => IssueCounts, 'Projects per issue, on all pages.') counts: IssueCounts;
  @ListOf(() => ProjectWithIssues, 'allocated names the three largest of its allocations.') items: ProjectWithIssues[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
