import type { Permission } from '../permissions';
import { CLOCK } from './employees.sql';
import { CHECKPOINT, headcounts, STAFF } from './headcounts.sql';
import { VACANCY_STATUS } from './vacancies.sql';

/** The fiscal year of organization `o` that holds `clock.day`, as `year`. */
export const FISCAL_YEAR = `cross join lateral (
    select first_day, (first_day + interval '1 year - 1 day')::date as last_day
    from (select make_date(extract(year from clock.day)::integer - (extract(month from clock.day) < o.fiscal_year_start_month)::integer,
      o.fiscal_year_start_month, 1) as first_day) begun
  ) year`;

/** How many rows of each list the context shows; searching tools have the rest. */
const LIST = 12;
const TEAMS = 16;

function codeList(table: string, order: string, row: string): string {
  return `(select coalesce(json_agg(${row} order by ${order}), '[]')
      from (select * from ${table} where org_id = $1 and active order by ${order} limit ${LIST}) one)`;
}

const RUNS = 'start_date <= clock.day and (end_date is null or end_date >= clock.day)';

/** A part that is there for who may read it only; $3 has the caller's permissions. */
const ifMay = (permission: Permission, value: string): string => `case when '${permission}' = any ($3::text[]) then (${value}) end`;

const count = (table: string, where: string): string => `select count(*) from ${table} where org_id = $1 and ${where}`;

const MOMENT = `to_char(max(updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const changed = (table: string): string => `select ${MOMENT} from ${table} where org_id = $1`;

const COUNTS = `json_build_object(
      'teams', (${count('team', 'true')}),
      'contractors', ${ifMay('contractors.read', count('contractor', RUNS))},
      'vacancies', ${ifMay('vacancies.read', count('vacancy e', `${VACANCY_STATUS} in ('open', 'on_hold')`))},
      'projects', ${ifMay('projects.read', count('project', `status in ('planning', 'active', 'on_hold')`))},
      'aiAgents', (${count('ai_agent', RUNS)}),
      'scenarios', ${ifMay('scenarios.read', 'select count(*) from plan where org_id = $1')},
      'geographies', (${count('geography', 'active')}),
      'jobRoles', (${count('job_role', 'active')}),
      'costCentres', (${count('cost_centre', 'active')}),
      'valueStreams', (${count('value_stream', 'active')}))`;

/** Facts of effort and usage are newest by the days that they are about. */
const FRESHNESS = `json_build_object(
      'liveRev', o.live_rev,
      'people', ${ifMay('people.read', changed('employee'))},
      'teams', (${changed('team')}),
      'contractors', ${ifMay('contractors.read', changed('contractor'))},
      'vacancies', ${ifMay('vacancies.read', changed('vacancy'))},
      'projects', ${ifMay('projects.read', changed('project'))},
      'effortWeek', ${ifMay('effort.read', 'select max(week_start) from effort_line where org_id = $1')},
      'aiUsage', ${ifMay('ai_usage.read', 'select max(day) from ai_usage_day where org_id = $1')},
      'exchangeRates', (select max(effective_from) from fx_rate where org_id = $1 and effective_from <= clock.day))`;

const TOP_TEAMS = `select coalesce(json_agg(json_build_object('id', id, 'name', name, 'parentTeamId', parent_team_id, 'headcount', headcount)
        order by parent_team_id is not null, headcount desc, id), '[]')
      from (select * from top_team order by parent_team_id is not null, headcount desc, id limit ${TEAMS}) largest`;

/**
 * $1 organization · $2 day · $3 permissions of the caller · $4 revision and $5 day for which the caller knows the top teams,
 * which takes longer than all the rest: they are an empty list while both hold. Headcounts of teams are of people whose primary
 * team is that team or one below it.
 */
export const ORGANIZATION_CONTEXT = `
  with recursive ${CLOCK}, ${CHECKPOINT},
  top as materialized (select t.id, t.name from team t where t.org_id = $1 and t.parent_team_id is null),
  -- A branch is a team directly below one at the top, with what is below it.
  tree (branch, id) as (
    select t.id, t.id from team t where t.org_id = $1 and t.parent_team_id in (select id from top)
    union all
    select tree.branch, t.id from tree join team t on t.org_id = $1 and t.parent_team_id = tree.id
  ),
  own as materialized (${headcounts('team')}),
  branch as materialized (
    select t.id, t.name, t.parent_team_id, size.people
    from (
      select tree.branch as id, coalesce(sum(own.people::integer), 0) as people from tree left join own on own.id = tree.id group by tree.branch
    ) size
    cross join lateral (select t.* from team t where t.org_id = $1 and t.id = size.id offset 0) t -- one by one: there are few
  ),
  top_team (id, name, parent_team_id, headcount) as (
    select top.id, top.name, null, coalesce(own.people, 0) + coalesce((select sum(b.people) from branch b where b.parent_team_id = top.id), 0)
    from top left join own on own.id = top.id
    union all select * from branch
  )
  select json_strip_nulls(json_build_object(
    'organization', json_build_object('id', o.id, 'name', o.name, 'timeZone', o.time_zone, 'hoursPerDay', o.hours_per_day, 'writeMode', o.write_mode),
    'currency', o.reporting_currency,
    'fiscalYear', json_build_object('startMonth', o.fiscal_year_start_month, 'from', year.first_day, 'to', year.last_day),
    'today', clock.day,
    'counts', ${COUNTS},
    'people', ${ifMay('people.read', STAFF)},
    'topTeams', ${ifMay('teams.read', ifMay('people.read', `case when o.live_rev = $4::bigint and clock.day = $5::date then '[]' else (${TOP_TEAMS}) end`))},
    'geographies', ${codeList('geography', 'name', `json_build_object('id', id, 'name', name, 'country', country_code, 'currency', currency)`)},
    'costCentres', ${codeList('cost_centre', 'code', `json_build_object('id', id, 'name', code || ' ' || name)`)},
    'valueStreams', ${codeList('value_stream', 'name', `json_build_object('id', id, 'name', name)`)},
    'freshness', ${FRESHNESS}
  )) as context
  from organization o
  cross join clock
  ${FISCAL_YEAR}
  where o.id = $1`;
