import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DRAWS } from './costs/draws';
import { COST_FUNCTIONS } from './costs/functions';
import { REBUILD, REBUILD_DOWN, REBUILD_EVERYTHING } from './costs/rebuild';
import { SEGMENT_TABLES } from './costs/segment-tables';
import { SEGMENTS } from './costs/segments';

/** What costs are summed from, and what keeps it in step with live data (docs/adr/0015). */
export class Costs1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local search_path = live, platform'); // what the functions' text is checked against
    for (const part of [COST_FUNCTIONS, SEGMENT_TABLES, SEGMENTS, DRAWS, REBUILD, REBUILD_EVERYTHING]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(REBUILD_DOWN);
  }
}
