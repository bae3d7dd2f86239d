import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MARK_DIRTY, rebuildDirty } from './costs/rebuild';
import { HEADCOUNT_TABLES, HEADCOUNT_TABLES_DOWN } from './headcounts/headcount-tables';
import { COUNT_EVERYBODY, HEADCOUNTS, HEADCOUNTS_DOWN } from './headcounts/headcounts';
import { forgetPlan } from './merge/merge-plan';
import { MARK_PLAN_COSTS, rebuildDirtyOfPlan } from './scenarios/plan-costs';

/** When people were last changed is read from the end of an index. */
const LAST_CHANGED = `
  create index employee_updated_at on live.employee (org_id, updated_at);
  select overlay.follow('employee');
`;

/** Counts of people that are kept, and read without counting everybody (docs/adr/0031). */
export class Headcounts1700000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HEADCOUNT_TABLES);
    await runner.query('set local search_path = live, platform'); // what the functions' text is checked against
    await runner.query(HEADCOUNTS);
    await runner.query(MARK_DIRTY + MARK_PLAN_COSTS + forgetPlan('headcount_step'));
    await runner.query(rebuildDirty('costs', 'headcounts') + rebuildDirtyOfPlan('costs', 'headcounts'));
    await runner.query(COUNT_EVERYBODY + LAST_CHANGED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(rebuildDirty('costs') + rebuildDirtyOfPlan('costs') + forgetPlan() + HEADCOUNTS_DOWN + HEADCOUNT_TABLES_DOWN);
    await runner.query(`drop index live.employee_updated_at; select overlay.follow('employee')`);
  }
}
