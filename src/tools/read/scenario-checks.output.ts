import { SCENARIO_STATUSES } from '../../scenarios';
import {
  Count,
  Currency,
  DateOnly,
  DriftOutput,
  EntityCount,
  Flag,
  Id,
  ListOf,
  Nested,
  OneOf,
  OPTIONAL,
  Scalar,
  TEXT,
  WarningOutput,
  Words,
} from '../fields';

class ProblemFound {
  @Words() code: string;
  @Words() message: string;
  @Words(undefined, OPTIONAL) entity?: string;
  @Words(undefined, OPTIONAL) id?: string;
  @Words(undefined, OPTIONAL) field?: string;
}

export class ScenarioValidated {
  @Id('plan') planId: string;
  @Count() planRev: number;
  @OneOf(SCENARIO_STATUSES) status: (typeof SCENARIO_STATUSES)[number];
  @Flag('Nothing stands against submitting and merging it.') valid: boolean;
  @ListOf(() => ProblemFound, 'The first 50.') problems: ProblemFound[];
  @Count() problemCount: number;
  @ListOf(() => WarningOutput) warnings: WarningOutput[];
  @Nested(() => DriftOutput) drift: DriftOutput;
  @ListOf(TEXT, 'Not looked at, because the caller may not see it.', OPTIONAL) redacted?: string[];
}

class PeriodCompared {
  @DateOnly() from: string;
  @DateOnly() to: string;
}

class FigureCompared {
  @Words() metric: string;
  @Scalar() value: string | number | null;
}

class WorldCompared {
  @Id('plan', 'None: live.', OPTIONAL) planId?: string;
  @Words() title: string;
  @OneOf(SCENARIO_STATUSES, undefined, OPTIONAL) status?: (typeof SCENARIO_STATUSES)[number];
  @Count(undefined, OPTIONAL) rev?: number;
  @ListOf(() => FigureCompared, 'Of the last day; costs of the whole period.') figures: FigureCompared[];
  @ListOf(() => EntityCount, 'Rows that it touches.', OPTIONAL) changes?: EntityCount[];
  @ListOf(() => WarningOutput, undefined, OPTIONAL) warnings?: WarningOutput[];
}

export class ScenariosCompared {
  @Nested(() => PeriodCompared) period: PeriodCompared;
  @DateOnly() asOf: string;
  @Currency(undefined, OPTIONAL) currency?: string;
  @ListOf(() => WorldCompared, 'Live first. Headcount, FTE and vacancies are of the last day, costs of the whole period.')
  items: WorldCompared[];
  @ListOf(TEXT, 'Left out because the caller may not read it.', OPTIONAL) redacted?: string[];
}
