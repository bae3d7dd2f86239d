import {
  COMPARED,
  DIMENSION_NAMES,
  type Granularity,
  GRANULARITIES,
  METRIC_GROUPS,
  METRIC_NAMES,
  type Operator,
  OPERATORS,
  PERIOD,
  type PresetName,
  PRESETS,
} from '../../analytics';
import { Cursor, DateOnly, Limit, OneOf, OPTIONAL, Part, Parts, PlanId, ScenarioOr, SomeOf, Text, Texts } from '../fields';

const MOST_METRICS = 5;
const MOST_DIMENSIONS = 4;
const MOST_FILTERS = 10;
const MOST_VALUES = 100;
const LIMIT = { most: 500, byDefault: 50 };

class FilterInput {
  @Text('A dimension; for gt, gte, lt, lte a metric of this query.', { max: 40 }) field: string;
  @OneOf(OPERATORS, 'under: teams and all below them. is_null: no such group.') op: Operator;
  @Text('Id, ext: id, code or word; for contains a part of the name; for gt, gte, lt, lte a number.', OPTIONAL) value?: string;
  @Texts('Instead of value, for in, not_in and under.', { most: MOST_VALUES, max: 254, ...OPTIONAL }) values?: string[];
}

class PeriodInput {
  @DateOnly('First day.') from: string;
  @DateOnly('Last day, included.') to: string;
}

class OrderInput {
  @Text('A metric or dimension of this query.', { max: 40 }) field: string;
  @OneOf(['asc', 'desc'], 'Smallest or largest first.', { byDefault: 'desc' }) direction: 'asc' | 'desc' = 'desc';
}

export class QueryAnalytics {
  @SomeOf(METRIC_NAMES, 'What to measure.', { least: 1, most: MOST_METRICS }) metrics: string[];
  @SomeOf([...DIMENSION_NAMES, PERIOD], 'What to split by.', { most: MOST_DIMENSIONS, ...OPTIONAL }) dimensions?: string[];
  @Parts(() => FilterInput, 'All must hold.', { most: MOST_FILTERS }) filters?: FilterInput[];
  @Part(() => PeriodInput, 'Default: the widest that is usual for the metrics, told in meta.') period?: PeriodInput;
  @OneOf(PRESETS, 'Instead of period. Quarters and years are fiscal; last_n and next_n months are whole ones.', OPTIONAL)
  preset?: PresetName;
  @OneOf(GRANULARITIES, 'Parts of a split by period.', OPTIONAL) granularity?: Granularity;
  @PlanId() planId?: string;
  @ScenarioOr(COMPARED, 'Adds columns with the other value and _change.') compareTo?: string;
  @Part(() => OrderInput, 'Default: by period where split by it, else first metric, largest first.') orderBy?: OrderInput;
  @Limit(LIMIT) limit: number = LIMIT.byDefault;
  @Cursor() cursor?: string;
}

export class ListMetrics {
  @OneOf(Object.keys(METRIC_GROUPS), 'Only metrics of this kind.', OPTIONAL) group?: string;
}
