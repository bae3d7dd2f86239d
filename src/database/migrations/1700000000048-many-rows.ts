import type { MigrationInterface, QueryRunner } from 'typeorm';
import { HIDING, POLICIES } from './scenarios/follow';
import { rebuildDirtyOfPlan } from './scenarios/plan-costs';

/** A setting in the policy of a part of a union is read for each row: the planner does not know that it equals the union's. */
const ownSegments = (value: (name: string) => string): string => `
  alter policy own_organization on live.cost_segment using (org_id = ${value('org_id')});
  alter policy world on overlay.cost_segment using (org_id = ${value('org_id')} and plan_id = ${value('plan_id')})`;
const read = (name: string): string => `platform.setting('${name}')`;
const readOnce = (name: string): string => `(select ${read(name)})`;

/** Where many rows are looked at, most are known by one bit not to be hidden (docs/adr/0034). */
export class ManyRows1700000000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [HIDING, POLICIES, rebuildDirtyOfPlan('costs', 'headcounts'), ownSegments(readOnce)]) await runner.query(part);
  }

  /** The functions and policies stay, which know one setting more. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ownSegments(read));
  }
}
