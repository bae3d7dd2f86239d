import { type Bucket, bucketRows } from './time-axis';
import type { Metric, Unit } from './declare';
import type { DimensionName } from './dimensions';
import { PERIOD, type Question, type Threshold } from './question';
import { filterConditions, type ResolvedFilter } from './filters';
import { Parameters } from './parameters';
import { dimension, joinsOf, source, sourceOf, sqlOf } from './vocabulary';

export interface Statement {
  readonly sql: string;
  readonly values: unknown[];
}

export interface Asked {
  readonly orgId: string;
  readonly question: Question;
  readonly buckets: readonly Bucket[];
  readonly filters: readonly ResolvedFilter[];
  readonly limit: number;
  /** Key of the last row shown. */
  readonly after?: readonly string[];
}

const DECIMALS: Readonly<Record<Exclude<Unit, 'money'>, number>> = {
  people: 0,
  positions: 0,
  tokens: 0,
  levels: 0,
  fte: 3,
  fraction: 4,
  'people per manager': 2,
};

const COMPARE: Readonly<Record<Threshold['op'], string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/**
 * One statement for one question: a CTE per source aggregates its measures by bucket and dimension, `valued` makes metrics of
 * them, `ranked` puts the rows in order. Bucket 0 is the whole period without dimensions: the totals.
 */
export function compile(asked: Asked): Statement {
  const parameters = new Parameters(asked.orgId);
  const { question } = asked;
  const dimensions = question.splits.filter((one): one is DimensionName => one !== PERIOD);
  const keys = dimensions.map((_, index) => `d${index}`);
  const ctes = new Set([bucketRows(asked.buckets, parameters)]);
  const { conditions, subtrees } = filterConditions(asked.filters, parameters);
  subtrees.forEach((cte) => ctes.add(cte));
  const measures = [...new Set(question.metrics.flatMap((one) => one.measures))];
  const sources = [...new Set(measures.map(sourceOf))];
  for (const name of sources) {
    const own = measures.filter((measure) => sourceOf(measure) === name);
    sourceCtes(name, dimensions, own, conditions).forEach((cte) => ctes.add(cte));
  }
  ctes.add(merged(sources, measures, keys));
  ctes.add(valued(question.metrics, keys));
  ctes.add(answer(question, keys));
  ctes.add(ranked(question, dimensions, parameters));
  const sql = `with recursive ${[...ctes].join(',\n')}\n${page(asked, dimensions, parameters)}`;
  return { sql, values: parameters.values };
}

/** The CTEs of a source and of what it reads: its measures by series, bucket and dimension. */
function sourceCtes(
  name: string,
  dimensions: readonly DimensionName[],
  measures: readonly string[],
  conditions: ReturnType<typeof filterConditions>['conditions'],
): string[] {
  const from = source(name);
  const splits = dimensions.map((one) => from.dimensions[one]!);
  const filtered = conditions.map(({ field, holds }) => ({ piece: from.dimensions[field]!, holds }));
  const aggregates = measures.map((measure) => from.measures[measure]!);
  const joins = joinsFor(from, [...splits, ...filtered.map(({ piece }) => piece), ...aggregates].flatMap(joinsOf));
  const columns = [
    ...splits.map((piece, index) => `case when b.n > 0 then ${sqlOf(piece)} end as d${index}`),
    ...aggregates.map((piece, index) => `(${sqlOf(piece)})::numeric as ${measures[index]}`),
  ];
  const where = filtered.map(({ piece, holds }) => holds(sqlOf(piece)));
  return [
    ...(from.with ?? []),
    ...joins.flatMap((join) => join.with ?? []),
    `of_${name} as (
    select b.series, b.n, ${columns.join(', ')}
    from ${from.from}
    ${joins.map(({ sql }) => sql).join('\n    ')}
    ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
    group by ${[1, 2, ...splits.map((_, index) => index + 3)].join(', ')}
  )`,
  ];
}

/** The joins with these names and those that they need, in the order of the source. */
function joinsFor({ joins = {} }: ReturnType<typeof source>, names: readonly string[]) {
  const wanted = new Set<string>();
  const want = (name: string): void => {
    joins[name]?.needs?.forEach(want);
    wanted.add(name);
  };
  names.forEach(want);
  return Object.entries(joins)
    .filter(([name]) => wanted.has(name))
    .map(([, join]) => join);
}

