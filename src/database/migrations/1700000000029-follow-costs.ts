import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REBUILD_DIRTY } from './costs/rebuild';
import { FOLLOW_COSTS, REBUILD_DIRTY_PLAN_COSTS } from './scenarios/plan-costs';

/** Costs after many changes at once: whom they concern is looked up by an index, where a merge of a thousand changes spent most of its time going through all. */
export class FollowCosts1700000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [REBUILD_DIRTY, REBUILD_DIRTY_PLAN_COSTS, FOLLOW_COSTS]) await runner.query(part);
  }

  /** The same functions, slower. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
