import type { Permission } from '../permissions';
import { CLOCK } from './employees.sql';

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
      'vacancies', ${ifMay('vacancies.read', count('vacancy', `status in ('open', 'on_hold')`))},
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
      'people', ${ifMay('people.read', 'select changed from staff')},
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

/** $1 organization · $2 day · $3 permissions of the caller. Headcounts of teams are of people whose primary team is that team or one below it. */
export const ORGANIZATION_CONTEXT = `
  with recursive ${CLOCK},
  upper_team as (
    select t.id, t.name, t.parent_team_id from team t
    where t.org_id = $1 and (t.parent_team_id is null or exists (
      select from team p where p.org_id = $1 and p.id = t.parent_team_id and p.parent_team_id is null))
  ),
  below (upper_id, id) as (
    select id, id from upper_team
    union all
    select below.upper_id, t.id from below join team t on t.org_id = $1 and t.parent_team_id = below.id
  ),
  size as (
    select below.upper_id, count(*) as people from clock
    join allocation a on a.org_id = $1 and a.is_primary and a.target_team_id is not null
      and a.start_date <= clock.day and (a.end_date is null or a.end_date >= clock.day)
    join employee e on e.org_id = $1 and e.id = a.employee_id and e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)
    join below on below.id = a.target_team_id
    group by below.upper_id
  ),
  top_team as (
    select u.id, u.name, u.parent_team_id, coalesce(size.people, 0) as headcount from upper_team u left join size on size.upper_id = u.id
  ),
  staff as materialized (
    select json_build_object(
        'employed', count(*) filter (where ${RUNS}),
        'onNotice', count(*) filter (where ${RUNS} and end_date is not null and notice_date <= clock.day),
        'departed', count(*) filter (where end_date < clock.day),
        'future', count(*) filter (where start_date > clock.day)) as people,
      ${MOMENT} as changed
    from employee cross join clock where org_id = $1
  )
  select json_strip_nulls(json_build_object(
    'organization', json_build_object('id', o.id, 'name', o.name, 'timeZone', o.time_zone, 'hoursPerDay', o.hours_per_day, 'writeMode', o.write_mode),
    'currency', o.reporting_currency,
    'fiscalYear', json_build_object('startMonth', o.fiscal_year_start_month, 'from', year.first_day, 'to', year.last_day),
    'today', clock.day,
    'counts', ${COUNTS},
    'people', ${ifMay('people.read', 'select people from staff')},
    'topTeams', ${ifMay('teams.read', ifMay('people.read', TOP_TEAMS))},
    'geographies', ${codeList('geography', 'name', `json_build_object('id', id, 'name', name, 'country', country_code, 'currency', currency)`)},
    'costCentres', ${codeList('cost_centre', 'code', `json_build_object('id', id, 'name', code || ' ' || name)`)},
    'valueStreams', ${codeList('value_stream', 'name', `json_build_object('id', id, 'name', name)`)},
    'freshness', ${FRESHNESS}
  )) as context
  from organization o
  cross join clock
  ${FISCAL_YEAR}
  where o.id = $1`;
