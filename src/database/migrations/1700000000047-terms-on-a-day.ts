import type { MigrationInterface, QueryRunner } from 'typeorm';

const indexes = (include: string): string => `
  drop index live.employment_terms_by_role, live.employment_terms_by_place;
  create index employment_terms_by_role on live.employment_terms (org_id, job_role_id, employee_id) ${include};
  create index employment_terms_by_place on live.employment_terms (org_id, geography_id, employee_id) ${include};
  select overlay.copy_rules('employment_terms')`;

/** Who has a job role or is in a place on a day is told by an index alone, in a scenario too (docs/adr/0033). */
export class TermsOnADay1700000000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(indexes('include (effective_from, effective_to, plan_id)'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(indexes(''));
  }
}
