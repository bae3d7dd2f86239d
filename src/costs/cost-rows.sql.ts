/** Which of the two splits of everybody's cost is read: by team or by project. Both have the same total; never add them. */
export type CostSplit = 'team' | 'project';

/** What a cost is made of. Amounts per year, month … are in the column of this name in cost_segment, as SQL over `s`, `wt`, `g`. */
const COMPONENTS = {
  base: 's.base',
  overhead: 's.base * wt.overhead',
  bonus: 's.bonus',
  contractor: 's.contractor',
  vacancy: 's.vacancy * coalesce(g.cost_multiplier, 1) * (1 + coalesce(wt.overhead, 0))',
  ai_seats: 's.ai_seats',
  ai_tokens: 's.ai_tokens',
} as const;

export type CostComponent = keyof typeof COMPONENTS;
export const COST_COMPONENTS = Object.keys(COMPONENTS) as CostComponent[];

export interface CostQuestion {
  readonly split: CostSplit;
  /**
   * Columns to group by: name → SQL over the aliases of the parts (below). Names have to be plain identifiers, SQL a
   * constant of the caller's.
   */
  readonly keys: Readonly<Record<string, string>>;
  /** `left join …` for keys and filters, over the same aliases; tables without a schema, with `org_id = $1`. */
  readonly joins?: string;
  /** A condition over the same aliases. */
  readonly where?: string;
  /** Default: all. */
  readonly components?: readonly CostComponent[];
  /** Adds the column `people`, the number of different employees behind each row. Costs time: only where small groups have to be suppressed. */
  readonly people?: boolean;
  /** SQL of the currency that is converted to; default the organization's reporting currency. */
  readonly currency?: string;
}

/** The segments that touch the window, with what the projects of teams draw. In the split by project, `team_id` is the team drawn on. */
const PARTS: Record<CostSplit, string> = {
  team: `
    select s.*, greatest(s.from_day, w.from_day) as lo, least(s.to_day, w.to_day) as hi
    from cost_window w join cost_segment s on s.from_day <= w.to_day and s.to_day >= w.from_day
    where s.org_id = $1 and s.split = 'team'`,
  project: `
    select s.org_id, s.subject_id, s.resource_type, s.team_id, coalesce(s.project_id, d.project_id) as project_id,
      s.geography_id, s.job_role_id, s.work_type_id, s.cost_centre_id, s.manager_id, s.currency, s.accrual, s.price_missing, s.over_allocated,
      coalesce(d.short, false) as short, s.fte * d.ratio as fte, s.base * d.ratio as base, s.bonus * d.ratio as bonus,
      s.contractor * d.ratio as contractor, s.vacancy * d.ratio as vacancy, s.ai_seats * d.ratio as ai_seats, s.ai_tokens * d.ratio as ai_tokens,
      greatest(s.from_day, d.from_day, w.from_day) as lo, least(s.to_day, d.to_day, w.to_day) as hi
    from cost_window w join cost_segment s on s.from_day <= w.to_day and s.to_day >= w.from_day
    cross join lateral (
      select d.project_id, d.from_day, d.to_day, d.ratio, d.short from cost_draw d
      where d.org_id = $1 and d.team_id = s.team_id and d.from_day <= least(s.to_day, w.to_day) and d.to_day >= greatest(s.from_day, w.from_day)
      union all
      select null, '-infinity', 'infinity', 1, false where s.team_id is null or not exists (select from cost_draw d where d.org_id = $1 and d.team_id = s.team_id)
    ) d
    where s.org_id = $1 and s.split = 'project'`,
};

/** The parts of a split as a query; the caller's aliases are over it. */
export function costParts(split: CostSplit): string {
  return PARTS[split];
}

/** Newest direct rate on or before a day; before the first one, the newest inverse; before that, none. */
const RATES = (currency: string): string => `cost_target as materialized (select ${currency} as currency),
  cost_rate as materialized (
    select c.currency, r.from_day, r.to_day, r.rate
    from (select distinct currency from cost_zone) c
    cross join cost_target t
    cross join lateral (select min(f.effective_from) as day from fx_rate f where f.org_id = $1 and f.from_currency = c.currency and f.to_currency = t.currency) direct
    cross join lateral (
      select '-infinity'::date as from_day, 'infinity'::date as to_day, 1::numeric as rate where c.currency = t.currency
      union all
      select f.effective_from, coalesce(lead(f.effective_from) over (order by f.effective_from) - 1, 'infinity'), f.rate
      from fx_rate f where f.org_id = $1 and f.from_currency = c.currency and f.to_currency = t.currency
      union all
      select f.effective_from, least(coalesce(lead(f.effective_from) over (order by f.effective_from), 'infinity'), coalesce(direct.day, 'infinity')) - 1,
        round(1::numeric(40, 30) / f.rate, 24)
      from fx_rate f where f.org_id = $1 and f.from_currency = t.currency and f.to_currency = c.currency and f.effective_from < coalesce(direct.day, 'infinity')
    ) r
  )`;

/**
 * For each kind of amount (place, currency, unit), how many units of it, in the currency asked for, have accrued before and
 * after each day of the window. A day without a rate adds nothing; costWarnings reports it.
 */
