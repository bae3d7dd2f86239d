import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To put a few hundred people in order, each one's place is looked up: one row of theirs, not all their terms. */
export class SearchSubjects1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index search_term_of_subject on live.search_term (org_id, subject_id, kind);
      drop index live.search_term_org_id_subject_id_idx`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index search_term_org_id_subject_id_idx on live.search_term (org_id, subject_id);
      drop index live.search_term_of_subject`);
  }
}
