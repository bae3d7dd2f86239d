import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REVERSAL, REVERSAL_DOWN } from './merge/reversal';

/** A scenario that takes back what another has made live. */
export class Reversal1700000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REVERSAL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(REVERSAL_DOWN);
  }
}
