/**
 * Settings of the transaction, before costs of many are added up: PostgreSQL guesses the rows of CTEs far too low, and without hash
 * joins cost of 400 people took 4 s instead of 0.2. Groups by the ten thousand are added up in memory, by hashing:
 * it would sort what it takes for two. `app.rows` is for the row policies of scenarios (docs/adr/0034).
 */
export const FOR_MANY = `set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true), set_config('enable_sort', 'off', true),
  set_config('app.rows', 'many', true)`;

/** Which of the two splits of everybody's cost is read: by team or by project. Both have the same total; never add them. */
export type CostSplit = 'team' | 'project';

/** What a segment is known by; besides, the days it lasts. */
const COLUMNS = [
  ...[
    'subject_id',
    'resource_type',
    'team_id',
    'project_id',
    'geography_id',
    'job_role_id',
    'work_type_id',
    'cost_centre_id',
    'manager_id',
  ],
  ...['currency', 'accrual', 'price_missing', 'over_allocated'],
];

/** Sums of segments, per year, month … of their accrual. `rate` is what they have all but the bonus of; each kind of resource has one. */
const AMOUNTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['base', 'bonus', 'contractor', 'vacancy', 'ai_seats', 'ai_tokens'].map((name) => [name, `s.${name}`])),
  rate: 'coalesce(s.base, s.contractor, s.vacancy, s.ai_seats + s.ai_tokens)',
};

const VACANCY = 'coalesce(g.cost_multiplier, 1) * (1 + coalesce(wt.overhead, 0))';

/** What a cost is made of, as SQL over amounts of `s`, `wt` and `g`. */
const COMPONENTS = {
  base: 's.base',
  overhead: 's.base * wt.overhead',
  bonus: 's.bonus',
  contractor: 's.contractor',
  vacancy: `s.vacancy * ${VACANCY}`,
  ai_seats: 's.ai_seats',
  ai_tokens: 's.ai_tokens',
  total: `s.rate * case s.resource_type when 'employee' then 1 + wt.overhead when 'vacancy' then ${VACANCY} else 1 end + coalesce(s.bonus, 0)`,
} as const;

export type CostComponent = keyof typeof COMPONENTS;
export const COST_COMPONENTS = Object.keys(COMPONENTS) as CostComponent[];

export interface CostQuestion {
  readonly split: CostSplit;
  /** Which of `bucket` costs are asked for: a CTE with its columns; default all of them. */
  readonly buckets?: string;
  /**
   * Columns to group by: name → SQL over the aliases of the parts (below). Names have to be plain identifiers, SQL a
   * constant of the caller's.
   */
  readonly keys: Readonly<Record<string, string>>;
  /** A CTE of rows of cost_segment: these are read instead of those that are stored. */
  readonly segments?: string;
  /** `left join …` for keys and filters, over the same aliases; tables without a schema, with `org_id = $1`. */
  readonly joins?: string;
  /** A condition over the same aliases. */
  readonly where?: string;
  /** Columns of amounts; default `total` alone. Each costs time. */
  readonly components?: readonly CostComponent[];
  /** SQL of the currency that is converted to; default the organization's reporting currency. */
  readonly currency?: string;
}

const FROM = '(select w.from_day from cost_window w)';
const TO = '(select w.to_day from cost_window w)';
/** Days of the row that are in the window. */
export const TOUCHES = (alias: string): string => `${alias}.from_day <= ${TO} and ${alias}.to_day >= ${FROM}`;

const SEGMENTS = (split: CostSplit, segments = 'cost_segment'): string => `${segments} s where s.org_id = $1 and s.split = '${split}'`;

interface Columns {
  /** Of the segments, without project_id. */
  readonly kept: string[];
  readonly amounts: readonly string[];
}

