import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether somebody ever had a job role or was in a place is told by an index alone; and so is a person's place in lists, in
 * one that has a tenth of all search terms (docs/adr/0033).
 */
export class SearchPlaces1700000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index employment_terms_by_role on live.employment_terms (org_id, job_role_id, employee_id);
      create index employment_terms_by_place on live.employment_terms (org_id, geography_id, employee_id);
      drop index live.employment_terms_org_id_job_role_id_idx, live.employment_terms_org_id_geography_id_idx;
      create index search_term_place on live.search_term (org_id, subject_id) include (sort_key, plan_id) where kind = 'employee.sort';
      select overlay.copy_rules('employment_terms'), overlay.copy_rules('search_term')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index employment_terms_org_id_job_role_id_idx on live.employment_terms (org_id, job_role_id);
      create index employment_terms_org_id_geography_id_idx on live.employment_terms (org_id, geography_id);
      drop index live.employment_terms_by_role, live.employment_terms_by_place, live.search_term_place;
      select overlay.copy_rules('employment_terms'), overlay.copy_rules('search_term')`);
  }
}
