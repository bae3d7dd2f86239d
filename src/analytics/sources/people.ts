import { rowsSource } from '../rows-source';
import type { Source } from '../declare';
import { standing } from './standing';
import { factsOf, stretches } from './stretches.sql';

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

/**
 * Vacancies that nobody fills on the last day of a bucket: open ones, and filled ones whose filler has yet to come or has left. Their
 * status is that of today; their team is that of the allocation that begins last, primary ones before others.
 */
export const VACANT = rowsSource({
  from: () => `bucket b
    join vacancy v on v.org_id = $1 and v.status in ('open', 'filled')
    left join employee fe on fe.org_id = $1 and fe.id = v.filled_by_employee_id
    left join contractor fc on fc.org_id = $1 and fc.id = v.filled_by_contractor_id
    left join geography vg on vg.org_id = $1 and vg.id = v.geography_id
    left join lateral (
      select a.target_team_id from allocation a where a.org_id = $1 and a.vacancy_id = v.id and a.target_team_id is not null
      order by a.is_primary desc, a.start_date desc, a.id limit 1
    ) placed on true
    left join team vt on vt.org_id = $1 and vt.id = placed.target_team_id
    cross join lateral (
      select coalesce(b.to_day between coalesce(fe.start_date, fc.start_date) and coalesce(fe.end_date, fc.end_date, 'infinity'), false) as filled
    ) now`,
  dimensions: {
    team: 'vt.id',
    parent_team: 'coalesce(vt.parent_team_id, vt.id)',
    manager: 'v.hiring_manager_id',
    job_role: 'v.job_role_id',
    work_type: 'v.work_type_id',
    geography: 'v.geography_id',
    country: 'vg.country_code',
  },
  measures: { vacancies: 'count(*) filter (where not now.filled)', open_fte: 'sum(v.fte) filter (where not now.filled)' },
});