/** Segments that last at the same time and have the same columns added up, which only makes sense where each of many has more than one. */
function added(from: string, { kept, amounts }: Columns): string {
  const together = !kept.includes('s.subject_id');
  const columns = [...kept, `greatest(s.from_day, ${FROM}) as lo`, `least(s.to_day, ${TO}) as hi`];
  const sums = amounts.map((name) => `${together ? `sum(${AMOUNTS[name]})` : AMOUNTS[name]} as ${name}`);
  return `select ${[...columns, ...sums].join(', ')}
    from ${from} and ${TOUCHES('s')}${together ? `\n    group by ${ordinals(columns.length)}` : ''}`;
}

/**
 * The segments that touch the window. In the split by project, those that a team's projects draw on are multiplied out;
 * `team_id` is the team drawn on. In branches, so that a condition on project_id or team_id finds an index. Which teams
 * have draws is one value, made once: as `not exists` it was a loop over all of them for each segment of a project, and with
 * `not in` a second processor does not help, as row security makes a list that none may share.
 */
const PARTS: Record<CostSplit, (segments: string, columns: Columns) => string> = {
  team: added,
  project: (segments, { kept, amounts }) => {
    const other = kept.filter((name) => name !== 's.project_id');
    return `
    ${added(
      `${segments}
      and (s.team_id is null or not (select t.ids from cost_drawn t) ? s.team_id)`,
      { kept: [...other, 's.project_id'], amounts },
    )}
    union all
    select ${[...other, 'd.project_id', 'greatest(s.lo, d.from_day)', 'least(s.hi, d.to_day)', ...amounts.map((name) => `s.${name} * d.ratio`)].join(', ')}
    from cost_draw d
    cross join lateral (
      ${added(`${segments} and s.team_id = d.team_id and s.from_day <= d.to_day and s.to_day >= d.from_day`, { kept: other, amounts })}
    ) s
    where d.org_id = $1 and ${TOUCHES('d')}`;
  },
};

/**
 * The parts of a question, as what stands behind `from`: the caller's aliases and condition are over it.
 *
 * @param read SQL that reads parts, besides the question's own; columns that neither names are not there
 */
export function costParts({ split, keys, joins = '', where = 'true', segments }: CostQuestion, ...read: string[]): string {
  const joined = `left join work_type wt on wt.org_id = $1 and wt.id = s.work_type_id
    left join geography g on g.org_id = $1 and g.id = s.geography_id
    ${joins}
    where (${where})`;
  const sql = [joined, ...Object.values(keys), ...read].join(' ');
  const named = (name: string): boolean => new RegExp(`\\bs\\.${name}\\b`).test(sql);
  return `(${PARTS[split](SEGMENTS(split, segments), { kept: COLUMNS.filter(named).map((name) => `s.${name}`), amounts: Object.keys(AMOUNTS).filter(named) })}
    ) s
    ${joined}`;
}

/** Newest direct rate on or before a day; before the first one, the newest inverse; before that, none: a rate that is null. */
const RATES = (currency: string): string => `cost_target as materialized (select ${currency} as currency),
  cost_rate as materialized (
    select c.currency, r.from_day, r.to_day, r.rate
    from (select distinct currency from cost_zone) c
    cross join cost_target t
    cross join lateral (
      select min(f.effective_from) filter (where f.from_currency = c.currency) as direct, min(f.effective_from) as any
      from fx_rate f
      where f.org_id = $1 and ((f.from_currency = c.currency and f.to_currency = t.currency) or (f.from_currency = t.currency and f.to_currency = c.currency))
    ) first
    cross join lateral (
      select '-infinity'::date as from_day, 'infinity'::date as to_day, 1::numeric as rate where c.currency = t.currency
      union all
      select '-infinity', coalesce(first.any, 'infinity') - 1, null where c.currency <> t.currency
      union all
      select f.effective_from, coalesce(lead(f.effective_from) over (order by f.effective_from) - 1, 'infinity'), f.rate
      from fx_rate f where f.org_id = $1 and f.from_currency = c.currency and f.to_currency = t.currency
      union all
      select f.effective_from, least(coalesce(lead(f.effective_from) over (order by f.effective_from), 'infinity'), coalesce(first.direct, 'infinity')) - 1,
        round(1::numeric(40, 30) / f.rate, 20)
      from fx_rate f where f.org_id = $1 and f.from_currency = t.currency and f.to_currency = c.currency and f.effective_from < coalesce(first.direct, 'infinity')
    ) r
  )`;

