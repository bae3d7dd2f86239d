/** Decimal places of a share that is no finite decimal: a half cent of many thousands stays one. Shares of one stretch of days are differences of rounded running sums, so they add up exactly. */
export const PLACES = 20;

/** Employees: terms, each with the pay of its days; before the first pay row there is none. */
const EMPLOYEE_PRICES = `
  select s.n, 'employee', greatest(e.start_date, t.effective_from, p.from_day), least(coalesce(e.end_date, 'infinity'), coalesce(t.effective_to, 'infinity'), p.to_day),
    t.contracted_fte, t.geography_id, t.job_role_id, t.work_type_id, t.cost_centre_id, t.manager_id,
    p.currency, 'year', p.annual_salary, p.annual_bonus, null::numeric, null::numeric, null::numeric, null::numeric, p.currency is null
  from subject s
  cross join lateral (select e.start_date, e.end_date from employee e where e.org_id = $1 and e.id = s.id offset 0) e
  cross join lateral (
    select t.effective_from, t.effective_to, t.contracted_fte, t.geography_id, t.job_role_id, t.work_type_id, t.cost_centre_id, t.manager_id
    from employment_terms t where t.org_id = $1 and t.employee_id = s.id offset 0
  ) t
  cross join lateral (
    select p.effective_date as from_day, coalesce(lead(p.effective_date) over (order by p.effective_date) - 1, 'infinity') as to_day,
      p.annual_salary, p.annual_bonus, p.currency
    from salary_adjustment p where p.org_id = $1 and p.employee_id = s.id
    union all
    select '-infinity', coalesce(min(p.effective_date) - 1, 'infinity'), null, null, null from salary_adjustment p where p.org_id = $1 and p.employee_id = s.id
    offset 0
  ) p`;

const CONTRACTOR_PRICES = `
  select s.n, 'contractor', greatest(c.start_date, p.from_day), least(coalesce(c.end_date, 'infinity'), p.to_day),
    1, c.geography_id, c.job_role_id, null, c.cost_centre_id, c.manager_id,
    p.currency, case p.rate_type when 'hourly' then 'hour' when 'daily' then 'day' else 'month' end, null, null, p.rate, null, null, null, p.currency is null
  from subject s
  cross join lateral (
    select c.start_date, c.end_date, c.geography_id, c.job_role_id, c.cost_centre_id, c.manager_id from contractor c where c.org_id = $1 and c.id = s.id offset 0
  ) c
  cross join lateral (
    select p.effective_date as from_day, coalesce(lead(p.effective_date) over (order by p.effective_date) - 1, 'infinity') as to_day,
      p.rate_type, p.rate, p.currency
    from rate_adjustment p where p.org_id = $1 and p.contractor_id = s.id
    union all
    select '-infinity', coalesce(min(p.effective_date) - 1, 'infinity'), 'daily', null, null from rate_adjustment p where p.org_id = $1 and p.contractor_id = s.id
    offset 0
  ) p`;

/** Vacancies: while nobody fills them, who fills one and has yet to come or has left again included. */
const VACANCY_PRICES = `
  select s.n, 'vacancy', greatest(v.target_start_date, o.from_day), o.to_day,
    v.fte, v.geography_id, v.job_role_id, v.work_type_id, null, v.hiring_manager_id,
    v.currency, 'year', null, null, null, (v.salary_min + v.salary_max) / 2, null, null, v.currency is null
  from subject s
  cross join lateral (
    select v.target_start_date, v.fte, v.geography_id, v.job_role_id, v.work_type_id, v.hiring_manager_id, v.currency,
      v.salary_min, v.salary_max, v.status, v.filled_by_employee_id, v.filled_by_contractor_id
    from vacancy v where v.org_id = $1 and v.id = s.id and v.status in ('open', 'filled') offset 0
  ) v
  left join lateral (
    select e.start_date, e.end_date from employee e where e.org_id = $1 and e.id = v.filled_by_employee_id
    union all
    select c.start_date, c.end_date from contractor c where c.org_id = $1 and c.id = v.filled_by_contractor_id
    offset 0
  ) filler on true
  cross join lateral (
    select '-infinity'::date as from_day, coalesce(filler.start_date - 1, 'infinity') as to_day
    union all
    select filler.end_date + 1, 'infinity' where filler.end_date is not null
  ) o`;

