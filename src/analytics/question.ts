import { findingTool } from '../workforce';
import { type Calendar, daysBetween, type Granularity, presetSpan, type Span } from './calendar';
import { type Comparison, comparisonOf } from './comparison';
import type { Metric } from './declare';
import type { DimensionName, Ids } from './dimensions';
import { invalid } from './invalid';
import { type AnalyticsQuery, type Filter, type Operator, PERIOD } from './query';
import { dimension, dimensionsOf, isDimension, isMetric, metric, source, sourceOf } from './vocabulary';

/** Ten years; more is a slip of the keyboard. */
const MOST_DAYS = 3_660;

/** A query whose parts fit each other. */
export interface Question {
  readonly metrics: readonly Metric[];
  /** The metrics, and what stands beside them where they are compared with the budget: that, and what is left of it. */
  readonly reckoned: readonly Metric[];
  /** What the answer is split by, in the order of its columns; the period is one of them where it is split. */
  readonly splits: readonly (DimensionName | typeof PERIOD)[];
  readonly span: Span;
  readonly granularity: Granularity;
  readonly comparison?: Comparison;
  /** By dimension; the index is that of the filter in the query. */
  readonly filters: readonly DimensionFilter[];
  /** By a metric's value, on rows only. */
  readonly thresholds: readonly Threshold[];
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[];
}

export interface DimensionFilter {
  readonly at: string;
  readonly field: DimensionName;
  readonly op: Exclude<Operator, 'gt' | 'gte' | 'lt' | 'lte'>;
  readonly given: readonly Given[];
}

/** A value of a filter, and where in the query it is. */
export interface Given {
  readonly at: string;
  readonly value: string;
}

export interface Threshold {
  readonly metric: string;
  readonly op: 'gt' | 'gte' | 'lt' | 'lte';
  readonly value: string;
}

/** The budget, and what the cost leaves of it, which nobody asked for: problems with either are the budget's. */
const BESIDE_BUDGET: readonly Metric[] = [metric('budget_amount'), { ...metric('budget_variance'), name: 'budget_amount' }];

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;
const COMPARING: readonly string[] = ['gt', 'gte', 'lt', 'lte'];
const LISTS: readonly string[] = ['in', 'not_in', 'under'];
/** What to use instead, of the operators that take one value. */
const SEVERAL: Readonly<Record<string, string>> = { eq: 'use in for several', ne: 'use not_in for several', contains: 'ask once for each' };

/** @throws ToolError VALIDATION, naming the field, the pair that does not fit, and what does */
export function questionOf(query: AnalyticsQuery, calendar: Calendar): Question {
  const metrics = query.metrics.map(metric);
  const splits = splitsOf(query);
  const dimensions = splits.filter((one): one is DimensionName => one !== PERIOD);
  const filters = (query.filters ?? []).map((filter, index) => filterOf(filter, `filters[${index}]`, query.metrics));
  const byDimension = filters.filter((one): one is DimensionFilter => 'at' in one);
  const span = spanOf(query, metrics, calendar);
  const comparison = comparisonOf(query, metrics, span);
  const reckoned = comparison?.with === 'budget' ? [...metrics, ...BESIDE_BUDGET] : metrics;
  for (const one of reckoned) {
    dimensions.forEach((name) => mustFit(one, name, 'dimensions', 'split'));
    byDimension.forEach(({ field, at }) => mustFit(one, field, `${at}.field`, 'filtered'));
    mustBeInWorld(one, query.planId, 'planId');
    mustBeInWorld(one, comparison?.planId, 'compareTo');
    mustGoTogether(one, [...dimensions, ...byDimension.map(({ field }) => field)]);
  }
  return {
    metrics,
    reckoned,
    splits,
    span,
    granularity: splits.includes(PERIOD) ? granularityOf(query) : 'total',
    ...(comparison && { comparison }),
    filters: byDimension,
    thresholds: filters.filter((one): one is Threshold => !('at' in one)),
    orderBy: orderOf(query, splits),
  };
}

/** A granularity splits by period, also where `period` is not among the dimensions. */
function splitsOf({ dimensions = [], granularity }: AnalyticsQuery): Question['splits'] {
  const asked = dimensions as Question['splits'];
  if (asked.includes(PERIOD) || granularity === undefined || granularity === 'total') return asked;
  return [...asked, PERIOD];
}

function granularityOf({ granularity }: AnalyticsQuery): Granularity {
  return granularity === undefined || granularity === 'total' ? 'month' : granularity;
}

function spanOf({ period, preset }: AnalyticsQuery, metrics: readonly Metric[], calendar: Calendar): Span {
  if (period && preset) throw invalid('preset', 'period and preset exclude each other: give one of them.');
  if (!period) return preset ? presetSpan(preset, calendar) : widest(metrics.map(({ usual }) => presetSpan(usual, calendar)));
  if (period.to < period.from)
    throw invalid('period', `period.to must not be before period.from: did you mean ${period.to} to ${period.from}?`);
  if (daysBetween(period.from, period.to) > MOST_DAYS) throw invalid('period', 'period must be at most ten years long.');
  return { from: period.from, to: period.to };
}

/** Of spans of the same length the one that begins first, so that the order of the metrics does not matter. */
function widest(spans: readonly Span[]): Span {
  const days = ({ from, to }: Span): number => daysBetween(from, to);
  return spans.reduce((one, other) => (days(other) > days(one) || (days(other) === days(one) && other.from < one.from) ? other : one));
}

