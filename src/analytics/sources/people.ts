import { rowsSource } from '../rows-source';
import type { Source } from '../declare';
import { standing } from './standing';
import { factsOf, stretches } from './stretches.sql';
import { VACANT_DAYS } from './vacancies.sql';

const EMPLOYEE = factsOf('s', 'resource_type', 'contractor');
const CONTRACTOR = factsOf('s', 'resource_type', 'employee', 'work_type');

function employees(joined: string, measures: Record<string, string>): Source {
  return rowsSource({
    with: stretches,
    from: () => `bucket b join stretch s on s.resource_type = 'employee' and ${joined}`,
    dimensions: EMPLOYEE,
    measures,
  });
}

const HERE = { of: `s.resource_type = 'employee'`, dimensions: EMPLOYEE };

/** Who is employed on the last day of a bucket, who was on its first; whose first day is in it, whose last. */
export const EMPLOYED = standing({ ...HERE, on: 'to_day', measures: { headcount: 'count(*)', fte: 'sum(s.contracted_fte)' } });
export const EMPLOYED_BEFORE = standing({ ...HERE, on: 'from_day', measures: { opening_headcount: 'count(*)' } });
export const JOINED = employees('s.first = s.start_date and s.start_date >= b.from_day and s.start_date <= b.to_day', {
  joiners: 'count(*)',
});
export const LEFT = employees('s.last = s.end_date and s.end_date >= b.from_day and s.end_date <= b.to_day', { leavers: 'count(*)' });

export const CONTRACTED = standing({
  ...{ of: `s.resource_type = 'contractor'`, on: 'to_day', dimensions: CONTRACTOR },
  measures: { contractors: 'count(*)' },
});

/** Vacancies that nobody fills on the last day of a bucket. Their team is that of the allocation that begins last, primary ones before others. */
export const VACANT = rowsSource({
  with: () => [VACANT_DAYS],
  from: () => `bucket b
    join vacant v on v.first <= b.to_day and v.last >= b.to_day
    left join lateral (
      select a.target_team_id from allocation a where a.org_id = $1 and a.vacancy_id = v.id and a.target_team_id is not null
      order by a.is_primary desc, a.start_date desc, a.id limit 1
    ) placed on true
    left join team vt on vt.org_id = $1 and vt.id = placed.target_team_id`,
  dimensions: {
    team: 'vt.id',
    parent_team: 'coalesce(vt.parent_team_id, vt.id)',
    manager: 'v.hiring_manager_id',
    job_role: 'v.job_role_id',
    work_type: 'v.work_type_id',
    geography: 'v.geography_id',
    country: 'v.country_code',
  },
  measures: { vacancies: 'count(*)', open_fte: 'sum(v.fte)' },
});
