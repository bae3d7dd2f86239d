import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PLAN_ACTS } from './scenario-acts/plan-acts';

/** Comments, sharing and deletion of scenarios over MCP (docs/adr/0027). */
export class ScenarioActs1700000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLAN_ACTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view platform.plan_act, platform.member_address;
      drop function platform.do_plan_act();
      drop index platform.plan_org_id_source_plan_id_idx, platform.plan_request_org_id_plan_id_idx;
      drop policy comment on platform.plan_comment;
      revoke insert (org_id, id, plan_id, user_id, body) on platform.plan_comment from flowstate_mcp, flowstate_whatif`);
  }
}
