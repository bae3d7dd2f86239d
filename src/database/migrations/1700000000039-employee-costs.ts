import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REBUILDING } from './costs/rebuild';
import { SEGMENTS } from './costs/segments';
import { REBUILD_PLAN_COSTS } from './scenarios/plan-costs';

/** Costs of employees, whom most changes are about, are rebuilt by a smaller plan (docs/adr/0028). */
export class EmployeeCosts1700000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local search_path = live, platform'); // what the functions' text is checked against
    for (const part of [SEGMENTS, REBUILDING, REBUILD_PLAN_COSTS]) await runner.query(part);
  }

  /** The same functions, slower. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