const CALENDAR = `cost_place as materialized (
    select z.geography_id, d.day::date as day, extract(isodow from d.day) < 6 and h.day is null as works
    from (select distinct geography_id from cost_zone) z
    cross join cost_window w
    cross join lateral generate_series(date_trunc('year', w.from_day::timestamp), date_trunc('year', w.to_day::timestamp) + interval '1 year - 1 day', interval '1 day') d (day)
    left join holiday h on h.org_id = $1 and h.geography_id = z.geography_id and h.day = d.day::date
  ),
  cost_unit as materialized (
    select p.geography_id, p.day, p.works,
      count(*) filter (where p.works) over (partition by p.geography_id, date_trunc('year', p.day::timestamp)) as year_days,
      count(*) filter (where p.works) over (partition by p.geography_id, date_trunc('month', p.day::timestamp)) as month_days,
      count(*) over (partition by p.geography_id, date_trunc('month', p.day::timestamp)) as calendar_days
    from cost_place p
  ),
  cost_day as materialized (
    select z.geography_id, z.currency, z.accrual, u.day, coalesce(sum(x.units * r.rate) over days, 0) - coalesce(x.units * r.rate, 0) as before,
      coalesce(sum(x.units * r.rate) over days, 0) as after
    from cost_zone z
    join cost_unit u on u.geography_id = z.geography_id
    join cost_window w on u.day between w.from_day and w.to_day
    join organization o on o.id = $1
    left join cost_rate r on r.currency = z.currency and r.from_day <= u.day and r.to_day >= u.day
    cross join lateral (
      select case z.accrual when 'calendar_month' then round(1::numeric(40, 30) / u.calendar_days, 24)
        else case when u.works then case z.accrual when 'year' then round(1::numeric(40, 30) / u.year_days, 24)
          when 'month' then round(1::numeric(40, 30) / u.month_days, 24) when 'hour' then o.hours_per_day else 1 end end end as units
    ) x
    window days as (partition by z.geography_id, z.currency, z.accrual order by u.day)
  )`;

/**
 * CTEs that end in `cost`: a row per bucket and keys, with `bucket`, the keys, the components and their `total`,
 * unrounded numeric (output by `cost_text()`), and `people` if asked for. No row where nothing costs.
 *
 * Stands after a CTE `bucket (key, from_day, to_day)` of the caller's: periods, both days included; they may overlap and
 * have gaps. $1 is the organization. What is in no team or project has a null `s.team_id` or `s.project_id`: the
 * bucket *unallocated*, so that for every key the groups add up to the total.
 *
 * Aliases: `s` the part of a segment (subject_id, resource_type employee/contractor/vacancy/ai_agent, team_id or project_id,
 * geography_id, job_role_id, work_type_id, cost_centre_id, manager_id), `g` its geography, `wt` its work type.
 */
export function costRows(question: CostQuestion): string {
  const components = question.components ?? COST_COMPONENTS;
  const keys = Object.keys(question.keys);
  const named = Object.entries(question.keys).map(([name, sql]) => `${sql} as ${name}`);
  const sums = components.map((name) => `sum(${COMPONENTS[name]}) as ${name}`);
  const accrued = (name: string): string => `coalesce(sum(p.${name} * (h.after - l.before)), 0)`;
  return `cost_window as materialized (select min(from_day) as from_day, max(to_day) as to_day from bucket),
  cost_piece as materialized (
    select ${[...named, ...(question.people ? ['s.subject_id as cost_subject'] : [])].map((column) => `${column}, `).join('')}
      coalesce(s.geography_id, '') as cost_geography, s.currency as cost_currency, s.accrual as cost_accrual, s.lo, s.hi, ${sums.join(', ')}
    from (${costParts(question.split)}
    ) s
    left join work_type wt on wt.org_id = $1 and wt.id = s.work_type_id
    left join geography g on g.org_id = $1 and g.id = s.geography_id
    ${question.joins ?? ''}
    where s.currency is not null and (${question.where ?? 'true'})
    group by ${ordinals(keys.length + (question.people ? 1 : 0) + 5)}
  ),
  cost_zone as materialized (select distinct cost_geography as geography_id, cost_currency as currency, cost_accrual as accrual from cost_piece),
  ${RATES(question.currency ?? '(select o.reporting_currency from organization o where o.id = $1)')},
  ${CALENDAR},
  cost as (
    select b.key as bucket, ${keys.map((key) => `p.${key}, `).join('')}${components.map((name) => `${accrued(name)} as ${name}`).join(', ')},
      ${components.map(accrued).join(' + ')} as total
      ${question.people ? `, count(distinct p.cost_subject) filter (where p.cost_subject ~ '^emp_') as people` : ''}
    from cost_piece p
    join bucket b on p.lo <= b.to_day and p.hi >= b.from_day
    join cost_day l on l.geography_id = p.cost_geography and l.currency = p.cost_currency and l.accrual = p.cost_accrual and l.day = greatest(p.lo, b.from_day)
    join cost_day h on h.geography_id = p.cost_geography and h.currency = p.cost_currency and h.accrual = p.cost_accrual and h.day = least(p.hi, b.to_day)
    group by ${ordinals(keys.length + 1)}
  )`;
}

const ordinals = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(', ');
