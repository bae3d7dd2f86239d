import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EMPLOYEE_TERMS } from './workforce/functions';
import { SEARCH } from './workforce/search';
import { REINDEX_UNORDERED, REINDEX, SEARCH_ORDER } from './workforce/search-order';

/** Search terms in the order of lists (docs/adr/0013). */
export class SearchOrder1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [SEARCH_ORDER, REINDEX]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      truncate live.search_term;
      alter table live.search_term drop constraint search_term_pkey, drop column sort_key, add primary key (org_id, kind, term, subject_id);
      drop function live.index_added_employees, live.index_changed_employees, live.forget_removed_employees cascade;
      drop function platform.employee_terms(text, text, text, text[])`);
    for (const part of [EMPLOYEE_TERMS, SEARCH, REINDEX_UNORDERED]) await runner.query(part);
  }
}