/**
 * For each kind of amount (place, currency, unit) the stretches of a month that have one rate: which of their days count, as
 * bits, how many units of it, in the currency asked for, accrue on each of them, and how many have before the stretch. A
 * stretch without a rate adds nothing; costWarnings reports it.
 */
const CALENDAR = `cost_month as materialized (
    select m.*, bit_count(m.works) as month_days, sum(bit_count(m.works)) over (partition by m.geography_id, date_trunc('year', m.month::timestamp)) as year_days
    from (
      select z.geography_id, c.month, c.days,
        substring(repeat('1111100', 6) from extract(isodow from c.month)::integer for c.days)::varbit::bit(31) & ~coalesce(h.days, 0::bit(31)) as works
      from (select distinct geography_id from cost_zone) z
      cross join cost_window w
      cross join lateral (
        select d.month::date as month, (d.month + interval '1 month')::date - d.month::date as days
        from generate_series(date_trunc('year', w.from_day::timestamp), date_trunc('year', w.to_day::timestamp) + interval '11 months', interval '1 month') d (month)
      ) c
      left join (
        select geography_id, date_trunc('month', day::timestamp)::date as month, bit_or(set_bit(0::bit(31), extract(day from day)::integer - 1, 1)) as days
        from holiday where org_id = $1 and geography_id in (select z.geography_id from cost_zone z) group by 1, 2
      ) h on h.geography_id = z.geography_id and h.month = c.month
    ) m
  ),
  cost_stretch as materialized (
    select z.zone, m.month, r.from_day, r.to_day, r.counting, r.units,
      sum(r.units * bit_count(r.counting)) over (partition by z.zone order by r.from_day) - r.units * bit_count(r.counting) as before
    from cost_zone z
    join cost_month m on m.geography_id = z.geography_id
    join cost_window w on m.month <= w.to_day and m.month + m.days > w.from_day
    join organization o on o.id = $1
    cross join lateral (
      select case z.accrual when 'calendar_month' then ~0::bit(31) else m.works end as counting, case z.accrual
        when 'calendar_month' then round(1::numeric(40, 30) / m.days, 20) when 'year' then round(1::numeric(40, 30) / nullif(m.year_days, 0), 20)
        when 'month' then round(1::numeric(40, 30) / nullif(m.month_days, 0), 20) when 'hour' then o.hours_per_day else 1 end as units
    ) a
    cross join lateral (
      select d.from_day, d.to_day, substring(a.counting from d.from_day - m.month + 1 for d.to_day - d.from_day + 1) as counting, coalesce(a.units * r.rate, 0) as units
      from cost_rate r
      cross join lateral (select greatest(r.from_day, m.month) as from_day, least(r.to_day, m.month + m.days - 1) as to_day) d
      where r.currency = z.currency and d.from_day <= d.to_day
    ) r
  )`;

/** A key that tells apart what a column of the segments does: their parts, which are added up by those, need no adding up by it. */
const AS_SEGMENTS = /^(s\.\w+|\w+\.id)$/;

/**
 * CTEs that end in `cost`: a row per bucket and keys, with `bucket`, the keys, the components and their `total`,
 * unrounded numeric (output by `cost_text()`). No row where nothing costs.
 *
 * Stands after a CTE `bucket (key, from_day, to_day)` of the caller's: periods, both days included; they may overlap and
 * have gaps. $1 is the organization. What is in no team or project has a null `s.team_id` or `s.project_id`: the
 * bucket *unallocated*, so that for every key the groups add up to the total.
 *
 * Aliases: `s` the part of a segment (subject_id, resource_type employee/contractor/vacancy/ai_agent, team_id or project_id,
 * geography_id, job_role_id, work_type_id, cost_centre_id, manager_id), `g` its geography, `wt` its work type.
 */
