/**
 * Planned costs (domain.md §4, docs/costs.md). The tables cost_segment and cost_draw hold who costs how much per year,
 * month or day, and in which share for which team or project; live writes rebuild them for whom they concern
 * (migrations/costs). Two ways to read them, both in the world of the call's search path:
 *
 * - `CostsService`: the cost of one team, project or resource in a period, with currency, day and warnings.
 * - `costRows(question)` and `costWarnings(question)`: CTEs for a statement of the caller's, after its CTE
 *   `bucket (key, from_day, to_day)` and with the organization in $1. `cost` has a row per bucket and keys: components
 *   (COST_COMPONENTS) and `total`, unrounded; output by `cost_text()`. `cost_warning` goes to `toWarnings`.
 *
 *   `with bucket as (select 1 as key, date '2026-01-01' as from_day, date '2026-01-31' as to_day),
 *    ${costRows({ split: 'team', keys: { team_id: 's.team_id' } })}
 *    select bucket, team_id, cost_text(total) from cost`
 *
 * A split holds the whole cost, once: whatever is grouped by, all groups and the one whose key is null (unallocated) add
 * up to the organization's total. Team and project are two splits of one cost, never to be added.
 */
export { COST_COMPONENTS, type CostComponent, type CostQuestion, costRows, type CostSplit, FOR_MANY } from './cost-rows.sql';
export { costWarnings } from './cost-warnings.sql';
export { CostsModule } from './costs.module';
export { type Cost, CostsService, type Period } from './costs.service';
export { expectMany } from './for-many';
export { seesCosts } from './rights';
export { type CostWarning, type CostWarningRow, toWarnings } from './warnings';
