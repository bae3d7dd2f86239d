import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kept answers end: housekeeping deletes those of a tenant by their age, and reads nothing else of them. */
export class OldAnswers1700000000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index plan_request_by_age on platform.plan_request (org_id, at);
      create policy of_tenant on platform.plan_request to flowstate_app using (exists (
        select from platform.organization o where o.id = plan_request.org_id and o.tenant_id = platform.setting('tenant_id'))) with check (false);
      revoke select on platform.plan_request from flowstate_app;
      grant select (org_id, at) on platform.plan_request to flowstate_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant select on platform.plan_request to flowstate_app;
      drop policy of_tenant on platform.plan_request;
      drop index platform.plan_request_by_age`);
  }
}