const AI_AGENT_PRICES = `
  select s.n, 'ai_agent', a.start_date, coalesce(a.end_date, 'infinity'),
    1, null, null, null, null, null, a.currency, 'calendar_month', null, null, null, null, a.seats * a.monthly_per_seat_price,
    (greatest(a.planned_input_tokens_per_month - a.included_input_tokens_per_month, 0) * a.price_per_million_input
      + greatest(a.planned_output_tokens_per_month - a.included_output_tokens_per_month, 0) * a.price_per_million_output) / 1000000, false
  from subject s join lateral (select a.* from ai_agent a where a.org_id = $1 and a.id = s.id offset 0) a on true`;

/** Kinds of subjects: what each costs, and how its allocations are found. */
interface Kind {
  readonly prices: string;
  readonly column: string;
}

const EMPLOYEES: Kind = { prices: EMPLOYEE_PRICES, column: 'employee_id' };
const EVERYBODY: readonly Kind[] = [
  EMPLOYEES,
  { prices: CONTRACTOR_PRICES, column: 'contractor_id' },
  { prices: VACANCY_PRICES, column: 'vacancy_id' },
  { prices: AI_AGENT_PRICES, column: 'ai_agent_id' },
];

/** `no` gives shares that are no finite decimals the same rounding, whoever is computed together. */
const ownAllocations = (kinds: readonly Kind[]): string => `
  select s.n, a.*
  from subject s
  cross join lateral (
    select row_number() over (order by a.id) as no, a.target_team_id as team_id, a.target_project_id as project_id, a.fte,
      a.start_date as from_day, coalesce(a.end_date, 'infinity') as to_day
    from (
      ${kinds.map(({ column }) => `select a.id, a.target_team_id, a.target_project_id, a.fte, a.start_date, a.end_date from allocation a where a.org_id = $1 and a.${column} = s.id`).join('\n      union all ')}
      offset 0 -- sorted after they are found, not found in the order of their ids
    ) a
    offset 0
  ) a`;

/** What falls to the row at hand of an amount that is shared out in proportion: the difference of two rounded running sums, so that the parts add up exactly. */
const part = (amount: string, from: string, to: string, total: string): string =>
  `case when ${from} = 0 and ${to} = ${total} then ${amount} else round(${amount} * ${to} / ${total}, ${PLACES}) - round(${amount} * ${from} / ${total}, ${PLACES}) end`;

