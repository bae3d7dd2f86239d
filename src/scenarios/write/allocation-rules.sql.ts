/** The name of `who`, and the FTE that is paid for on a day on which they are there: docs/costs.md. */
const PAID = (who: string, day: string): string => `cross join lateral (
    select e.first_name || ' ' || e.last_name as name, t.contracted_fte as fte
    from employee e join employment_terms t on t.org_id = $1 and t.employee_id = e.id and t.effective_from <= ${day} and coalesce(t.effective_to, 'infinity') >= ${day}
    where e.org_id = $1 and e.id = ${who} and e.start_date <= ${day} and coalesce(e.end_date, 'infinity') >= ${day}
    union all
    select c.name, 1 from contractor c where c.org_id = $1 and c.id = ${who} and c.start_date <= ${day} and coalesce(c.end_date, 'infinity') >= ${day}
    union all
    select v.role, v.fte from vacancy v where v.org_id = $1 and v.id = ${who} and v.status in ('open', 'filled') and v.target_start_date <= ${day}
      and not exists (select from employee e where e.org_id = $1 and e.id = v.filled_by_employee_id and e.start_date <= ${day} and coalesce(e.end_date, 'infinity') >= ${day})
      and not exists (select from contractor c where c.org_id = $1 and c.id = v.filled_by_contractor_id and c.start_date <= ${day} and coalesce(c.end_date, 'infinity') >= ${day})
  ) paid`;

/** Allocations of people by their own index each. */
const allocationsOf = (columns: readonly string[], condition: string): string =>
  columns
    .map(
      (
        column,
      ) => `select a.${column} as id, a.target_team_id, a.target_project_id, a.fte, a.start_date, coalesce(a.end_date, 'infinity') as end_date
      from allocation a where a.org_id = $1 and a.${column} ${condition}`,
    )
    .join('\n    union all\n    ');

/**
 * Who is allocated above what they are paid for, from a day on. $1 organization · $2 employees and contractors · $3 day. Team and
 * project allocations are two splits of the same person: each is summed by itself.
 */
export const OVER_ALLOCATED = `
  with booked as materialized (
    ${allocationsOf(['employee_id', 'contractor_id'], `= any ($2) and coalesce(a.end_date, 'infinity') >= $3`)})
  select s.id, paid.name, min(s.day)::text as day, (array_agg(s.fte::float8 order by s.day))[1] as fte, (array_agg(paid.fte::float8 order by s.day))[1] as contracted
  from (
    select d.id, d.day,
      greatest(sum(a.fte) filter (where a.target_team_id is not null), sum(a.fte) filter (where a.target_project_id is not null)) as fte
    from (select distinct id, greatest(start_date, $3::date) as day from booked) d
    join booked a on a.id = d.id and a.start_date <= d.day and a.end_date >= d.day
    group by d.id, d.day) s
  ${PAID('s.id', 's.day')}
  where s.fte > paid.fte
  group by s.id, paid.name`;

/**
 * Teams whose projects want more than their members have left (docs/costs.md), on the first such day of those on which one of
 * the allocations begins. $1 organization · $2 teams · $3 day from which on
 */
export const TEAM_SHORTFALL = `
  with wish as materialized (
    ${allocationsOf(['team_id'], `= any ($2) and coalesce(a.end_date, 'infinity') >= $3`)}),
  wanted as materialized (
    select d.id, d.day, sum(w.fte) as fte
    from (select distinct id, greatest(start_date, $3::date) as day from wish) d
    join wish w on w.id = d.id and w.start_date <= d.day and w.end_date >= d.day
    group by d.id, d.day),
  member as materialized (
    select w.id as team_id, w.day, coalesce(a.employee_id, a.contractor_id, a.vacancy_id) as id, sum(a.fte) as fte
    from wanted w join allocation a on a.org_id = $1 and a.target_team_id = w.id and a.start_date <= w.day and coalesce(a.end_date, 'infinity') >= w.day
    where a.ai_agent_id is null
    group by 1, 2, 3),
  available as (
    select m.team_id, m.day, sum(greatest(paid.fte - own.projects, 0) * m.fte / greatest(own.teams, paid.fte)) as fte
    from member m
    ${PAID('m.id', 'm.day')}
    cross join lateral (
      select coalesce(sum(o.fte) filter (where o.target_team_id is not null), 0) as teams, coalesce(sum(o.fte) filter (where o.target_project_id is not null), 0) as projects
      from (${allocationsOf(['employee_id', 'contractor_id', 'vacancy_id'], '= m.id')}) o where o.start_date <= m.day and o.end_date >= m.day
    ) own
    group by m.team_id, m.day)
  select distinct on (t.id) t.id, t.name, w.day::text as day, w.fte::float8 as wanted, round(coalesce(a.fte, 0), 3)::float8 as available
  from wanted w
  join team t on t.org_id = $1 and t.id = w.id
  left join available a on a.team_id = w.id and a.day = w.day
  where w.fte > round(coalesce(a.fte, 0), 6)
  order by t.id, w.day`;
