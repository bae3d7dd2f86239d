/** Decimal places of a share that is no finite decimal. Shares of one stretch of days are differences of rounded running sums, so they add up exactly. */
const PLACES = 12;

/** Part of `amount` that falls to the rows up to here; the difference between two neighbours is a row's own. */
const upTo = (amount: string, running: string, total: string): string => `round(${amount} * (${running}) / (${total}), ${PLACES})`;

/** Employees: terms, each with the pay of its days; before the first pay row there is none. */
const EMPLOYEE_PRICES = `
  select s.id, 'employee', greatest(e.start_date, t.effective_from, p.from_day), least(coalesce(e.end_date, 'infinity'), coalesce(t.effective_to, 'infinity'), p.to_day),
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
  select s.id, 'contractor', greatest(c.start_date, p.from_day), least(coalesce(c.end_date, 'infinity'), p.to_day),
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
  select s.id, 'vacancy', greatest(v.target_start_date, o.from_day), o.to_day,
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
  select s.id, 'ai_agent', a.start_date, coalesce(a.end_date, 'infinity'),
    1, null, null, null, null, null, a.currency, 'calendar_month', null, null, null, null, a.seats * a.monthly_per_seat_price,
    (greatest(a.planned_input_tokens_per_month - a.included_input_tokens_per_month, 0) * a.price_per_million_input
      + greatest(a.planned_output_tokens_per_month - a.included_output_tokens_per_month, 0) * a.price_per_million_output) / 1000000, false
  from subject s join lateral (select a.* from ai_agent a where a.org_id = $1 and a.id = s.id offset 0) a on true`;

const SUBJECT_COLUMNS = ['employee_id', 'contractor_id', 'vacancy_id', 'ai_agent_id'];

const OWN_ALLOCATIONS = `
  select s.id as subject_id, a.target_team_id as team_id, a.target_project_id as project_id, a.fte, a.start_date as from_day, coalesce(a.end_date, 'infinity') as to_day
  from subject s
  cross join lateral (
    ${SUBJECT_COLUMNS.map((column) => `select a.target_team_id, a.target_project_id, a.fte, a.start_date, a.end_date from allocation a where a.org_id = $1 and a.${column} = s.id`).join('\n    union all ')}
    offset 0
  ) a`;

/**
 * platform.cost_segments(org, subjects): the rows of cost_segment for these people, contractors, vacancies and AI agents,
 * computed afresh. Reads tables without a schema, so the search path decides the world; sees what its caller's row
 * policies show, so the caller has to see pay (`set app.sees_pay = on`) and money.
 */