/** All measures side by side. Where nothing but the period is split, each bucket is there, whether or not it has rows. */
function merged(sources: readonly string[], measures: readonly string[], keys: readonly string[]): string {
  const parts = sources.map((name) => {
    const columns = measures.map((measure) => (sourceOf(measure) === name ? measure : 'null::numeric'));
    return `select ${['series', 'n', ...keys, ...columns].join(', ')} from of_${name}`;
  });
  if (keys.length === 0) parts.push(`select ${['series', 'n', ...measures.map(() => 'null::numeric')].join(', ')} from bucket`);
  const names = ['series', 'n', ...keys, ...measures].join(', ');
  return `merged as (
    select ${['series', 'n', ...keys, ...measures.map((measure) => `coalesce(max(${measure}), 0) as ${measure}`)].join(', ')}
    from (${parts.join('\n      union all ')}) u (${names})
    group by ${['series', 'n', ...keys].join(', ')}
  )`;
}

function valued(metrics: readonly Metric[], keys: readonly string[]): string {
  const values = metrics.map(({ value, measures }, index) => `(${value ?? measures[0]})::numeric as v${index}`);
  return `valued as (select ${['series', 'n', ...keys, ...values].join(', ')} from merged)`;
}

/** The period asked for, and beside it the one that it is compared with. */
function answer({ metrics, comparison }: Question, keys: readonly string[]): string {
  if (!comparison) return 'answer as (select * from valued)';
  const of = (series: number, { additive }: Metric, index: number): string => {
    const value = `max(v${index}) filter (where series = ${series})`;
    return additive ? `coalesce(${value}, 0)` : value;
  };
  const columns = metrics.flatMap((one, index) => [`${of(0, one, index)} as v${index}`, `${of(1, one, index)} as c${index}`]);
  const by = ['n', ...keys].join(', ');
  return `answer as (select ${by}, ${columns.join(', ')} from valued group by ${by})`;
}

function ranked(question: Question, dimensions: readonly DimensionName[], parameters: Parameters): string {
  const named = dimensions.flatMap((name, index) => {
    const { ids } = dimension(name);
    return ids
      ? [`left join (select x.id, ${ids.name} as name from ${ids.table} x where x.org_id = $1) x${index} on x${index}.id = a.d${index}`]
      : [];
  });
  const shown = (name: DimensionName, index: number): string => (dimension(name).ids ? `x${index}.name` : `a.d${index}`);
  const names = dimensions.map((name, index) => `${shown(name, index)} as name${index}`);
  const order = question.orderBy.flatMap(({ field, direction }) => {
    if (field === PERIOD) return [`a.n ${direction}`];
    const metricIndex = question.metrics.findIndex((one) => one.name === field);
    if (metricIndex >= 0) return [`a.v${metricIndex} ${direction} nulls last`];
    const index = dimensions.indexOf(field as DimensionName);
    return [`${shown(field as DimensionName, index)} ${direction} nulls last`, `a.d${index}`];
  });
  const where = question.thresholds.map(
    ({ metric, op, value }) =>
      `a.v${question.metrics.findIndex(({ name }) => name === metric)} ${COMPARE[op]} ${parameters.add(value, 'numeric')}`,
  );
  const rows = question.splits.length > 0 ? 'a.n > 0' : 'a.n = 0';
  return `ranked as (
    select ${['a.*', ...names, `row_number() over (order by ${[...order, 'a.n'].join(', ')}) as place`].join(', ')}
    from answer a ${named.join(' ')}
    where ${[rows, ...where].join(' and ')}
  )`;
}

function page({ question, limit, after }: Asked, dimensions: readonly DimensionName[], parameters: Parameters): string {
  const key = ['n::text', ...dimensions.map((_, index) => `coalesce(d${index}, '')`)];
  const cells = question.splits.flatMap((split) => {
    if (split === PERIOD) return ['(select b.first from bucket b where b.series = 0 and b.n = r.n)'];
    const index = dimensions.indexOf(split);
    return dimension(split).ids ? [`d${index}`, `name${index}`] : [`d${index}`];
  });
  const values = question.metrics.flatMap(({ unit }, index) =>
    question.comparison
      ? [`v${index}`, `c${index}`, `v${index} - c${index}`].map((value) => shownValue(value, unit))
      : [shownValue(`v${index}`, unit)],
  );
  const last = after
    ? `(select place from ranked where ${key.map((part, index) => `${part} = ${parameters.add(after[index], 'text')}`).join(' and ')})`
    : '0';
  return `select
    (select coalesce(json_agg(json_build_object('key', json_build_array(${key.join(', ')}), 'cells', json_build_array(${[...cells, ...values].join(', ')})) order by place), '[]')
      from (select * from ranked where place > ${last} order by place limit ${parameters.add(limit, 'integer')}) r) as rows,
    (select json_build_array(${[...cells.map(() => 'null'), ...values].join(', ')}) from answer where n = 0) as totals,
    ${after ? `${last} is not null` : 'true'} as "cursorKnown"`;
}

function shownValue(value: string, unit: Unit): string {
  return unit === 'money' ? `money_text(${value})` : `round(${value}, ${DECIMALS[unit]})`;
}
