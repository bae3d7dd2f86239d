import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACTIVITY, ACTIVITY_DOWN } from './activity/activity-views';

/** What a call may read of the audit trail, and the names of those who are in it. */
export class Activity1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACTIVITY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ACTIVITY_DOWN);
  }
}
