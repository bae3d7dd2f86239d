import { projectAllocations, teamAllocations } from './allocations.sql';
import { FOUND_BY_WORDS, wantedWords } from './named-search.sql';

/** The day that an answer is about ($2), by default today where the organization is. */
export const CLOCK = `clock as materialized (
    select coalesce($2::date, (clock_timestamp() at time zone o.time_zone)::date) as day from organization o where o.id = $1
  )`;

/** The day whose facts describe a person: that of the answer, but the last one for who has left and the first for who has yet to come. */
const FACT_DAY = `cross join lateral (select greatest(e.start_date, least(clock.day, coalesce(e.end_date, clock.day))) as day) fact`;

const TERMS = `join employment_terms t on t.org_id = $1 and t.employee_id = e.id
      and t.effective_from <= fact.day and (t.effective_to is null or t.effective_to >= fact.day)`;

const STATUS = `case when e.end_date < clock.day then 'departed' when e.start_date > clock.day then 'future'
      when e.notice_date <= clock.day then 'on_notice' else 'active' end`;

/** A row that a person's row `e` points to, as `{id, name}`. One subquery each: eight joins would take longer to plan than to run. */
export function named(table: string, name: string, column: string, row = 'e'): string {
  return `(select json_build_object('id', x.id, 'name', ${name}) from ${table} x where x.org_id = $1 and x.id = ${row}.${column})`;
}

export const MANAGER = named('employee', `x.first_name || ' ' || x.last_name`, 'manager_id');

/** The team of a person's primary allocation. */
const PRIMARY_TEAM = `(
      select json_build_object('id', x.id, 'name', x.name) from allocation a join team x on x.org_id = $1 and x.id = a.target_team_id
      where a.org_id = $1 and a.employee_id = e.id and a.is_primary
        and a.start_date <= e.fact_day and (a.end_date is null or a.end_date >= e.fact_day)
      order by a.start_date desc limit 1)`;

/** A team, and with the flag all that is below it. */
export function subtree(team: string, includeSubteams: string): string {
  return `subtree (id) as (
    select ${team}::text
    union
    select child.id from subtree join team child on child.org_id = $1 and child.parent_team_id = subtree.id where ${includeSubteams}::boolean
  )`;
}

/** Who is in one of the subtree's teams, primarily or not, on the day. */
export function inSubtree(day: string): string {
  return `exists (
        select from allocation a join subtree on subtree.id = a.target_team_id
        where a.org_id = $1 and a.employee_id = e.id and a.start_date <= ${day} and (a.end_date is null or a.end_date >= ${day}))`;
}

/** Below, every source gives the people who may be shown as (subject_id, sort_key), in the order of lists, from an index. */
const WANTED = wantedWords('employee', '$3');

const FOUND_BY_SKILL = `
      select s.subject_id, s.sort_key from search_term s where s.org_id = $1 and s.kind = 'employee.skill' and s.term = fold($5::text)`;

const FOUND_BY_MANAGER = `
      select s.subject_id, s.sort_key from (select distinct employee_id from employment_terms where org_id = $1 and manager_id = $9) t
      join search_term s on s.org_id = $1 and s.kind = 'employee.sort' and s.subject_id = t.employee_id`;

const EVERYBODY = `
      select s.subject_id, s.sort_key from search_term s where s.org_id = $1 and s.kind = 'employee.sort' and s.term = ''`;

/** How many people are put in order for one page. Where more belong to a team, role or place, everybody is walked through in order, which then finds them soon. */
const FEW = 400;
/** How many are collected for it, so that who is passed over costs next to nothing. */
const SOME = 1500;

/**
 * People who may be in the team, job role and place that are asked for, as far as they have to be counted; the exact day is
 * looked at later. Who is employed on the day is there on the day; who has left or is yet to come was there at some time.
 */
