import { runs } from './allocations.sql';
import { CLOCK, MANAGER, named } from './employees.sql';
import { CHECKPOINT, headcounts } from './headcounts.sql';
import type { NamedList } from './named-list';
import { FISCAL_YEAR } from './organization-context.sql';
import { VACANCY_STATUS } from './vacancies.sql';

const EMPLOYED = 'p.start_date <= clock.day and (p.end_date is null or p.end_date >= clock.day)';

/** The CTE `own` (id, people): the people whose primary team on the day it is, of the teams of a query or of all; teams of nobody may be missing. */
const own = (teams?: string): string => `${CHECKPOINT},
  own as materialized (${headcounts('team', teams)})`;

const PARENT = named('team', 'x.name', 'parent_team_id');

/** $7 upper team · $8 whether also what is below its own subteams · $9 type */
export const TEAMS: NamedList = {
  named: 'team',
  where: `($9::text is null or fold(e.team_type) = fold($9))`,
  item: `json_build_object('id', e.id, 'name', e.name, 'teamType', e.team_type, 'parent', ${PARENT}, 'manager', ${MANAGER},
    'headcount', coalesce((select people from size where id = e.id), 0))`,
  ofPage: `below (id, part) as (
    select id, id from page union all select b.id, t.id from below b join team t on t.org_id = $1 and t.parent_team_id = b.part
  ),
  ${own('select part from below')},
  size as materialized (select b.id, sum(o.people) as people from below b join own o on o.id = b.part group by b.id)`,
  ofTeam: `select id from subtree where id <> $7 union select t.id from team t where t.org_id = $1 and t.parent_team_id = $7`,
};

/** How many rows of each list the details show; searching tools have the rest. */
const SHOWN = 50;

/** `{count, items}` of rows `r` with `sort_key` and `item`. */
function listed(rows: string): string {
  return `(
    with r as materialized (${rows})
    select json_build_object('count', count(*), 'items', coalesce((
      select json_agg(json_strip_nulls(s.item) order by s.sort_key, s.id) from (select * from r order by sort_key, id limit ${SHOWN}) s), '[]')) from r)`;
}

const key = (name: string): string => `fold(${name}) collate "C" as sort_key`;

/** Allocations of the team's own, not those of teams below it, to whom a column says. */
const toTeam = (table: string, subject: string, when: string): string =>
  `from clock join allocation a on a.org_id = $1 and a.target_team_id = $3 and ${when} join ${table} e on e.org_id = $1 and e.id = a.${subject}`;

/** What the details can include besides the team itself; `size` has the headcounts. */
const TEAM_PARTS = {
  members: listed(`
      select p.id, ${key(`p.last_name || ' ' || p.first_name`)}, json_build_object('id', p.id, 'name', p.first_name || ' ' || p.last_name,
        'jobRole', (select (select x.title from job_role x where x.org_id = $1 and x.id = t.job_role_id) from employment_terms t
          where t.org_id = $1 and t.employee_id = p.id and t.effective_from <= clock.day and (t.effective_to is null or t.effective_to >= clock.day)),
        'fte', a.fte, 'isPrimary', a.is_primary) as item
      from clock join allocation a on a.org_id = $1 and a.target_team_id = $3 and ${runs('clock.day')}
      join employee p on p.org_id = $1 and p.id = a.employee_id and ${EMPLOYED}`),
  subteams: listed(`
      select e.id, ${key('e.name')}, json_build_object('id', e.id, 'name', e.name, 'manager', case when $4::boolean then ${MANAGER} end,
        'headcount', case when $4::boolean then coalesce((select people from size where branch = e.id), 0) end) as item
      from team e where e.org_id = $1 and e.parent_team_id = $3`),
  vacancies: listed(`
      select e.id, ${key('e.role')}, json_build_object('id', e.id, 'role', e.role, 'status', ${VACANCY_STATUS}, 'fte', e.fte,
        'targetStartDate', e.target_start_date) as item
      ${toTeam('vacancy', 'vacancy_id', '(a.end_date is null or a.end_date >= clock.day)')} and ${VACANCY_STATUS} in ('open', 'on_hold')`),
  contractors: listed(`
      select e.id, ${key('e.name')}, json_build_object('id', e.id, 'name', e.name, 'fte', a.fte, 'endDate', e.end_date) as item
      ${toTeam('contractor', 'contractor_id', runs('clock.day'))} and e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)`),
  projects: listed(`
      select a.id, ${key('x.name')}, json_build_object('id', x.id, 'name', x.name, 'status', x.status, 'fte', a.fte, 'startDate', a.start_date,
        'endDate', a.end_date) as item
      from clock join allocation a on a.org_id = $1 and a.team_id = $3 and (a.end_date is null or a.end_date >= clock.day)
      join project x on x.org_id = $1 and x.id = a.target_project_id`),
  ai_agents: listed(`
      select e.id, ${key('e.name')}, json_build_object('id', e.id, 'name', e.name, 'provider', e.provider, 'seats', e.seats) as item
      ${toTeam('ai_agent', 'ai_agent_id', runs('clock.day'))} and e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)`),
} as const;

