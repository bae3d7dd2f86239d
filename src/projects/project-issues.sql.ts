import { CLOCK, named } from '../workforce';
import { currentBudgets, spentOf } from './budgets.sql';
import { ALLOCATED_FTE, SUBJECT } from './projects.sql';

export const PROJECT_ISSUES = [
  'completed_with_allocations',
  'no_allocations',
  'ended_with_allocations',
  'no_owner',
  'over_budget',
] as const;

export type ProjectIssue = (typeof PROJECT_ISSUES)[number];

/** When a project `p` has an issue; `l` are its allocations that have not ended, `o` its owner, `b` its budget. */
const CONDITIONS: Record<ProjectIssue, string> = {
  completed_with_allocations: `(p.status = 'completed' or p.lifecycle_stage = 'completed') and l.allocations > 0`,
  no_allocations: `(p.status = 'active' or (p.status = 'planning' and p.start_date <= clock.day)) and coalesce(l.allocations, 0) = 0`,
  ended_with_allocations: `p.end_date < clock.day and l.allocations > 0`,
  no_owner: `p.status in ('planning', 'active', 'on_hold') and (p.owner_id is null or o.end_date < clock.day)`,
  over_budget: 'b.planned > b.amount',
};

/** How many of who is allocated are named. */
const NAMED = 3;

const OPEN = `allocation a where a.org_id = $1 and a.target_project_id = e.id and (a.end_date is null or a.end_date >= e.day)`;

const EVIDENCE = `'allocations', e.allocations, 'allocatedFte', case when e.allocations > 0 then ${ALLOCATED_FTE} end,
      'allocated', case when e.allocations > 0 then (
        select json_agg(${SUBJECT} order by a.fte desc, a.id) from (select a.* from ${OPEN} order by a.fte desc, a.id limit ${NAMED}) a) end,
      'ownerLeft', e.owner_left,
      'budget', case when 'over_budget' = any (e.issues) then json_build_object('amount', money_text(e.amount), 'planned', cost_text(e.planned),
        'from', e.from_day, 'to', e.to_day) end`;

const BUDGETS = `
  ${currentBudgets(`b.scope = 'project'`)},
  ${spentOf('current')},
  project_budget as (
    select c.target_id as project_id, c.converted as amount, s.planned, c.from_day, c.to_day
    from current c join spent s on s.budget_id = c.id
  ),`;

const NO_BUDGETS = `project_budget as (
    select null as project_id, null::numeric as amount, null::numeric as planned, null::date as from_day, null::date as to_day where false),`;

/**
 * $1 organization · $2 day · $3 issues · $4 $5 sort key and id of the last row shown · $6 rows. One row.
 *
 * @param priced whether costs are held against budgets
 */
export function projectsWithIssues(priced: boolean): string {
  const cases = Object.entries(CONDITIONS).map(([issue, condition]) => `case when ${condition} then '${issue}' end`);
  return `
  with recursive ${CLOCK},
  load as materialized (
    select a.target_project_id as id, count(*) as allocations
    from clock join allocation a on a.org_id = $1 and a.target_project_id is not null and (a.end_date is null or a.end_date >= clock.day)
    group by a.target_project_id
  ),
  ${priced ? BUDGETS : NO_BUDGETS}
  judged as (
    select p.id, p.name, p.status, p.lifecycle_stage, p.end_date, p.owner_id, clock.day, l.allocations,
      case when o.end_date < clock.day then o.end_date end as owner_left, b.amount, b.planned, b.from_day, b.to_day,
      array(select issue from unnest(array[${cases.join(', ')}]) issue where issue = any ($3::text[])) as issues
    from clock join project p on p.org_id = $1
    left join load l on l.id = p.id
    left join employee o on o.org_id = $1 and o.id = p.owner_id
    left join project_budget b on b.project_id = p.id
  ),
  found as materialized (
    select j.*, s.sort_key from judged j join search_term s on s.org_id = $1 and s.kind = 'project.sort' and s.term = '' and s.subject_id = j.id
    where cardinality(j.issues) > 0
  ),
  page as (
    select * from found where $4::text is null or (sort_key, id) > ($4 collate "C", $5) order by sort_key, id limit $6
  )
  select clock.day as "asOf", o.reporting_currency as currency,
    (select coalesce(json_object_agg(issue, projects order by issue), '{}') from (select unnest(issues) as issue, count(*) as projects from found group by 1) i) as counts,
    (select coalesce(json_agg(json_build_object('id', e.id, 'sortKey', e.sort_key, 'item', json_strip_nulls(json_build_object(
      'id', e.id, 'name', e.name, 'status', e.status, 'lifecycleStage', e.lifecycle_stage, 'endDate', e.end_date, 'issues', e.issues,
      'owner', ${named('employee', `x.first_name || ' ' || x.last_name`, 'owner_id')}, ${EVIDENCE}))) order by e.sort_key, e.id), '[]') from page e) as rows
  from clock cross join organization o where o.id = $1`;
}
