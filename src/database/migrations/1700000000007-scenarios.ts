import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACCEPT_CHANGE } from './scenarios/accept-change';
import { CHANGE_TABLES } from './scenarios/change-tables';
import { DERIVED, ENTITIES, PASSED } from './scenarios/entities';
import { FOLD, refolded } from './scenarios/fold';
import { FOLLOW } from './scenarios/follow';
import { PLAN_COSTS } from './scenarios/plan-costs';
import { PLAN_STATUS } from './scenarios/plan-status';

/** Searches read their terms from the index alone, also in a scenario, whose row policy looks at plan_id. */
const COVER_SEARCH_TERMS = `
  alter table live.search_term drop constraint search_term_pkey, add primary key (org_id, kind, term, sort_key, subject_id) include (plan_id);
  select overlay.copy_rules('search_term');
`;

/** Changes of scenarios, and the world in which each is read (docs/adr/0022, 0023). */
export class Scenarios1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FOLLOW);
    for (const table of ENTITIES) await runner.query(`select overlay.follow('${table}')`);
    for (const [table, key] of Object.entries(DERIVED)) await runner.query(`select overlay.follow('${table}', '${key}')`);
    await runner.query(`select overlay.follow_partitioned('cost_segment', 'subject_id')`);
    for (const table of PASSED) await runner.query(`select overlay.pass('${table}')`);
    for (const part of [COVER_SEARCH_TERMS, CHANGE_TABLES, PLAN_COSTS, FOLD, ACCEPT_CHANGE, PLAN_STATUS]) await runner.query(part);
    for (const table of ENTITIES) await runner.query(refolded(table));
  }

  async down(): Promise<void> {
    throw new Error('Scenarios have no way back: drop the database.');
  }
}
