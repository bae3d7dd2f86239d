import type { Metric, Unit } from './declare';
import type { DimensionName } from './dimensions';
import { filterConditions, type ResolvedFilter } from './filters';
import type { HiddenGroup } from './guarded-groups';
import { type OtherRow, otherRows } from './other-rows';
import { Parameters } from './parameters';
import { PERIOD } from './query';
import type { Question } from './question';
import { namesOf, ranked } from './ranking';
import { type Bucket, bucketRows, windowOf } from './buckets.sql';
import { dimension, mayBeNone, source, sourceOf } from './vocabulary';

export interface Statement {
  readonly sql: string;
  readonly values: unknown[];
}

export interface Asked {
  readonly orgId: string;
  readonly question: Question;
  readonly buckets: readonly Bucket[];
  readonly today: string;
  readonly filters: readonly ResolvedFilter[];
  readonly hidden: readonly HiddenGroup[];
}

/** Which rows of the answer, and what the world says that it is compared with. */
interface Shown {
  readonly limit: number;
  /** Key of the last row shown. */
  readonly after?: readonly string[];
  readonly other?: readonly OtherRow[];
}

/** Places after the point that a figure is shown with; money has its own rule. */
const DECIMALS: Readonly<Record<Exclude<Unit, 'money'>, number>> = {
  people: 0,
  positions: 0,
  tokens: 0,
  levels: 0,
  fte: 3,
  fraction: 4,
  'people per manager': 2,
};

/**
 * One statement for one question: each source aggregates its measures by bucket and group, `valued` makes metrics of them,
 * `ranked` puts the rows in order. Bucket 0 is the whole period without groups: the totals.
 */
export function compile(asked: Asked & Shown): Statement {
  const { question, other } = asked;
  const { parameters, dimensions, keys, ctes, about } = reckoning(asked);
  if (other) ctes.push(otherRows(other, question, dimensions, parameters));
  ctes.push(answer(question, keys), ranked(question, dimensions, parameters));
  return statement(parameters, ctes, [...page(asked, dimensions, parameters), ...about]);
}

/** The same figures before anything is done with them: at most `limit` groups, the totals among them, in no order. */
export function compileValues(asked: Asked, limit: number): Statement {
  const { parameters, dimensions, keys, ctes, about } = reckoning(asked);
  const names = dimensions.map((name, index) => (dimension(name).ids ? `x${index}.name` : 'null'));
  const values = asked.question.metrics.map((_, index) => `v${index}::text`);
  const row = `json_build_object('n', n, 'groups', json_build_array(${keys.join(', ')}), 'names', json_build_array(${names.join(', ')}),
      'values', json_build_array(${values.join(', ')})) as row`;
  const rows = `(select coalesce(json_agg(row), '[]') from (
      select ${row} from valued a ${dimensions.map(namesOf).join(' ')} limit ${parameters.add(limit, 'integer')}) r) as rows`;
  return statement(parameters, ctes, [rows, ...about]);
}

function statement({ values }: Parameters, ctes: readonly string[], columns: readonly string[]): Statement {
  return { sql: `with recursive ${ctes.join(',\n')}\n  select ${columns.join(',\n    ')}`, values };
}

/** The CTEs up to `valued`: every figure by group and bucket. */
function reckoning(asked: Asked) {
  const { question } = asked;
  const parameters = new Parameters(asked.orgId);
  const dimensions = question.splits.filter((one): one is DimensionName => one !== PERIOD);
  const ctes = new Set([bucketRows(asked.buckets, asked.today, parameters)]);
  const { conditions, subtrees } = filterConditions(asked.filters, parameters);
  subtrees.forEach((cte) => ctes.add(cte));
  const measures = [...new Set(question.reckoned.flatMap((one) => one.measures))];
  const sources = [...new Set(measures.map(sourceOf))];
  const window = windowOf(asked.buckets, parameters);
  const leftOut = sources.flatMap((name) => {
    const wish = { dimensions, conditions, window, measures: measures.filter((measure) => sourceOf(measure) === name) };
    source(name)
      .ctes(name, wish)
      .forEach((cte) => ctes.add(cte));
    const without = source(name).leftOut?.(name, wish) ?? [];
    without.forEach((cte) => ctes.add(cte));
    return without.length > 0 ? [`select * from left_out_of_${name}`] : [];
  });
  const keys = dimensions.map((_, index) => `d${index}`);
  ctes.add(merged(sources, measures, keys));
  ctes.add(hiddenRows(asked.hidden, parameters));
  if (question.splits.length > 0) {
    const partly = new Map(question.reckoned.flatMap(({ totalOf, measures: own }) => (totalOf ? [[totalOf, own]] : [])));
    partly.forEach((own, measure) => {
      ctes.add(covered(measure, own, keys));
      leftOut.push(lacking(measure, own, keys));
    });
  }
  ctes.add(valued(question, keys));
  const newest = new Map(sources.flatMap((name) => (source(name).newest ? [source(name).newest!] : [])));
  return { parameters, dimensions, keys, ctes: [...ctes], about: about(leftOut, newest) };
}