export function costRows(question: CostQuestion): string {
  const components = question.components ?? ['total'];
  const keys = Object.keys(question.keys);
  const columns = [
    ...Object.entries(question.keys).map(([name, sql]) => `${sql} as ${name}`),
    `coalesce(s.geography_id, '') || ' ' || s.currency || ' ' || s.accrual as cost_kind`,
  ];
  const coarser = !Object.values(question.keys).every((sql) => AS_SEGMENTS.test(sql));
  const sums = components.map((name) => `${coarser ? `sum(${COMPONENTS[name]})` : COMPONENTS[name]} as ${name}`);
  return `cost_window as materialized (select min(from_day) as from_day, max(to_day) as to_day from bucket),
  cost_drawn as materialized (select coalesce(jsonb_object_agg(d.team_id, null), '{}') as ids from cost_draw d where d.org_id = $1),
  cost_piece as materialized (
    select ${[...columns, 's.lo', 's.hi', ...sums].join(', ')}
    from ${costParts(question, ...columns, ...sums)} and s.currency is not null${coarser ? `\n    group by ${ordinals(columns.length + 2)}` : ''}
  ),
  cost_zone as materialized (
    select row_number() over ()::integer as zone, z.kind, split_part(z.kind, ' ', 1) as geography_id, split_part(z.kind, ' ', 2) as currency,
      split_part(z.kind, ' ', 3) as accrual
    from (select distinct cost_kind as kind from cost_piece) z
  ),
  ${RATES(question.currency ?? '(select o.reporting_currency from organization o where o.id = $1)')},
  ${CALENDAR},
  cost_span as materialized (
    ${accrued(
      `select ${[...keys, ...components].map((name) => `p.${name}, `).join('')} z.zone, p.lo, p.hi
        from cost_piece p join cost_zone z on z.kind = p.cost_kind`,
      'lo',
      'hi',
    )}
  ),
  cost_bucket as materialized (
    ${accrued(`select b.key, b.from_day, b.to_day, z.zone from ${question.buckets ?? 'bucket'} b cross join cost_zone z`, 'from_day', 'to_day')}
  ),
  cost as (
    select c.bucket, ${keys.map((key) => `c.${key}, `).join('')}${components.map((name) => `coalesce(sum(c.${name} * c.units), 0) as ${name}`).join(', ')}
    from (
      select b.key as bucket, p.*, least(p.after, b.after) - greatest(p.before, b.before) as units
      from cost_span p
      join cost_bucket b on b.zone = p.zone and p.lo <= b.to_day and p.hi >= b.from_day
      offset 0
    ) c
    group by ${ordinals(keys.length + 1)}
  )`;
}

/**
 * Rows with a zone and two days, and what has accrued before the one and after the other; step by step, as PostgreSQL would
 * join all stretches of a zone with each other.
 */
const accrued = (rows: string, first: string, last: string): string => `select r.*, ${units('h', `r.${last} - h.from_day + 1`)} as after
    from (
      select r.*, ${units('l', `r.${first} - l.from_day`)} as before
      from (
        ${rows}
        offset 0
      ) r
      join cost_stretch l on ${at('l', `r.${first}`)}
      offset 0
    ) r
    join cost_stretch h on ${at('h', `r.${last}`)}`;

const units = (stretch: string, days: string): string =>
  `${stretch}.before + ${stretch}.units * bit_count(substring(${stretch}.counting for ${days}))`;

const at = (stretch: string, day: string): string =>
  `${stretch}.zone = r.zone and ${stretch}.month = date_trunc('month', ${day}::timestamp)::date and ${day} between ${stretch}.from_day and ${stretch}.to_day`;

const ordinals = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(', ');
