import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rebuildDirty } from './costs/rebuild';
import { FOLLOW_COSTS, rebuildDirtyOfPlan } from './scenarios/plan-costs';

/** Costs after many changes at once: whom they concern is looked up by an index, where a merge of a thousand changes spent most of its time going through all. */
export class FollowCosts1700000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [rebuildDirty('costs'), rebuildDirtyOfPlan('costs'), FOLLOW_COSTS]) await runner.query(part);
  }

  /** The same functions, slower. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
