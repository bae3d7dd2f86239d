import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FOLD_ROW } from './scenarios/fold';

/** A scenario that says of a row what live said, too, has costs and headcounts of its own as soon as live says something else. */
export class KeptValues1700000000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FOLD_ROW);
  }

  /** The function stays, which has more costs computed. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
