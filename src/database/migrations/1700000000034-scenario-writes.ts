import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DRAWS } from './costs/draws';
import { REBUILD_EVERYTHING, REBUILDING } from './costs/rebuild';
import { SEGMENTS } from './costs/segments';
import { DERIVED, ENTITIES } from './scenarios/entities';
import { COPY_RULES } from './scenarios/follow';
import { REBUILD_PLAN_COSTS } from './scenarios/plan-costs';

/** What a change of a scenario costs: plans of rebuilding are kept, and what a scenario has is found without a look at all that it has (docs/adr/0028). */
export class ScenarioWrites1700000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local search_path = live, platform'); // what the functions' text is checked against
    for (const part of [SEGMENTS, DRAWS, REBUILDING, REBUILD_EVERYTHING, REBUILD_PLAN_COSTS]) await runner.query(part);
    await runner.query('drop function if exists overlay.copy_rules(text)');
    await runner.query(COPY_RULES);
    for (const table of [...ENTITIES, ...Object.keys(DERIVED)]) await runner.query(`select overlay.copy_rules('${table}')`);
    await runner.query(`select overlay.copy_rules('cost_segment', 'subject_id')`);
    await runner.query(`
      drop index if exists overlay.hidden_org_id_relation_id_idx;
      create index if not exists hidden_row on overlay.hidden (id, relation)`);
  }

  /** The same functions, slower. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
