import { type CostComponent, costRows, type CostSplit, costWarnings } from '../../costs';
import type { Source, Wish } from '../declare';
import type { DimensionName } from '../dimensions';
import { EFFORT_FACTS, effortLines, effortTables, NEWEST_EFFORT } from './effort';
import { rowsSource } from '../rows-source';
import { placement } from './stretches.sql';
import { PROJECT } from './work';

/** Measures, and the components of cost that they add up. */
const COMPONENTS = {
  cost_base: ['base'],
  cost_overhead: ['overhead'],
  cost_bonus: ['bonus'],
  cost_contractor: ['contractor'],
  cost_vacancy: ['vacancy'],
  cost_ai: ['ai_seats', 'ai_tokens'],
  cost_total: ['total'],
} as const satisfies Record<string, readonly CostComponent[]>;

/** Who has these components at all; the others are of employees. */
const WHOSE: Partial<Record<CostComponent, string>> = {
  contractor: 'contractor',
  vacancy: 'vacancy',
  ai_seats: 'ai_agent',
  ai_tokens: 'ai_agent',
};

/** Over the aliases of costRows, `ct` the team and `pr` the project. */
const FACTS = {
  team: 'ct.id',
  parent_team: 'coalesce(ct.parent_team_id, ct.id)',
  ...PROJECT,
  resource_type: 's.resource_type',
  employee: `case when s.resource_type = 'employee' then s.subject_id end`,
  contractor: `case when s.resource_type = 'contractor' then s.subject_id end`,
  manager: 's.manager_id',
  job_role: 's.job_role_id',
  work_type: 's.work_type_id',
  geography: 's.geography_id',
  country: 'g.country_code',
  cost_centre: 'coalesce(s.cost_centre_id, ct.cost_centre_id)',
} as const satisfies Partial<Record<DimensionName, string>>;

/** By team everybody costs where they are allocated; by project their team is the one that they belong to. */
const TEAM: Readonly<Record<CostSplit, string>> = {
  team: 'left join team ct on ct.org_id = $1 and ct.id = s.team_id',
  project: `left join placement cp on cp.subject_id = s.subject_id and cp.first <= s.lo and cp.last >= s.lo
    left join team ct on ct.org_id = $1 and ct.id = cp.team_id`,
};
const OF_PROJECT = 'left join project pr on pr.org_id = $1 and pr.id = s.project_id';

/** What the rows that are joined for a team and a project are found by: a filter of values on it reaches the segments by their index. */
const FOUND_BY: Readonly<Record<CostSplit, Partial<Record<DimensionName, string>>>> = {
  team: { team: 's.team_id' },
  project: { project: 's.project_id' },
};

const sqlOf = (name: DimensionName): string => FACTS[name as keyof typeof FACTS];

const componentsOf = ({ measures }: Wish): CostComponent[] => [
  ...new Set(measures.flatMap((measure): readonly CostComponent[] => COMPONENTS[measure as keyof typeof COMPONENTS])),
];

/** Those whose cost the measures hold; a team's draws are nobody's, and concern all. */
function whose(wish: Wish): string {
  const components = componentsOf(wish);
  if (components.includes('total')) return 'true';
  const kinds = new Set(components.map((one) => WHOSE[one] ?? 'employee'));
  return `(s.resource_type in (${[...kinds].map((one) => `'${one}'`).join(', ')})) is not false`;
}

function questionOf({ dimensions, conditions }: Wish, components: readonly CostComponent[], more: Readonly<Record<string, string>> = {}) {
  const asked = [...dimensions, ...conditions.map(({ field }) => field)];
  const split: CostSplit = asked.some((name) => name in PROJECT) || 'class' in more ? 'project' : 'team';
  const found = conditions.flatMap(({ field, holds, ofValues }) => {
    const column = ofValues ? FOUND_BY[split][field] : undefined;
    return column === undefined ? [] : [holds(column)];
  });
  const where = [...conditions.map(({ field, holds }) => holds(sqlOf(field))), ...found].join(' and ');
  const keys = { ...Object.fromEntries(dimensions.map((name, index) => [`d${index}`, sqlOf(name)])), ...more };
  const reads = [...Object.values(keys), where].join(' ');
  const joins = [...(/\bct\./.test(reads) ? [TEAM[split]] : []), ...(/\bpr\./.test(reads) ? [OF_PROJECT] : [])];
  return { split, keys, joins: joins.join('\n    '), components, buckets: 'cost_part', ...(where !== '' && { where }) };
}

const needs = ({ joins }: { joins: string }, { window }: Wish): string[] => (joins.includes('placement') ? [placement(window)] : []);

/** The smallest buckets: a whole period costs what its parts cost together, to the last decimal. */
const PARTS = `cost_part as materialized (select * from bucket where n > 0 or not exists (select from bucket where n > 0))`;

