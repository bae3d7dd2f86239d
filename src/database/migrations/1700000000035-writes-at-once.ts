import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MERGE } from './merge/merge-plan';
import { ACCEPT } from './scenarios/accept-change';
import { REFOLD } from './scenarios/fold';

/** A change of a scenario and a live write at the same time: one sees the other. Which rows have moved is told without a look at all. */
export class WritesAtOnce1700000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [ACCEPT, REFOLD, MERGE]) await runner.query(part);
    await runner.query(
      `create index plan_state_moved on platform.plan_state (plan_id, org_id) where conflicts <> '{}' or live_version is distinct from base_version`,
    );
  }

  /** The functions stay, which do the same with locks. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index platform.plan_state_moved');
  }
}