/** All measures side by side. Where nothing but the period is split, each bucket is there, whether or not it has rows. */
function merged(sources: readonly string[], measures: readonly string[], keys: readonly string[]): string {
  const by = ['series', 'n', ...keys];
  const parts = sources.map((name) => {
    const columns = measures.map((measure) => (sourceOf(measure) === name ? measure : 'null::numeric'));
    return `select ${[...by, ...columns].join(', ')} from of_${name}`;
  });
  const everyBucket = `select series, n, ${[...keys.map(() => 'null::text'), ...measures.map(() => 'null::numeric')].join(', ')}
      from bucket b where ${keys.length > 0 ? 'n = 0 and ' : ''}not exists (select from of_${sources[0]} o where o.series = b.series and o.n = b.n)`;
  const rows = `(${[...parts, everyBucket].join('\n      union all ')}) u (${[...by, ...measures].join(', ')})`;
  const values = (value: (measure: string) => string): string =>
    measures.map((one) => `${mayBeNone(one) ? value(one) : `coalesce(${value(one)}, 0)`} as ${one}`).join(', ');
  return sources.length === 1
    ? `merged as (\n    select ${by.join(', ')}, ${values((one) => one)} from ${rows}\n  )`
    : `merged as (\n    select ${by.join(', ')}, ${values((one) => `max(${one})`)} from ${rows}\n    group by ${by.join(', ')}\n  )`;
}

/** Pay is hidden by one dimension at most; of whole and of nothing the id is ''. */
function groupId(dimensions: readonly unknown[]): string {
  return dimensions.length > 0 ? `coalesce(m.d0, '')` : `''`;
}

/** What of pay may be seen of a group, by the row of `hidden` that it has. */
const SHOWN = { whole: 'h.parts_only is distinct from false', part: 'h.id is null' };

const HIDDEN = (keys: readonly string[]): string => `left join hidden h on h.series = m.series and h.n = m.n and h.id = ${groupId(keys)}`;

/** The measures of all groups that have one of them, in a row per series: no row where pay of any such group is hidden, which it would tell. */
function covered(measure: string, measures: readonly string[], keys: readonly string[]): string {
  return `covered_by_${measure} as materialized (
    select m.series, ${measures.map((one) => `sum(m.${one}) as ${one}`).join(', ')}
    from merged m ${HIDDEN(keys)}
    where m.n > 0 and m.${measure} is not null
    group by m.series having bool_and(${SHOWN.whole})
  )`;
}

/** How many groups have other measures but not this one. */
function lacking(measure: string, measures: readonly string[], keys: readonly string[]): string {
  const others = measures.filter((one) => one !== measure).map((one) => `m.${one} <> 0`);
  const groups = `select distinct ${keys.length > 0 ? keys.join(', ') : 'n'} from merged m where m.n > 0 and m.series = 0 and m.${measure} is null`;
  return `select 'BUDGET_MISSING' as code, null as currency, count(*) as count, 'groups' as of
    from (${groups} and (${others.join(' or ')})) g having count(*) > 0`;
}

/** Pay of hidden groups is taken out here, before anything is ordered, compared or counted. */
function valued({ reckoned, splits }: Question, keys: readonly string[]): string {
  const values = reckoned.map(({ value, measures, pay, totalOf }, index) => {
    const own = `(${value ?? measures[0]})::numeric`;
    const total = `(select ${own} from covered_by_${totalOf} c where c.series = m.series)`;
    const figure = totalOf !== undefined && splits.length > 0 ? `case when m.n = 0 then ${total} else ${own} end` : own;
    return `${pay ? `case when ${SHOWN[pay]} then ${figure} end` : figure} as v${index}`;
  });
  const by = ['series', 'n', ...keys];
  return `valued as (
    select ${[...by.map((key) => `m.${key}`), ...values].join(', ')}
    from merged m join bucket b using (series, n)
    ${HIDDEN(keys)}
  )`;
}

