import { Count, Currency, DateOnly, Flag, Id, ListOf, Nested, OneOf, OPTIONAL, TEXT, Words } from '../fields';
import { Period, Warning, WARNINGS } from '../fields/parts';
import { type Cell, GRANULARITIES, type Granularity } from '../../analytics';

const CELL = { type: ['string', 'number', 'null'] };

class ColumnOutput {
  @Words() key: string;
  @OneOf(['id', 'text', 'date', 'number', 'decimal'], 'date: first day of the part; decimal: money as text.')
  type: 'id' | 'text' | 'date' | 'number' | 'decimal';
  @Words(undefined, OPTIONAL) unit?: string;
  @Currency(undefined, OPTIONAL) currency?: string;
}

class PeriodOutput extends Period {
  @OneOf(GRANULARITIES) granularity: Granularity;
}

const COMPARED = ['before', 'live', 'scenario', 'budget'] as const;

class ComparedOutput {
  @OneOf(COMPARED, 'Ending of its columns; _change is the value less it.') what: (typeof COMPARED)[number];
  @DateOnly(undefined, OPTIONAL) from?: string;
  @DateOnly(undefined, OPTIONAL) to?: string;
  @Id('plan', undefined, OPTIONAL) planId?: string;
  @Count(undefined, OPTIONAL) planRev?: number;
}

class FreshnessOutput {
  @DateOnly(undefined, OPTIONAL) effort?: string;
  @DateOnly(undefined, OPTIONAL) aiUsage?: string;
}

class WarningOutput extends Warning {
  @OneOf([...WARNINGS, 'BUDGET_MISSING', 'ACTUALS_END_EARLY'], 'ACTUALS_END_EARLY: count is the days without figures.')
  override code: string;
}

class MetaOutput {
  @Nested(() => PeriodOutput) period: PeriodOutput;
  @Nested(() => ComparedOutput, undefined, OPTIONAL) comparedWith?: ComparedOutput;
  @Currency(undefined, OPTIONAL) currency?: string;
  @Id('plan', undefined, OPTIONAL) planId?: string;
  @Count(undefined, OPTIONAL) planRev?: number;
  @DateOnly() asOf: string;
  @Count() liveRev: number;
  @Nested(() => FreshnessOutput, 'Last day of the actual figures that there are.', OPTIONAL) freshness?: FreshnessOutput;
  @Count('Groups whose figures are hidden because too few people are behind them.') suppressed: number;
  @Flag() hasMore: boolean;
  @Words(undefined, OPTIONAL) nextCursor?: string;
  @ListOf(() => WarningOutput) warnings: WarningOutput[];
}

export class AnalyticsTable {
  @ListOf(() => ColumnOutput) columns: ColumnOutput[];
  @ListOf({ type: 'array', items: CELL }, 'null: no such group, or no value.') rows: Cell[][];
  @ListOf(CELL, 'One row: all groups, shown or not; the whole period.') totals: Cell[];
  @Nested(() => MetaOutput) meta: MetaOutput;
}

class MetricOutput {
  @Words() name: string;
  @Words() unit: string;
  @Words() definition: string;
  @Words('Name of a list in splits.') splits: string;
  @ListOf(TEXT, 'Permissions that you lack for it.', OPTIONAL) needs?: string[];
}

class MetricGroupOutput {
  @Words() name: string;
  @ListOf(() => MetricOutput) metrics: MetricOutput[];
}

class SplitOutput {
  @Words() name: string;
  @ListOf(TEXT) dimensions: string[];
}

class DimensionOutput {
  @Words() name: string;
  @Words() definition: string;
  @ListOf(TEXT, undefined, OPTIONAL) values?: string[];
}

export class MetricList {
  @ListOf(() => MetricGroupOutput) groups: MetricGroupOutput[];
  @ListOf(() => SplitOutput, 'What metrics can be split and filtered by, besides period.') splits: SplitOutput[];
  @ListOf(() => DimensionOutput) dimensions: DimensionOutput[];
}
