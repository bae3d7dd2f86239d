import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FOLD_ROW } from './scenarios/fold';
import { MERGE_PLAN } from './merge/merge-plan';
import { MERGE_TABLES } from './merge/merge-tables';

/** How an approved scenario becomes live, and what is kept of it (docs/adr/0026). */
export class Merge1700000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [FOLD_ROW, MERGE_TABLES, MERGE_PLAN]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function platform.merge_plan(text, text), overlay.write_live(text, text, text, text, text), overlay.forget_plan(text, text),
        overlay.meet_live(platform.plan_state), overlay.columns_of(text, text[]);
      drop view platform.plan_row;
      drop table platform.merge_row, platform.merge`);
  }
}
