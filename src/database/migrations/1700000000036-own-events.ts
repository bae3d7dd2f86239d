import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person decides or edits on a page has its event in its own transaction, where no kill comes between them (docs/adr/0032). */
export class OwnEvents1700000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy write_own on platform.audit_event for insert to flowstate_app with check (tenant_id = platform.setting('tenant_id'));
      grant insert on platform.audit_event to flowstate_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke insert on platform.audit_event from flowstate_app;
      drop policy write_own on platform.audit_event`);
  }
}
