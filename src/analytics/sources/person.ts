import type { Join, Piece } from '../declare';

/**
 * Which team somebody belongs to on which days, as (subject_id, team_id, first, last): of primary allocations that overlap, the
 * one that began last. Days do not overlap, so that a join finds one row at most.
 */
export const PLACEMENT = `placement as materialized (
    select subject_id, team_id, lower(part.days) as first, coalesce(upper(part.days) - 1, 'infinity') as last
    from (
      select coalesce(employee_id, contractor_id) as subject_id, target_team_id as team_id, daterange(start_date, end_date, '[]') as days,
        range_agg(daterange(start_date, end_date, '[]')) over (
          partition by coalesce(employee_id, contractor_id) order by start_date desc, id desc rows between unbounded preceding and 1 preceding) as later
      from allocation
      where org_id = $1 and is_primary and target_team_id is not null and coalesce(employee_id, contractor_id) is not null
    ) a
    cross join lateral (
      select a.days where a.later is null or not a.later && a.days
      union all
      select rest from unnest(case when a.later && a.days then datemultirange(a.days) - a.later end) rest
    ) part (days)
  )`;

interface Facts {
  readonly joins: Readonly<Record<string, Join>>;
  readonly dimensions: Readonly<Record<string, Piece>>;
}

/** The team of somebody on a day. */
export function placedIn(subject: string, day: string): Facts {
  return {
    joins: {
      placement: {
        sql: `left join placement p on p.subject_id = ${subject} and p.first <= ${day} and p.last >= ${day}`,
        with: [PLACEMENT],
      },
      team: { sql: 'left join team pt on pt.org_id = $1 and pt.id = p.team_id', needs: ['placement'] },
    },
    dimensions: {
      team: { sql: 'p.team_id', joins: ['placement'] },
      parent_team: { sql: 'coalesce(pt.parent_team_id, pt.id)', joins: ['team'] },
    },
  };
}

/**
 * What an employee is on a day.
 *
 * @param kind `left join` where the employee or the day may lack terms
 */
export function employeeFacts(employee: string, day: string, kind = 'join'): Facts {
  const placed = placedIn(employee, day);
  return {
    joins: {
      terms: {
        sql: `${kind} employment_terms t on t.org_id = $1 and t.employee_id = ${employee}
      and t.effective_from <= ${day} and (t.effective_to is null or t.effective_to >= ${day})`,
      },
      place: { sql: `${kind} geography pg on pg.org_id = $1 and pg.id = t.geography_id`, needs: ['terms'] },
      ...placed.joins,
    },
    dimensions: {
      ...placed.dimensions,
      employee,
      manager: { sql: 't.manager_id', joins: ['terms'] },
      job_role: { sql: 't.job_role_id', joins: ['terms'] },
      work_type: { sql: 't.work_type_id', joins: ['terms'] },
      geography: { sql: 't.geography_id', joins: ['terms'] },
      country: { sql: 'pg.country_code', joins: ['place'] },
      cost_centre: { sql: 'coalesce(t.cost_centre_id, pt.cost_centre_id)', joins: ['terms', 'team'] },
    },
  };
}
