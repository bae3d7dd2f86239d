import { pageAfter, rankedRows, subtree } from '../workforce';
import { moneyColumns, SPENT, UNPRICED } from './effort-cost.sql';
import { ABOUT, COVERAGE, EXPECTED, fte, share, stays, WEEKS, workedInStays } from './effort-weeks.sql';

/** Who is in a team of the subtree, by their primary allocation. */
export const IN_TEAM = 'a.is_primary and a.target_team_id in (select id from subtree)';

const of = (category: string): string => fte(`sum(effort) filter (where category = '${category}')`);

/** $1 organization · $2 $3 period · $4 team · $5 subteams too · $6 project of the last row shown · $7 rows. One row. */
export function teamEffort(priced: boolean): string {
  const row = `json_strip_nulls(json_build_object(
      'project', (select json_build_object('id', x.id, 'name', x.name) from project x where x.org_id = $1 and x.id = page.key),
      'fte', ${fte('page.effort')}, 'share', ${share('page.effort')}${priced ? `, 'cost', cost_text(coalesce(page.cost, 0))` : ''}))`;
  return `
  with recursive ${WEEKS},
  ${subtree('$4', '$5')},
  ${stays(IN_TEAM)},
  ${EXPECTED},
  ${workedInStays(false)},
  ${COVERAGE},
  ${priced ? SPENT : UNPRICED},
  placed as materialized (
    select g.*, row_number() over (order by g.effort desc, g.key) as place
    from (select s.project_id as key, sum(s.effort) as effort, sum(s.cost) as cost from spent s where s.category = 'project' group by s.project_id) g
  ),
  ${pageAfter('$6', '$7')}
  select ${ABOUT},
    ${rankedRows('$6', row)},
    (select json_build_object('fte', ${fte('sum(effort)')}, 'projectFte', ${of('project')}, 'nonProjectFte', ${of('non_project')},
      'unlinkedFte', ${of('unlinked')}, 'people', count(distinct subject_id)) from worked) as totals,
    ${moneyColumns(priced)}
  from weeks w cross join coverage join organization o on o.id = $1`;
}
