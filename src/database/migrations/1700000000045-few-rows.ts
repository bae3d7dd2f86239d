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

/** A setting in the policy of a part of a union is read for each row: the planner does not know that it equals the union's. */
const ownSegments = (value: (name: string) => string): string => `
  alter policy own_organization on live.cost_segment using (org_id = ${value('org_id')});
  alter policy world on overlay.cost_segment using (org_id = ${value('org_id')} and plan_id = ${value('plan_id')})`;
const read = (name: string): string => `platform.setting('${name}')`;
const readOnce = (name: string): string => `(select ${read(name)})`;

/** Where few rows are looked at, what a scenario hides is not collected first; where many are, most are known by one bit (docs/adr/0034). */
export class FewRows1700000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const functions = [HIDING, FOLLOW_TABLES, FOLLOW_COSTS, rebuildDirtyOfPlan('costs', 'headcounts')];
    for (const part of [...functions, POLICIES, ownSegments(readOnce)]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const part of [HIDING_COLLECTED, POLICIES, ownSegments(read), 'drop function overlay.hidden_one(text, text)'])
      await runner.query(part);
  }
}
