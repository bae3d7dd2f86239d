import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REVIEW_TABLES } from './review/review-tables';

/** What people decide on scenarios, and what they say about them. */
export class Review1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REVIEW_TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table platform.plan_comment, platform.plan_review');
  }
}
