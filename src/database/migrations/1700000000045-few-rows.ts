import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FOLLOW_TABLES, HIDING, HIDING_COLLECTED, POLICIES } from './scenarios/follow';
import { FOLLOW_COSTS, rebuildDirtyOfPlan } from './scenarios/plan-costs';

/** Where few rows are looked at, what a scenario hides is not collected first (docs/adr/0034). */
export class FewRows1700000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [HIDING, FOLLOW_TABLES, POLICIES, FOLLOW_COSTS, rebuildDirtyOfPlan('costs', 'headcounts')]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const part of [HIDING_COLLECTED, POLICIES, 'drop function overlay.hidden_one(text, text)']) await runner.query(part);
  }
}
