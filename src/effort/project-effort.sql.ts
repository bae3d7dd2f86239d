import { pageAfter, rankedRows } from '../workforce';
import { moneyColumns, SPENT, UNPRICED } from './effort-cost.sql';
import { ABOUT, COVERAGE, EXPECTED, fte, HANDED_IN, PERSON, share, stays, WEEKS, weeksOfMonth, workedOnProject } from './effort-weeks.sql';

/** What rows are of: the key of a line, how it is shown, and of how many weeks its FTE are the mean, by default all. */
const GROUPS: Record<'person' | 'work_item' | 'month', { key: string; shown: string; weeks?: string }> = {
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
  month: { key: `to_char(s.week_start, 'YYYY-MM')`, shown: `'month', page.key`, weeks: weeksOfMonth('page.key') },
};

export type ProjectEffortGroup = keyof typeof GROUPS;
export const PROJECT_EFFORT_GROUPS = Object.keys(GROUPS) as ProjectEffortGroup[];

/** What is planned on the project in the same weeks: people while they are here, and teams as a whole. */
const PLANNED = `(
      select round(coalesce(sum(a.fte * (d.last - d.first + 1)), 0) / greatest(7 * w.number, 1), 3)::float8
      from allocation a
      left join employee e on e.org_id = $1 and e.id = a.employee_id
      left join contractor c on c.org_id = $1 and c.id = a.contractor_id
      cross join lateral (
        select greatest(a.start_date, e.start_date, c.start_date, w.first_monday) as first, least(a.end_date, e.end_date, c.end_date, w.last_sunday) as last
      ) d
      where a.org_id = $1 and a.target_project_id = $4 and coalesce(a.employee_id, a.contractor_id, a.team_id) is not null and d.first <= d.last)`;

/**
 * $1 organization · $2 $3 period · $4 project · $5 key of the last row shown · $6 rows. One row.
 *
 * @param priced whether costs are computed
 */
export function projectEffort(groupBy: ProjectEffortGroup, priced: boolean): string {
  const { key, shown, weeks } = GROUPS[groupBy];
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
      `json_strip_nulls(json_build_object(${shown}, 'fte', ${fte('page.effort', weeks)}, 'share', ${share('page.effort')}${priced ? `, 'cost', cost_text(coalesce(page.cost, 0))` : ''}))`,
    )},
    (select json_build_object('fte', ${fte('sum(effort)')}, 'people', count(distinct subject_id) filter (where ${PERSON}),
      'aiAgents', count(distinct subject_id) filter (where not ${PERSON}), 'aiAgentFte', ${fte(`sum(effort) filter (where not ${PERSON})`)},
      'plannedFte', ${PLANNED}) from worked) as totals,
    ${moneyColumns(priced)}
  from weeks w cross join coverage join organization o on o.id = $1`;
}