function few({ team, jobRole, geography, status }: Asked): string {
  const employed = status === 'active' || status === 'on_notice';
  const on = (row: string, from: string, to: string): string =>
    employed ? `and ${row}.${from} <= clock.day and (${row}.${to} is null or ${row}.${to} >= clock.day)` : '';
  const members = `cross join subtree cross join lateral (
      select a.employee_id from allocation a where a.org_id = $1 and a.target_team_id = subtree.id ${on('a', 'start_date', 'end_date')} offset 0) a`;
  const terms = `join employment_terms t on t.org_id = $1 ${team ? 'and t.employee_id = a.employee_id' : ''} ${jobRole ? 'and t.job_role_id = $8' : ''}
      ${geography ? 'and t.geography_id = $4' : ''} ${on('t', 'effective_from', 'effective_to')}`;
  return `counted as materialized (
    select ${team ? 'a' : 't'}.employee_id from clock ${team ? members : ''} ${jobRole || geography ? terms : ''}
    limit ${SOME + 1}
  ),
  few as materialized (select distinct employee_id from counted),
  number as materialized (select count(*) as of_people from counted),`;
}

const FEW_IN_ORDER = `
      select s.subject_id, s.sort_key from few
      cross join lateral (
        select s.subject_id, s.sort_key from search_term s where s.org_id = $1 and s.subject_id = few.employee_id and s.kind = 'employee.sort' offset 0
      ) s
      where (select of_people from number) <= ${FEW}`;

const SOME_AMONG_ALL = `
      select s.subject_id, s.sort_key from (${EVERYBODY} and (select of_people from number) between ${FEW + 1} and ${SOME}) s
      where (s.subject_id in (select employee_id from few)) is true -- not a join, which would lose the order`;

/** Whoever never had the job role or place is passed over by a look at an index, before anything else is read of them. */
const manyAmongAll = ({ jobRole, geography }: Asked): string => `
      select s.subject_id, s.sort_key from (${EVERYBODY}) s
      ${jobRole ? ever('job_role_id = $8') : ''}
      ${geography ? ever('geography_id = $4') : ''}
      where (select of_people from number) > ${SOME}`;

const ever = (term: string): string =>
  `cross join lateral (select from employment_terms t where t.org_id = $1 and t.employee_id = s.subject_id and t.${term} limit 1) ${term.split('_id')[0]}`;

const HAS_SKILL = `exists (
        select from search_term k where k.org_id = $1 and k.kind = 'employee.skill' and k.term = fold($5::text)
          and k.sort_key = s.sort_key and k.subject_id = s.subject_id)`;

const EMPLOYED = 'e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)';

const HAS_STATUS = {
  active: EMPLOYED,
  on_notice: `${EMPLOYED} and e.end_date is not null and e.notice_date <= clock.day`,
  departed: 'e.end_date < clock.day',
  all: 'true',
} as const;

/** Which of the parts that change the shape of the search are asked for. */
interface Asked {
  readonly query: boolean;
  readonly skill: boolean;
  readonly manager: boolean;
  readonly team: boolean;
  readonly jobRole: boolean;
  readonly geography: boolean;
  readonly next: boolean;
  readonly status: keyof typeof HAS_STATUS;
}

function sources(asked: Asked): string[] {
  if (asked.query) return [FOUND_BY_WORDS];
  if (asked.skill) return [FOUND_BY_SKILL];
  if (asked.manager) return [FOUND_BY_MANAGER];
  return narrows(asked) ? [FEW_IN_ORDER, SOME_AMONG_ALL, manyAmongAll(asked)] : [EVERYBODY];
}

function narrows({ query, skill, manager, team, jobRole, geography }: Asked): boolean {
  return !query && !skill && !manager && (team || jobRole || geography);
}

/**
 * The first $12 of a source's people whom the rest of the question leaves. They are put in order and looked at one by one
 * until the page is full, which `offset 0` holds the planner to: it cannot know how few rows a page is.
 */
function walk(source: string, asked: Asked): string {
  return `(
    select person.*, s.sort_key
    from (
      select s.* from (${source}
      ) s
      where true
      ${asked.next ? 'and (s.sort_key, s.subject_id) > ($10, $11)' : ''}
      ${asked.query && asked.skill ? `and ${HAS_SKILL}` : ''}
      order by s.sort_key, s.subject_id offset 0
    ) s
    cross join lateral (
      select e.*, clock.day, fact.day as fact_day, ${STATUS} as status, t.job_role_id, t.geography_id, t.manager_id, t.contracted_fte
      from clock
      join employee e on e.org_id = $1 and e.id = s.subject_id
      ${FACT_DAY}
      ${TERMS}
      where ${HAS_STATUS[asked.status]}
        ${asked.team ? `and ${inSubtree('fact.day')}` : ''}
        ${asked.manager ? 'and t.manager_id = $9' : ''}
        ${asked.geography ? 'and t.geography_id = $4' : ''}
        ${asked.jobRole ? 'and t.job_role_id = $8' : ''}
      offset 0
    ) person
    order by s.sort_key, s.subject_id
    limit $12
  )`;
}