/** Measures of `cost` by bucket and group, whose rows are one for each of them, and for the whole period. */
function summed({ dimensions, measures }: Wish, cost: string, value: (measure: string) => string): string {
  const groups = dimensions.map((_, index) => `c.d${index}`);
  const values = (sum: (value: string) => string): string[] => measures.map((one) => `${sum(value(one))} as ${one}`);
  return `select b.series, b.n, ${[...groups, ...values((one) => one)].join(', ')}
    from ${cost} c join bucket b on b.key = c.bucket where b.n > 0
    union all
    select b.series, 0, ${[...groups.map(() => 'null'), ...values((one) => `sum(${one})`)].join(', ')}
    from ${cost} c join bucket b on b.key = c.bucket
    group by b.series`;
}

/** What people, contractors, vacancies and AI agents cost: each by its shares, what is in no team or project as a group of its own. */
export const COST: Source = {
  dimensions: Object.keys(FACTS) as DimensionName[],
  measures: Object.keys(COMPONENTS),
  ctes: (name, wish) => {
    const question = questionOf(wish, componentsOf(wish));
    const value = (measure: string): string =>
      componentsOf({ ...wish, measures: [measure] })
        .map((one) => `c.${one}`)
        .join(' + ');
    return [...needs(question, wish), PARTS, costRows(question), `of_${name} as (${summed(wish, 'cost', value)})`];
  },
  leftOut: (name, wish) => {
    const { where = 'true', ...question } = questionOf(wish, ['total']);
    return [
      costWarnings({ ...question, where: `(${where}) and ${whose(wish)}` }),
      `left_out_of_${name} as (select code, currency, count, null as of from cost_warning)`,
    ];
  },
};

/** The same by the class of the project; nested, so that its CTEs do not meet those of COST. */
export const CLASSED_COST: Source = {
  dimensions: COST.dimensions.filter((name) => name !== 'capex_class'),
  measures: ['cost_capex', 'cost_opex'],
  ctes: (name, wish) => {
    const question = questionOf(wish, ['total'], { class: 'pr.capex_class' });
    const groups = ['bucket', ...wish.dimensions.map((_, index) => `d${index}`)];
    const classes = wish.measures.map((one) => `coalesce(sum(total) filter (where class = '${one.slice('cost_'.length)}'), 0) as ${one}`);
    const classed = `(select ${[...groups, ...classes].join(', ')} from cost group by ${groups.join(', ')})`;
    return [
      ...needs(question, wish),
      PARTS,
      `of_${name} as (with ${costRows(question)}\n    ${summed(wish, classed, (one) => `c.${one}`)})`,
    ];
  },
};

/** What who worked costs in each week of a bucket. */
const WEEK_COST = `week_cost as materialized (
    with worker as (select distinct l.subject_id from (select distinct week_start from bucket_week) w join effort_line l on l.org_id = $1 and l.week_start = w.week_start),
    bucket as (select distinct week_start as key, week_start as from_day, week_start + 6 as to_day from bucket_week),
    ${costRows({ split: 'team', keys: { subject_id: 's.subject_id' }, where: `s.resource_type <> 'vacancy' and s.subject_id in (select subject_id from worker)` })}
    select bucket as week_start, subject_id, total from cost
  )`;

export const EFFORT_COST = rowsSource({
  with: (wish) => [...effortTables(wish), WEEK_COST],
  from: (wish) => `${effortLines(wish)} join week_cost wc on wc.week_start = l.week_start and wc.subject_id = l.subject_id`,
  dimensions: EFFORT_FACTS,
  measures: { cost_of_effort: 'sum(wc.total * l.fraction)' },
  newest: NEWEST_EFFORT,
});

/**
 * A row per month of `bucket`: its groups as [id ('' for none), employees, those counted in this group only, and the same of employees
 * with a bonus], and how many employees there are in all. Whose currency has no rate is behind no figure.
 */
export function employeesBehind(bucket: string, dimension: DimensionName | undefined): string {
  const wish = {
    dimensions: dimension ? [dimension] : [],
    conditions: [],
    measures: [],
    window: { from: '(select min(from_day) from bucket)', to: '(select max(to_day) from bucket)' },
  };
  const question = questionOf(wish, ['total'], { subject: 's.subject_id', rewarded: 'coalesce(s.bonus, 0) > 0' });
  const paid = { ...question, where: `s.resource_type = 'employee'` };
  return `with recursive ${[bucket, ...needs(question, wish), costRows({ ...paid, buckets: 'bucket' })].join(',\n')},
  behind as materialized (
    select bucket, ${dimension ? `coalesce(d0, '')` : `''`} as id, subject, bool_or(rewarded) as rewarded from cost where total <> 0 group by 1, 2, 3
  ),
  placed as (select *, id = min(id) over (partition by bucket, subject) as sure from behind),
  counted as (
    select bucket, json_build_array(id, count(*), count(*) filter (where sure), count(*) filter (where rewarded), count(*) filter (where sure and rewarded)) as counts
    from placed group by bucket, id
  )
  select b.from_day as month, (select coalesce(json_agg(c.counts), '[]') from counted c where c.bucket = b.key) as groups,
    (select count(distinct subject) from behind p where p.bucket = b.key)::integer as everybody,
    (select count(distinct subject) from behind p where p.bucket = b.key and p.rewarded)::integer as "everybodyRewarded"
  from bucket b`;
}
