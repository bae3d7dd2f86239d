import { rowsSource } from '../rows-source';
import { factsOf, stretches } from './stretches.sql';
import { VACANT_DAYS } from './vacancies.sql';

/** Days of a bucket on which `x` is there. */
const DAYS = '(least(x.last, b.to_day) - greatest(x.first, b.from_day) + 1)';
const DURING = 'x.first <= b.to_day and x.last >= b.from_day';

export const PROJECT = {
  project: 'pr.id',
  project_status: 'pr.status',
  lifecycle_stage: 'pr.lifecycle_stage',
  value_stream: 'pr.value_stream_id',
  capex_class: 'pr.capex_class',
} as const;

/** What employees and contractors have to give. */
export const CAPACITY = rowsSource({
  with: stretches,
  from: () => `bucket b join stretch x on ${DURING}`,
  dimensions: factsOf('x'),
  measures: { capacity_days: `sum(x.contracted_fte * ${DAYS})` },
});

/** Who is planned on which project when: people while they are here, vacancies while nobody fills them, and teams as a whole. */
const ASSIGNMENT = `assignment as materialized (
    select a.target_project_id, a.fte, s.resource_type, s.employee_id, s.contractor_id, s.team_id, s.parent_team_id, s.manager_id, s.job_role_id, s.work_type_id,
      s.geography_id, s.country_code, s.cost_centre_id, greatest(a.start_date, s.first) as first, least(coalesce(a.end_date, 'infinity'), s.last) as last
    from allocation a
    join stretch s on s.subject_id = coalesce(a.employee_id, a.contractor_id) and s.first <= coalesce(a.end_date, 'infinity') and s.last >= a.start_date
    where a.org_id = $1 and a.target_project_id is not null
    union all
    select a.target_project_id, a.fte, 'team', null, null, t.id, coalesce(t.parent_team_id, t.id), null, null, null, null, null, t.cost_centre_id,
      a.start_date, coalesce(a.end_date, 'infinity')
    from allocation a join team t on t.org_id = $1 and t.id = a.team_id
    where a.org_id = $1 and a.target_project_id is not null
    union all
    select a.target_project_id, a.fte, 'vacancy', null, null, null, null, v.hiring_manager_id, v.job_role_id, v.work_type_id, v.geography_id, v.country_code, null,
      greatest(a.start_date, v.first), least(coalesce(a.end_date, 'infinity'), v.last)
    from allocation a join vacant v on v.id = a.vacancy_id and v.first <= coalesce(a.end_date, 'infinity') and v.last >= a.start_date
    where a.org_id = $1 and a.target_project_id is not null
  )`;

export const ALLOCATED = rowsSource({
  with: (wish) => [...stretches(wish), VACANT_DAYS, ASSIGNMENT],
  from: () => `bucket b join assignment x on ${DURING} left join project pr on pr.org_id = $1 and pr.id = x.target_project_id`,
  dimensions: { ...factsOf('x'), ...PROJECT },
  measures: {
    allocated_days: `sum(x.fte * ${DAYS})`,
    staffed_days: `sum(x.fte * ${DAYS}) filter (where x.resource_type <> 'vacancy')`,
  },
});

/** Stretches on which somebody's allocations to teams, or those to projects, sum to more than the contracted FTE. */
const OVERLOAD = `overload as materialized (
    with booking as (
      select coalesce(a.employee_id, a.contractor_id) as subject_id, a.target_team_id is null as to_project, a.fte, a.start_date as first, coalesce(a.end_date, 'infinity') as last
      from allocation a
      where a.org_id = $1 and coalesce(a.employee_id, a.contractor_id) is not null
        and a.start_date <= (select max(to_day) from bucket) and coalesce(a.end_date, 'infinity') >= (select min(from_day) from bucket)
    ),
    load as (
      select subject_id, to_project, day as first, coalesce(lead(day) over kind - 1, 'infinity') as last, sum(sum(change)) over kind as fte
      from (
        select subject_id, to_project, first as day, fte as change from booking
        union all
        select subject_id, to_project, last + 1, -fte from booking where last < 'infinity'
      ) edge
      group by subject_id, to_project, day
      window kind as (partition by subject_id, to_project order by day)
    )
    select distinct on (b.series, b.n, s.subject_id) b.series, b.n, s.*
    from load l
    join stretch s on s.subject_id = l.subject_id and s.first <= l.last and s.last >= l.first and l.fte > s.contracted_fte
    join bucket b on greatest(l.first, s.first) <= b.to_day and least(l.last, s.last) >= b.from_day
    order by b.series, b.n, s.subject_id, s.first desc
  )`;

export const OVERLOADED = rowsSource({
  with: (wish) => [...stretches(wish), OVERLOAD],
  from: () => 'bucket b join overload x on x.series = b.series and x.n = b.n',
  dimensions: factsOf('x'),
  measures: { overloaded: 'count(*)' },
});
