import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the end of an employment cut off, by imports and directories, so that it comes back as it was where the end is taken
 * back: of each allocation the whole row as it was before, and the last day that cut it. Beside it the last day that was
 * planned when a directory ended an employment.
 */
export class CutAllocations1700000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform.cut_allocation (
        org_id text not null,
        allocation_id text not null,
        employee_id text not null,
        cut_on date not null,
        was jsonb not null,
        primary key (org_id, allocation_id),
        foreign key (org_id, employee_id) references live.employee (org_id, id) on delete cascade
      );
      create index cut_allocation_employee on platform.cut_allocation (org_id, employee_id);
      alter table platform.cut_allocation enable row level security, force row level security;
      create policy own on platform.cut_allocation using (org_id = platform.setting('org_id')) with check (org_id = platform.setting('org_id'));
      grant select, insert, delete on platform.cut_allocation to flowstate_app;
      alter table platform.scim_user add column planned_end date`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table platform.scim_user drop column planned_end; drop table platform.cut_allocation');
  }
}
