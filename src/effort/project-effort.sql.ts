import { pageAfter, rankedRows } from '../workforce';
import { moneyColumns, SPENT, UNPRICED } from './effort-cost.sql';
import { ABOUT, COVERAGE, EXPECTED, fte, HANDED_IN, share, stays, WEEKS, workedOnProject } from './effort-weeks.sql';

/** What rows are of: the key of a line, and how it is shown. */
const GROUPS = {
  person: {
    key: 's.subject_id',
    shown: `'who', json_build_object('id', page.key, 'name', coalesce(
        (select x.first_name || ' ' || x.last_name from employee x where x.org_id = $1 and x.id = page.key),
        (select x.name from contractor x where x.org_id = $1 and x.id = page.key),
        (select x.name from ai_agent x where x.org_id = $1 and x.id = page.key)))`,
  },
  work_item: {
    key: `coalesce(s.work_item_id, '')`,
    shown: `'workItem', (select json_build_object('id', x.id, 'key', x.key, 'title', x.title) from work_item x where x.org_id = $1 and x.id = page.key)`,
  },
  month: { key: `to_char(s.week_start, 'YYYY-MM')`, shown: `'month', page.key` },
} as const;

export type ProjectEffortGroup = keyof typeof GROUPS;
export const PROJECT_EFFORT_GROUPS = Object.keys(GROUPS) as ProjectEffortGroup[];

/** What is planned on the project in the same weeks: people, and teams as a whole. */
const PLANNED = `(
      select round(coalesce(sum(a.fte * (least(coalesce(a.end_date, 'infinity'), w.last_sunday) - greatest(a.start_date, w.first_monday) + 1)), 0)
        / greatest(7 * w.number, 1), 3)::float8
      from allocation a where a.org_id = $1 and a.target_project_id = $4 and coalesce(a.employee_id, a.contractor_id, a.team_id) is not null
        and a.start_date <= w.last_sunday and (a.end_date is null or a.end_date >= w.first_monday))`;

/**
 * $1 organization · $2 $3 period · $4 project · $5 key of the last row shown · $6 rows. One row.
 *
 * @param priced whether costs are computed
 */
export function projectEffort(groupBy: ProjectEffortGroup, priced: boolean): string {
  const { key, shown } = GROUPS[groupBy];
  const order = groupBy === 'month' ? 'g.key' : 'g.effort desc, g.key';
  return `
  with ${WEEKS},
  ${stays('a.target_project_id = $4')},
  ${EXPECTED},
  ${HANDED_IN},
  ${COVERAGE},
  ${workedOnProject('$4')},
  ${priced ? SPENT : UNPRICED},
  placed as materialized (
    select g.*, row_number() over (order by ${order}) as place
    from (select ${key} as key, sum(s.effort) as effort, sum(s.cost) as cost from spent s group by 1) g
  ),
  ${pageAfter('$5', '$6')}
  select ${ABOUT},
    ${rankedRows(
      '$5',
      `json_strip_nulls(json_build_object(${shown}, 'fte', ${fte('page.effort')}, 'share', ${share('page.effort')}${priced ? `, 'cost', cost_text(coalesce(page.cost, 0))` : ''}))`,
    )},
    (select json_build_object('fte', ${fte('sum(effort)')}, 'people', count(distinct subject_id) filter (where subject_id not like 'agt\\_%'),
      'aiAgents', count(distinct subject_id) filter (where subject_id like 'agt\\_%'), 'plannedFte', ${PLANNED}) from worked) as totals,
    ${moneyColumns(priced)}
  from weeks w cross join coverage join organization o on o.id = $1`;
}
