import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PLAN_ACCESS, PLAN_ACCESS_DOWN } from './scenarios/plan-access';

/** Who sees which scenario. */
export class PlanAccess1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLAN_ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(PLAN_ACCESS_DOWN);
  }
}