/** What is shared out of each price, by subject, split and stretch of days: the rows. */
const SHARED_OUT = `-- Days on which a subject's price or an allocation changes; the split by team knows nothing of projects.
edge as (
  select p.n, s.by_project, p.from_day as day from price p cross join (values (false), (true)) s (by_project)
  union
  select a.n, s.by_project, d.day from allotted a
  cross join (values (false), (true)) s (by_project)
  cross join lateral (values (a.from_day), (a.to_day + 1)) d (day)
  where d.day < 'infinity' and (s.by_project or a.team_id is not null)
),
piece as materialized (
  select e.n, e.by_project, e.day as from_day, least(p.to_day, coalesce(e.next_day - 1, 'infinity')) as to_day, p.price_no, p.paid, p.resource_type = 'ai_agent' as is_agent
  from (select e.*, lead(e.day) over (partition by e.n, e.by_project order by e.day) as next_day from edge e) e
  join price p on p.n = e.n and p.from_day <= e.day and p.to_day >= e.day
),
part as (
  select p.*, case when p.by_project and a.team_id is not null then 2 else 1 end as kind, a.no, a.team_id, a.project_id, a.fte
  from piece p join allotted a on a.n = p.n and a.from_day <= p.from_day and a.to_day >= p.from_day
  where case when p.by_project then a.team_id is null or not p.is_agent else a.team_id is not null end
  union all
  select p.*, 3, 1, null, null, 0 from piece p
),
summed as (
  select p.*, sum(fte) over (partition by n, by_project, from_day, kind order by no) as upto,
    coalesce(sum(fte) filter (where kind = 1) over piece, 0) as own_fte, coalesce(sum(fte) filter (where kind = 2) over piece, 0) as team_fte
  from part p
  window piece as (partition by n, by_project, from_day)
),
-- The running sums of allocations within what is paid for.
scaled as (
  select s.*, own_fte > paid and kind = 1 as over_allocated, least(own_fte, paid) as own, least(team_fte, paid) as team,
    paid - least(own_fte, paid) as unbooked, upto - fte as before,
    case when kind = 1 then own_fte else team_fte end as wanted
  from summed s offset 0
),
shared as (
  select s.*, case when wanted <= paid then before else round(paid * before / wanted, ${PLACES}) end as share_from,
    case when wanted <= paid then upto else round(paid * upto / wanted, ${PLACES}) end as share_to
  from scaled s offset 0
),
final as (
  select s.*, case kind when 1 then share_to - share_from when 2 then ${part('unbooked', 'share_from', 'share_to', 'paid')}
      else unbooked - case when team = 0 then 0 else round(unbooked * team / paid, ${PLACES}) end end as share
  from shared s offset 0 -- computed once, though used several times
)
select $1, s.id, p.resource_type, case when f.by_project then 'project' else 'team' end, f.from_day, f.to_day, f.team_id, f.project_id,
  p.geography_id, p.job_role_id, p.work_type_id, p.cost_centre_id, p.manager_id, f.share, p.currency, p.accrual,
  p.base * f.share,
  case when f.kind = 1 then ${part('p.bonus', 'f.share_from', 'f.share_to', 'f.own')}
    when f.own = 0 and f.kind = 2 then ${part('p.bonus', 'f.share_from', 'f.share_to', 'f.team')}
    when f.own = 0 and f.team = 0 then p.bonus end,
  p.contractor * f.share, p.vacancy * f.share, p.ai_seats * f.share, p.ai_tokens * f.share, p.price_missing, f.over_allocated
from final f
join price p on p.price_no = f.price_no
join subject s on s.n = f.n
where f.share > 0`;

/**
 * The rows of cost_segment for these people, contractors, vacancies and AI agents,
 * computed afresh; some thousand at a time. Reads tables without a schema, so the search path decides the world; sees what
 * its caller's row policies show, so the caller has to see pay (`app.sees_pay`) and money.
 *
 * Each stretch of days without a change (`piece`) has its own allocations (`kind` 1: teams, or projects), in the split by
 * project also what the person's projects leave to those of their teams (2), and what is left (3). Up to what is paid for, an allocation is
 * taken as it is; beyond, all are scaled down. A bonus is not scaled by allocations: own targets take all of it, by their
 * shares; without any, those of the teams; without these it stays.
 *
 * Called by functions with the settings of costs/rebuild.ts.
 */
const segmentsOf = (name: string, kinds: readonly Kind[]): string => `
create or replace function platform.${name}(org text, subjects text[]) returns table (
  org_id text, subject_id text, resource_type text, split text, from_day date, to_day date, team_id text, project_id text,
  geography_id text, job_role_id text, work_type_id text, cost_centre_id text, manager_id text, fte numeric, currency text, accrual text,
  base numeric, bonus numeric, contractor numeric, vacancy numeric, ai_seats numeric, ai_tokens numeric, price_missing boolean, over_allocated boolean
) language sql stable as $$
with subject as materialized (select id, row_number() over ()::integer as n from (select distinct id from unnest($2) id) s),
-- What each costs at a full share, while nothing about it changes.
price as materialized (
  select row_number() over ()::integer as price_no, p.*
  from (${kinds.map(({ prices }) => prices).join('\n  union all')}
  ) p (n, resource_type, from_day, to_day, paid, geography_id, job_role_id, work_type_id, cost_centre_id, manager_id,
    currency, accrual, base, bonus, contractor, vacancy, ai_seats, ai_tokens, price_missing)
  where p.from_day <= p.to_day
),
allotted as materialized (${ownAllocations(kinds)}
),
${SHARED_OUT}
$$;
`;

/**
 * platform.cost_segments(org, subjects), of whatever kind they are, and platform.employee_cost_segments(org, subjects), of
 * employees only: for one person a plan takes longer to set up than to run, and this one is half as large.
 */
export const SEGMENTS = segmentsOf('cost_segments', EVERYBODY) + segmentsOf('employee_cost_segments', [EMPLOYEES]);
