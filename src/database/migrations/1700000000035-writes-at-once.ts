import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACCEPT } from './scenarios/accept-change';

/** A change of a scenario and a live write at the same time: one sees the other. */
export class WritesAtOnce1700000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACCEPT);
  }

  /** The same function, without the locks. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
