import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The answer of a call that deleted its scenario is kept for who repeats it; it names none, because answers go with their scenario. */
export class KeptAnswers1700000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table platform.plan_request alter column plan_id drop not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'delete from platform.plan_request where plan_id is null; alter table platform.plan_request alter column plan_id set not null',
    );
  }
}
