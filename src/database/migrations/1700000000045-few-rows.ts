import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DERIVED, ENTITIES } from './scenarios/entities';
import { FOLLOW_TABLES, HIDING, HIDING_COLLECTED } from './scenarios/follow';
import { FOLLOW_COSTS, rebuildDirtyOfPlan } from './scenarios/plan-costs';

const KEYS: readonly (readonly [table: string, key: string])[] = [
  ...ENTITIES.map((table) => [table, 'id'] as const),
  ...Object.entries(DERIVED),
];

const POLICIES = `
  do $$ begin
    ${KEYS.map(([table, key]) => `execute 'alter policy world on scenario.${table} using (' || overlay.world_of('${table}', '${key}') || ')';`).join('\n    ')}
    execute 'alter policy untouched on live.cost_segment using (' || overlay.untouched('cost_segment', 'subject_id') || ')';
  end $$`;

/** Where few rows are looked at, what a scenario hides is not collected first (docs/adr/0034). */
export class FewRows1700000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [HIDING, FOLLOW_TABLES, POLICIES, FOLLOW_COSTS, rebuildDirtyOfPlan('costs', 'headcounts')]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const part of [HIDING_COLLECTED, POLICIES, 'drop function overlay.hidden_one(text, text)']) await runner.query(part);
  }
}
