import type { Wish } from '../declare';
import type { DimensionName } from '../dimensions';

/** A subject's primary allocations to teams, less the days of those that began later, and what is between and around them. */
const CUT_OUT = `
    select one.subject_id, one.team_id, coalesce(lower(part.days), '-infinity') as first, coalesce(upper(part.days) - 1, 'infinity') as last
    from (
      select subject_id, team_id, days, later from (
        select subject_id, team_id, daterange(first, nullif(last, 'infinity'), '[]') as days, range_agg(daterange(first, nullif(last, 'infinity'), '[]')) over (
          partition by subject_id order by first desc, id desc rows between unbounded preceding and 1 preceding) as later
        from booking where crossed
      ) own
      union all
      select subject_id, null, daterange(null, null), range_agg(daterange(first, nullif(last, 'infinity'), '[]')) from booking where crossed group by subject_id
    ) one
    cross join lateral (
      select one.days where one.later is null or not one.later && one.days
      union all
      select rest from unnest(case when one.later && one.days then datemultirange(one.days) - one.later end) rest
    ) part (days)`;

/**
 * Which team who is allocated to on which days of the question, as (subject_id, team_id, first, last): of primary allocations that
 * overlap, the one that began last; without a team between and around them. Who has no row is in no team.
 */
export function placement({ from, to }: Wish['window']): string {
  return `booking as materialized (
    select o.*, bool_or(next <= last) over (partition by subject_id) as crossed
    from (
      select a.*, lag(last) over turn as previous, lead(first) over turn as next
      from (
        select coalesce(employee_id, contractor_id, vacancy_id, ai_agent_id) as subject_id, id, target_team_id as team_id, start_date as first,
          coalesce(end_date, 'infinity') as last
        from allocation
        where org_id = $1 and is_primary and target_team_id is not null and start_date <= ${to} and (end_date is null or end_date >= ${from})
      ) a
      window turn as (partition by subject_id order by first, id)
    ) o
  ),
  placement as materialized (
    select subject_id, team_id, first, last from booking where crossed is not true
    union all
    select subject_id, null, '-infinity', first - 1 from booking where crossed is not true and previous is null
    union all
    select subject_id, null, last + 1, coalesce(next - 1, 'infinity') from booking
    where crossed is not true and last < 'infinity' and next is distinct from last + 1
    union all${CUT_OUT}
  )`;
}

/** What somebody has by the team. */
const OF_TEAM: readonly DimensionName[] = ['team', 'parent_team', 'cost_centre'];

/**
 * Everybody's time with the organization in stretches of days on which nothing about them changes, as far as they touch the
 * question; and the last one of who has left. Employees and contractors, with their manager, role, place and contracted FTE, and
 * with their team where that is asked for.
 */
export function stretches({ dimensions, conditions, window }: Wish): string[] {
  const placed = [...dimensions, ...conditions.map(({ field }) => field)].some((name) => OF_TEAM.includes(name));
  const stretch = `stretch as materialized (
    select who.*, pg.country_code, ${
      placed
        ? `pt.id as team_id, coalesce(pt.parent_team_id, pt.id) as parent_team_id, coalesce(who.own_cost_centre_id, pt.cost_centre_id) as cost_centre_id,
      greatest(who.from_day, p.first) as first, least(who.to_day, p.last) as last`
        : `null::text as team_id, null::text as parent_team_id, null::text as cost_centre_id, who.from_day as first, who.to_day as last`
    }
    from (
      select e.id as subject_id, 'employee' as resource_type, e.id as employee_id, null as contractor_id, e.start_date, coalesce(e.end_date, 'infinity') as end_date,
        greatest(e.start_date, t.effective_from) as from_day, least(coalesce(e.end_date, 'infinity'), coalesce(t.effective_to, 'infinity')) as to_day,
        t.manager_id, t.job_role_id, t.work_type_id, t.geography_id, t.cost_centre_id as own_cost_centre_id, t.contracted_fte
      from employee e
      join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= coalesce(e.end_date, 'infinity')
        and (t.effective_to is null or t.effective_to >= e.start_date)
      where e.org_id = $1 and e.start_date <= ${window.to} and t.effective_from <= ${window.to}
        and (t.effective_to is null or t.effective_to >= ${window.from} or t.effective_to >= e.end_date)
      union all
      select c.id, 'contractor', null, c.id, c.start_date, coalesce(c.end_date, 'infinity'), c.start_date, coalesce(c.end_date, 'infinity'),
        c.manager_id, c.job_role_id, null, c.geography_id, c.cost_centre_id, 1
      from contractor c where c.org_id = $1 and c.start_date <= ${window.to}
    ) who
    left join geography pg on pg.org_id = $1 and pg.id = who.geography_id${
      placed
        ? `
    left join placement p on p.subject_id = who.subject_id and p.first <= who.to_day and p.last >= who.from_day
    left join team pt on pt.org_id = $1 and pt.id = p.team_id`
        : ''
    }
  )`;
  return placed ? [placement(window), stretch] : [stretch];
}

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