export const SEGMENTS = `
create function platform.cost_segments(org text, subjects text[]) returns table (
  org_id text, subject_id text, resource_type text, split text, from_day date, to_day date, team_id text, project_id text,
  geography_id text, job_role_id text, work_type_id text, cost_centre_id text, manager_id text, fte numeric, currency text, accrual text,
  base numeric, bonus numeric, contractor numeric, vacancy numeric, ai_seats numeric, ai_tokens numeric, price_missing boolean, over_allocated boolean
) language sql stable as $$
with subject as materialized (select distinct id from unnest($2) id),
-- What each costs at a full share, while nothing about it changes.
price (subject_id, resource_type, from_day, to_day, paid, geography_id, job_role_id, work_type_id, cost_centre_id, manager_id,
    currency, accrual, base, bonus, contractor, vacancy, ai_seats, ai_tokens, price_missing) as materialized (
  select * from (${[EMPLOYEE_PRICES, CONTRACTOR_PRICES, VACANCY_PRICES, AI_AGENT_PRICES].join('\n  union all')}
  ) p (subject_id, resource_type, from_day, to_day) where from_day <= to_day
),
allotted as materialized (${OWN_ALLOCATIONS}
),
-- Days on which a subject's price or an allocation changes; the team split knows nothing of projects.
edge as (
  select p.subject_id, s.split, p.from_day as day from price p cross join (values ('team'), ('project')) s (split)
  union
  select a.subject_id, s.split, d.day from allotted a
  cross join (values ('team'), ('project')) s (split)
  cross join lateral (values (a.from_day), (a.to_day + 1)) d (day)
  where d.day < 'infinity' and (s.split = 'project' or a.team_id is not null)
),
piece as materialized (
  select e.subject_id, e.split, e.day as from_day, least(p.to_day, coalesce(e.next_day - 1, 'infinity')) as to_day, p.from_day as price_day, p.paid, p.resource_type
  from (select e.*, lead(e.day) over (partition by e.subject_id, e.split order by e.day) as next_day from edge e) e
  join price p on p.subject_id = e.subject_id and p.from_day <= e.day and p.to_day >= e.day
),
booked as (
  select p.subject_id, p.split, p.from_day, p.paid, a.team_id, a.project_id, sum(a.fte) as fte,
    sum(sum(a.fte)) over (kind order by a.team_id, a.project_id) as running, sum(sum(a.fte)) over kind as total
  from piece p join allotted a on a.subject_id = p.subject_id and a.from_day <= p.from_day and a.to_day >= p.from_day
  where p.split = 'project' or a.team_id is not null
  group by p.subject_id, p.split, p.from_day, p.paid, a.team_id, a.project_id
  window kind as (partition by p.subject_id, p.split, p.from_day, a.team_id is null)
),
-- Up to what is paid for an allocation is taken as it is; beyond, all are scaled down.
share as (
  select b.*, case when total <= paid then running else ${upTo('paid', 'running', 'total')} end as share_to,
    case when total <= paid then running - fte else ${upTo('paid', 'running - fte', 'total')} end as share_from,
    paid - least(paid, coalesce(max(total) filter (where project_id is not null) over (partition by subject_id, split, from_day), 0)) as unbooked
  from booked b
),
part as (
  -- The split's own targets ...
  select subject_id, split, from_day, 1 as rank, team_id, project_id, share_to - share_from as share, total > paid as over_allocated
  from share where split = 'team' or project_id is not null
  union all
  -- ... in the project split, what the person's own projects leave to those of their teams ...
  select s.subject_id, s.split, s.from_day, 2, s.team_id, null, ${upTo('s.unbooked', 's.share_to', 's.paid')} - ${upTo('s.unbooked', 's.share_from', 's.paid')}, false
  from share s where s.split = 'project' and s.team_id is not null and s.subject_id !~ '^agt_'
),
-- ... and what is left.
whole as (
  select subject_id, split, from_day, rank, team_id, project_id, share, over_allocated from part where share > 0
  union all
  select p.subject_id, p.split, p.from_day, 3, null, null, p.paid - coalesce(sum(t.share), 0), false
  from piece p left join part t on t.subject_id = p.subject_id and t.split = p.split and t.from_day = p.from_day
  group by p.subject_id, p.split, p.from_day, p.paid having p.paid > coalesce(sum(t.share), 0)
),
-- A bonus is not scaled by what somebody is allocated: own targets take all of it, by their shares; without any the next rank does.
ranked as (
  select w.*, w.rank = min(w.rank) over (partition by w.subject_id, w.split, w.from_day) as takes_bonus,
    sum(w.share) over (peers order by w.team_id, w.project_id) as running, sum(w.share) over peers as total
  from whole w
  window peers as (partition by w.subject_id, w.split, w.from_day, w.rank)
)
select $1, r.subject_id, p.resource_type, r.split, r.from_day, k.to_day, r.team_id, r.project_id,
  p.geography_id, p.job_role_id, p.work_type_id, p.cost_centre_id, p.manager_id, r.share, p.currency, p.accrual,
  p.base * r.share,
  case when r.takes_bonus then ${upTo('p.bonus', 'r.running', 'r.total')} - ${upTo('p.bonus', 'r.running - r.share', 'r.total')} end,
  p.contractor * r.share, p.vacancy * r.share, p.ai_seats * r.share, p.ai_tokens * r.share, p.price_missing, r.over_allocated
from ranked r
join piece k on k.subject_id = r.subject_id and k.split = r.split and k.from_day = r.from_day
join price p on p.subject_id = k.subject_id and p.from_day = k.price_day
$$;
`;