export type TeamPart = keyof typeof TEAM_PARTS;

/** $1 organization · $2 day · $3 team · $4 whether people may be seen. `size` counts the people of the team itself and of each branch below it. */
export function teamDetails(parts: readonly TeamPart[]): string {
  return `
  with recursive ${CLOCK},
  below (branch, id) as (
    select $3::text, $3::text
    union all
    select case when b.id = $3 then t.id else b.branch end, t.id from below b join team t on t.org_id = $1 and t.parent_team_id = b.id
  ),
  ${own('select id from below')},
  size as materialized (select b.branch, sum(o.people) as people from below b join own o on o.id = b.id group by b.branch)
  select json_strip_nulls(json_build_object('asOf', clock.day,
    'fiscalYear', json_build_object('from', year.first_day, 'to', year.last_day),
    'team', json_build_object('id', e.id, 'externalId', e.external_id, 'name', e.name, 'teamType', e.team_type, 'description', e.description,
      'parent', ${PARENT}, 'costCentre', ${named('cost_centre', `x.code || ' ' || x.name`, 'cost_centre_id')}),
    'manager', case when $4::boolean then ${MANAGER} end,
    'headcount', case when $4::boolean then json_build_object('own', coalesce((select people from size where branch = $3), 0),
      'withSubteams', (select coalesce(sum(people), 0) from size)) end
    ${parts.map((part) => `, '${part}', ${TEAM_PARTS[part]}`).join('')}
  )) as details
  from clock join organization o on o.id = $1 ${FISCAL_YEAR} join team e on e.org_id = $1 and e.id = $3`;
}

/**
 * $1 organization · $2 day · $3 upper team, by default every team that has none above it · $4 levels below it
 * · $5 id of the last team shown · $6 rows
 *
 * Depth first, in order of name, with the people of each team and all below it where they are asked for.
 */
export function orgTree(headcounts: boolean): string {
  return `
  with recursive ${CLOCK},
  tree (id, level, ids, path) as (
    select t.id, 0, array[t.id], array[fold(t.name) || chr(1) || t.id]
    from team t where t.org_id = $1 and case when $3::text is null then t.parent_team_id is null else t.id = $3 end
    union all
    select t.id, tree.level + 1, tree.ids || t.id, tree.path || (fold(t.name) || chr(1) || t.id)
    from tree join team t on t.org_id = $1 and t.parent_team_id = tree.id
  ),
  place as materialized (
    select id, level, row_number() over (order by path collate "C") as place from tree where level <= $4::integer
  ),
  ${
    headcounts
      ? `${own()},
  size as materialized (
    select upper_id, sum(own.people) as people from tree join own on own.id = tree.id cross join lateral unnest(tree.ids) upper_id group by upper_id
  ),`
      : ''
  }
  page as (
    select * from place where $5::text is null or place > (select last.place from place last where last.id = $5) order by place limit $6
  )
  select clock.day as "asOf", (select count(*) from place) as total, $5::text is null or exists (select from place where id = $5) as "cursorKnown",
    (select coalesce(json_agg(json_strip_nulls(json_build_object('id', e.id, 'name', e.name, 'level', page.level, 'parentTeamId', e.parent_team_id,
      'manager', ${MANAGER}, ${headcounts ? `'headcount', coalesce((select people from size where upper_id = e.id), 0),` : ''}
      'subteams', (select count(*) from team c where c.org_id = $1 and c.parent_team_id = e.id))) order by page.place), '[]')
      from page join team e on e.org_id = $1 and e.id = page.id) as teams
  from clock`;
}