/**
 * $1 organization · $2 day · $3 query · $4 geography · $5 skill · $6 team · $7 subteams too · $8 job role · $9 manager
 * · $10 $11 sort key and id of the last row shown · $12 rows
 *
 * Made of this file's constants; only what is asked for is in the text.
 */
export function searchEmployees(asked: Asked): string {
  return `
  with recursive ${CLOCK},
  ${subtree('$6', '$7')},
  given as (select $3::text, $4::text, $5::text, $8::text, $9::text, $10::text, $11::text), -- a parameter that nothing uses has no type
  ${asked.query ? WANTED : ''}
  ${narrows(asked) ? few(asked) : ''}
  page as materialized (${sources(asked)
    .map((source) => walk(source, asked))
    .join(' union all ')})
  select e.sort_key as "sortKey", e.id, e.day, json_strip_nulls(json_build_object(
    'id', e.id, 'name', e.first_name || ' ' || e.last_name, 'email', e.email, 'status', e.status,
    'jobRole', r.title, 'geography', g.name, 'team', ${PRIMARY_TEAM},
    'manager', ${MANAGER},
    'startDate', e.start_date, 'endDate', e.end_date, 'fte', e.contracted_fte, 'skills', case when cardinality(e.skills) > 0 then to_json(e.skills[1:10]) end
  )) as person
  from page e
  left join job_role r on r.org_id = $1 and r.id = e.job_role_id
  left join geography g on g.org_id = $1 and g.id = e.geography_id
  order by e.sort_key, e.id`;
}

/** $1 organization · $2 day · $3 employee. Holds nothing of pay: that is another statement, of who may read it. */
export const EMPLOYEE_DETAILS = `
  with ${CLOCK},
  person as materialized (
    select e.*, clock.day, fact.day as fact_day, ${STATUS} as status,
      t.job_role_id, t.work_type_id, t.geography_id, t.cost_centre_id, t.manager_id, t.contracted_fte
    from clock join employee e on e.org_id = $1 and e.id = $3
    ${FACT_DAY}
    ${TERMS}
  ),
  report as materialized (
    select e.id, e.first_name || ' ' || e.last_name as name, t.job_role_id, fold(e.last_name || ' ' || e.first_name) collate "C" as sort_key
    from clock
    join employment_terms t on t.org_id = $1 and t.manager_id = $3 and t.effective_from <= clock.day and (t.effective_to is null or t.effective_to >= clock.day)
    join employee e on e.org_id = $1 and e.id = t.employee_id and e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)
  )
  select json_strip_nulls(json_build_object(
    'asOf', e.day,
    'person', json_build_object(
      'id', e.id, 'externalId', e.external_id, 'firstName', e.first_name, 'lastName', e.last_name, 'email', e.email, 'status', e.status,
      'startDate', e.start_date, 'endDate', e.end_date, 'noticeDate', e.notice_date, 'fte', e.contracted_fte,
      'jobRole', ${named('job_role', 'x.title', 'job_role_id')},
      'workType', ${named('work_type', 'x.name', 'work_type_id')},
      'geography', ${named('geography', 'x.name', 'geography_id')},
      'costCentre', ${named('cost_centre', `x.code || ' ' || x.name`, 'cost_centre_id')}),
    'manager', ${MANAGER},
    'reportCount', (select count(*) from report),
    'reports', (
      select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name,
        'jobRole', (select title from job_role where org_id = $1 and id = r.job_role_id)) order by r.sort_key, r.id), '[]')
      from (select * from report order by sort_key, id limit 50) r),
    'team', ${PRIMARY_TEAM},
    'skills', e.skills,
    'allocations', ${teamAllocations('employee_id', 'e.fact_day')},
    'projectAllocations', ${projectAllocations('employee_id', 'e.fact_day')}
  )) as details
  from person e`;