function filterOf(filter: Filter, at: string, metrics: readonly string[]): DimensionFilter | Threshold {
  const { field, op } = filter;
  if (COMPARING.includes(op)) return thresholdOf(filter, at, metrics);
  if (isMetric(field)) throw invalid(`${at}.op`, `${at}.op ${op} does not fit a metric: use gt, gte, lt or lte.`);
  if (!isDimension(field)) throw invalid(`${at}.field`, fieldProblem(at, field, metrics));
  const { ids, values: known } = dimension(field);
  if (op === 'under' && field !== 'team')
    throw invalid(`${at}.op`, `${at}.op under fits the field team only: it means the team and all below it.`);
  if (op === 'contains' && known)
    throw invalid(`${at}.op`, `${at}.op contains does not fit ${field}: use eq or in with ${known.join(', ')}.`);
  if (op === 'contains' && ids?.kind === 'emp')
    throw invalid(`${at}.op`, `${at}.op contains does not fit ${field}: find ids with search_employees and use eq or in.`);
  if (op === 'is_null') return { at, field, op, given: [yesOrNo(filter, at)] };
  const given = valuesOf(filter, at).map((one) => (known ? wordOf(one, known) : one));
  if (ids && op !== 'contains') given.forEach((one) => mustBeReference(one, ids));
  return { at, field, op: op as DimensionFilter['op'], given };
}

/** As the list spells it. */
function wordOf({ at, value }: Given, known: readonly string[]): Given {
  const word = known.find((one) => one === value.toLowerCase());
  if (word === undefined) throw invalid(at, `${at} must be one of ${known.join(', ')}.`);
  return { at, value: word };
}

function mustBeReference({ at, value }: Given, { kind }: Ids): void {
  const person = kind === 'emp';
  if (value.startsWith('ext:') || (person && value.includes('@')) || value.startsWith(`${kind}_`)) return;
  const wants = `an id (${kind}_…)${person ? ', an e-mail address' : ''} or ext: and an external id`;
  throw invalid(
    at,
    `${at} must be ${wants}, not a name: find ids with ${findingTool(kind)}${person ? '' : ', or use op contains with a part of the name'}.`,
  );
}

function fieldProblem(at: string, field: string, metrics: readonly string[]): string {
  if (field === PERIOD) return `${at}.field cannot be the period: use period or preset.`;
  const fit = metrics.map((name) => new Set<string>(dimensionsOf(metric(name))));
  const fitting = dimensionsOf(metric(metrics[0] as string)).filter((name) => fit.every((names) => names.has(name)));
  return `${at}.field must be one of ${fitting.join(', ')}; or, with gt, gte, lt or lte, a metric of this query.`;
}

function thresholdOf({ field, op, value }: Filter, at: string, metrics: readonly string[]): Threshold {
  if (!metrics.includes(field))
    throw invalid(
      `${at}.field`,
      `${at}.op ${op} compares a metric of this query: ${metrics.join(', ')}. For a dimension use eq, in or under.`,
    );
  if (value === undefined || !NUMBER.test(value))
    throw invalid(`${at}.value`, `${at}.value must be a decimal number such as "10" or "0.25".`);
  return { metric: field, op: op as Threshold['op'], value };
}

function valuesOf({ op, value, values = [] }: Filter, at: string): readonly Given[] {
  const given = [
    ...(value === undefined ? [] : [{ at: `${at}.value`, value }]),
    ...values.map((one, index) => ({ at: `${at}.values[${index}]`, value: one })),
  ];
  if (given.length === 0) throw invalid(`${at}.value`, `${at} needs ${LISTS.includes(op) ? 'values' : 'a value'} for ${op}.`);
  if (given.length > 1 && !LISTS.includes(op)) throw invalid(`${at}.values`, `${at}.op ${op} takes one value: ${SEVERAL[op]}.`);
  return given;
}

function yesOrNo({ value = 'true' }: Filter, at: string): Given {
  if (value === 'true' || value === 'false') return { at: `${at}.value`, value };
  throw invalid(`${at}.value`, `${at}.value must be "true" or "false" for is_null, or be left out for true.`);
}

function mustFit(one: Metric, name: DimensionName, field: string, how: string): void {
  const fitting = dimensionsOf(one);
  if (fitting.includes(name)) return;
  throw invalid(field, `${one.name} cannot be ${how} by ${name}. It fits: ${fitting.join(', ')}, ${PERIOD}.`);
}

function mustBeInWorld({ name, liveOnly }: Metric, planId: string | undefined, field: string): void {
  if (planId === undefined || !liveOnly) return;
  throw invalid(field, `${name} is of what happened, which no scenario has: leave ${field} out. plan_vs_actual_fte compares both.`);
}

function mustGoTogether(one: Metric, dimensions: readonly DimensionName[]): void {
  const apart = one.measures.flatMap((measure) => source(sourceOf(measure)).apart?.(dimensions) ?? []);
  if (apart.length > 0)
    throw invalid('dimensions', `${one.name} cannot be split or filtered by ${apart.join(' and ')} at once: ask for one of them.`);
}

function orderOf({ orderBy, metrics }: AnalyticsQuery, splits: Question['splits']): Question['orderBy'] {
  const columns = splits.map((field) => ({ field, direction: 'asc' as const }));
  if (!orderBy) return splits.includes(PERIOD) ? columns : [{ field: metrics[0] as string, direction: 'desc' }, ...columns];
  const known = [...metrics, ...splits];
  if (!known.includes(orderBy.field)) throw invalid('orderBy.field', `orderBy.field must be one of ${known.join(', ')}.`);
  return [orderBy, ...columns.filter(({ field }) => field !== orderBy.field)];
}
