import { projectAllocations, subjectsOfTeam, teamAllocations, teamOf } from './allocations.sql';
import { CLOCK, named } from './employees.sql';
import type { NamedList } from './named-list';

/** Whether it is filled by somebody, `f`, of whom this holds. */
const filledBy = (condition: string): string => `(e.status = 'filled' and (
      exists (select from employee f where f.org_id = $1 and f.id = e.filled_by_employee_id and ${condition})
      or exists (select from contractor f where f.org_id = $1 and f.id = e.filled_by_contractor_id and ${condition})))`;

const NOT_LEFT = '(f.end_date is null or f.end_date >= clock.day)';

/** Filled while whoever fills it is there; before that, and after they have left, it is open. */
export const VACANCY_STATUS = `case when e.status = 'filled' and not ${filledBy(`f.start_date <= clock.day and ${NOT_LEFT}`)} then 'open' else e.status end`;

const COLUMNS = `${VACANCY_STATUS} as status_now, ${filledBy(NOT_LEFT)} as has_filler`;

const FILLED_BY = `case when e.has_filler then coalesce(
      ${named('employee', `x.first_name || ' ' || x.last_name`, 'filled_by_employee_id')},
      ${named('contractor', 'x.name', 'filled_by_contractor_id')}) end`;

const GENERAL = `'id', e.id, 'role', e.role, 'status', e.status_now, 'fte', e.fte, 'targetStartDate', e.target_start_date`;

const GUARDED = `'team', ${teamOf('vacancy_id', 'e.day')},
    'hiringManager', ${named('employee', `x.first_name || ' ' || x.last_name`, 'hiring_manager_id')},
    'filledBy', ${FILLED_BY},
    'salary', case when e.currency is not null then json_build_object('min', money_text(e.salary_min), 'max', money_text(e.salary_max), 'currency', e.currency) end`;

/** $9 the statuses wanted */
export const VACANCIES: NamedList = {
  named: 'vacancy',
  columns: COLUMNS,
  where: `${VACANCY_STATUS} = any ($9::text[])`,
  item: `json_build_object(${GENERAL}, ${GUARDED},
    'jobRole', (select title from job_role where org_id = $1 and id = e.job_role_id),
    'geography', (select name from geography where org_id = $1 and id = e.geography_id))`,
  ofTeam: subjectsOfTeam('vacancy_id', true),
};

/** $1 organization · $2 day · $3 vacancy */
export const VACANCY_DETAILS = `
  with ${CLOCK},
  one as materialized (select e.*, clock.day, ${COLUMNS} from clock join vacancy e on e.org_id = $1 and e.id = $3)
  select json_strip_nulls(json_build_object('asOf', e.day,
    'vacancy', json_build_object(${GENERAL}, 'externalId', e.external_id, 'description', e.description,
      'jobRole', ${named('job_role', 'x.title', 'job_role_id')},
      'workType', ${named('work_type', 'x.name', 'work_type_id')},
      'geography', ${named('geography', 'x.name', 'geography_id')}),
    ${GUARDED},
    'allocations', ${teamAllocations('vacancy_id', 'e.day')},
    'projectAllocations', ${projectAllocations('vacancy_id', 'e.day')}
  )) as details
  from one e`;
