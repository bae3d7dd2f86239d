import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DO_PLAN_ACT } from './scenario-acts/plan-acts';
import { ACCEPT } from './scenarios/accept-change';
import { FOLD_ROW } from './scenarios/fold';

/** A scenario that is deleted while a live write follows into it leaves nothing behind. What is only being changed is told apart from what has moved. */
export class LeftNothing1700000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [FOLD_ROW, ACCEPT, DO_PLAN_ACT]) await runner.query(part);
  }

  /** The functions stay, which do the same with locks. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
