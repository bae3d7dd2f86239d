import type { DimensionName } from '../dimensions';

/**
 * Which team who is allocated to on which days, as (subject_id, team_id, first, last): of primary allocations that overlap, the
 * one that began last; without a team between and around them. Who has no row is in no team.
 */
export const PLACEMENT = `placement as materialized (
    with own as (
      select coalesce(employee_id, contractor_id, vacancy_id, ai_agent_id) as subject_id, target_team_id as team_id, daterange(start_date, end_date, '[]') as days,
        range_agg(daterange(start_date, end_date, '[]')) over (
          partition by coalesce(employee_id, contractor_id, vacancy_id, ai_agent_id) order by start_date desc, id desc rows between unbounded preceding and 1 preceding) as later
      from allocation
      where org_id = $1 and is_primary and target_team_id is not null
    )
    select subject_id, team_id, coalesce(lower(part.days), '-infinity') as first, coalesce(upper(part.days) - 1, 'infinity') as last
    from (
      select subject_id, team_id, days, later from own
      union all
      select subject_id, null, daterange(null, null), range_agg(days) from own group by subject_id
    ) one
    cross join lateral (
      select one.days where one.later is null or not one.later && one.days
      union all
      select rest from unnest(case when one.later && one.days then datemultirange(one.days) - one.later end) rest
    ) part (days)
  )`;

/**
 * Everybody's time with the organization in stretches of days on which nothing about them changes: employees and
 * contractors, with their team, manager, role, place and contracted FTE.
 */
const STRETCH = `stretch as materialized (
    select who.*, pt.id as team_id, coalesce(pt.parent_team_id, pt.id) as parent_team_id, pg.country_code,
      coalesce(who.own_cost_centre_id, pt.cost_centre_id) as cost_centre_id,
      greatest(who.from_day, p.first) as first, least(who.to_day, p.last) as last
    from (
      select e.id as subject_id, 'employee' as resource_type, e.id as employee_id, null as contractor_id, e.start_date, coalesce(e.end_date, 'infinity') as end_date,
        greatest(e.start_date, t.effective_from) as from_day, least(coalesce(e.end_date, 'infinity'), coalesce(t.effective_to, 'infinity')) as to_day,
        t.manager_id, t.job_role_id, t.work_type_id, t.geography_id, t.cost_centre_id as own_cost_centre_id, t.contracted_fte
      from employee e
      join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= coalesce(e.end_date, 'infinity')
        and coalesce(t.effective_to, 'infinity') >= e.start_date
      where e.org_id = $1
      union all
      select c.id, 'contractor', null, c.id, c.start_date, coalesce(c.end_date, 'infinity'), c.start_date, coalesce(c.end_date, 'infinity'),
        c.manager_id, c.job_role_id, null, c.geography_id, c.cost_centre_id, 1
      from contractor c where c.org_id = $1
    ) who
    left join placement p on p.subject_id = who.subject_id and p.first <= who.to_day and p.last >= who.from_day
    left join team pt on pt.org_id = $1 and pt.id = p.team_id
    left join geography pg on pg.org_id = $1 and pg.id = who.geography_id
  )`;

export const STRETCHES = [PLACEMENT, STRETCH];

/** What a row of `stretch`, or of a CTE with the same columns, can be split by. */
export function factsOf<Name extends DimensionName>(alias: string, ...except: Name[]): Record<Exclude<keyof typeof FACTS, Name>, string> {
  const facts = Object.entries(FACTS).filter(([name]) => !except.includes(name as Name));
  return Object.fromEntries(facts.map(([name, column]) => [name, `${alias}.${column}`])) as Record<
    Exclude<keyof typeof FACTS, Name>,
    string
  >;
}

const FACTS = {
  team: 'team_id',
  parent_team: 'parent_team_id',
  resource_type: 'resource_type',
  employee: 'employee_id',
  contractor: 'contractor_id',
  manager: 'manager_id',
  job_role: 'job_role_id',
  work_type: 'work_type_id',
  geography: 'geography_id',
  country: 'country_code',
  cost_centre: 'cost_centre_id',
} as const satisfies Partial<Record<DimensionName, string>>;