/** The CTE `hidden`; a group without a dimension, or of none, has the id ''. */
function hiddenRows(hidden: readonly HiddenGroup[], parameters: Parameters): string {
  const column = (type: string, of: (group: HiddenGroup) => unknown): string => parameters.add(hidden.map(of), `${type}[]`);
  const columns = [
    column('integer', ({ series }) => series),
    column('integer', ({ n }) => n),
    column('text', ({ id }) => id),
    column('boolean', ({ partsOnly }) => partsOnly),
  ];
  return `hidden as materialized (select * from unnest(${columns.join(', ')}) one (series, n, id, parts_only))`;
}

/** What is asked for, and beside it what it is compared with: the period before, the same in another world, or the budget. */
function answer({ metrics, comparison }: Question, keys: readonly string[]): string {
  if (!comparison) return 'answer as (select * from valued)';
  if (comparison.with === 'budget') {
    const [budget, left] = [metrics.length, metrics.length + 1];
    const columns = metrics.map((_, index) => `v${budget} as c${index}, -v${left} as change${index}`);
    return `answer as (select *, ${columns.join(', ')} from valued)`;
  }
  const of = (series: number, { additive, measures }: Metric, index: number): string => {
    const value = `max(v${index}) filter (where series = ${series})`;
    return additive && !mayBeNone(...measures) ? `case when bool_or(series = ${series}) then ${value} else 0 end` : value;
  };
  const columns = metrics.flatMap((one, index) => [`${of(0, one, index)} as v${index}`, `${of(1, one, index)} as c${index}`]);
  const by = ['n', ...keys].join(', ');
  const values = `${by}, ${metrics.map((_, index) => `v${index}`).join(', ')}`;
  const pair = comparison.span ? 'valued' : `(select series, ${values} from valued union all select 1, ${values} from other) pair`;
  const changes = metrics.map((_, index) => `v${index} - c${index} as change${index}`);
  return `answer as (select *, ${changes.join(', ')} from (select ${by}, ${columns.join(', ')} from ${pair} group by ${by}) both_sides)`;
}

function page({ question, limit, after }: Asked & Shown, dimensions: readonly DimensionName[], parameters: Parameters): string[] {
  const key = ['n::text', ...dimensions.map((_, index) => `coalesce(d${index}, '')`)];
  const cells = question.splits.flatMap((split) => {
    if (split === PERIOD) return ['(select b.from_day from bucket b where b.series = 0 and b.n = r.n)'];
    const index = dimensions.indexOf(split);
    return dimension(split).ids ? [`d${index}`, `name${index}`] : [`d${index}`];
  });
  const values = question.metrics.flatMap(({ unit }, index) => {
    const columns = question.comparison ? [`v${index}`, `c${index}`, `change${index}`] : [`v${index}`];
    return columns.map((value) => shownValue(value, unit));
  });
  const same = after?.map((part, index) => `${key[index]} = ${parameters.add(part, 'text')}`);
  const last = same ? `(select place from ranked where ${same.join(' and ')})` : '0';
  const row = `json_build_object('key', json_build_array(${key.join(', ')}), 'cells', json_build_array(${[...cells, ...values].join(', ')}))`;
  return [
    `(select coalesce(json_agg(${row} order by place), '[]')
      from (select * from ranked where place > ${last} order by place limit ${parameters.add(limit, 'integer')}) r) as rows`,
    `(select json_build_array(${[...cells.map(() => 'null'), ...values].join(', ')}) from answer where n = 0) as totals`,
    `${last} is not null as "cursorKnown"`,
    `(select count(*)::integer from merged m join hidden h on h.series = m.series and h.n = m.n and h.id = ${groupId(dimensions)}
      where m.series = 0 and m.n ${question.splits.length > 0 ? '>' : '='} 0) as suppressed`,
  ];
}

/** What the figures lack, and how new they are. */
function about(leftOut: readonly string[], newest: ReadonlyMap<string, string>): string[] {
  const lacking =
    leftOut.length > 0
      ? `(select coalesce(json_agg(distinct jsonb_strip_nulls(to_jsonb(w)) || jsonb_build_object('currency', w.currency)), '[]') from (${leftOut.join(' union all ')}) w)`
      : `'[]'::json`;
  const days = [...newest].map(([name, sql]) => `'${name}', ${sql}`);
  return [`${lacking} as "leftOut"`, `json_strip_nulls(json_build_object(${days.join(', ')})) as freshness`];
}

function shownValue(value: string, unit: Unit): string {
  return unit === 'money' ? `cost_text(${value})` : `round(${value}, ${DECIMALS[unit]})`;
}
