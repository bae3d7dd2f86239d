/**
 * The CTE `vacant`: vacancies with the stretches of days on which nobody fills them, open ones and filled ones before their filler
 * comes and after they have left. Their status is that of today.
 */
export const VACANT_DAYS = `vacant as materialized (
    select v.id, v.fte, v.hiring_manager_id, v.job_role_id, v.work_type_id, v.geography_id, g.country_code, free.first, free.last
    from vacancy v
    left join geography g on g.org_id = $1 and g.id = v.geography_id
    left join employee fe on fe.org_id = $1 and fe.id = v.filled_by_employee_id
    left join contractor fc on fc.org_id = $1 and fc.id = v.filled_by_contractor_id
    cross join lateral (values
      (date '-infinity', coalesce(fe.start_date, fc.start_date, 'infinity') - 1),
      (coalesce(fe.end_date, fc.end_date) + 1, date 'infinity')
    ) free (first, last)
    where v.org_id = $1 and v.status in ('open', 'filled') and free.first is not null
  )`;
