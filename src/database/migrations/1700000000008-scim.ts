import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SCIM, SCIM_DOWN } from './scim/scim-tables';

/** Connections of directories, and what they say of people and teams that the domain has no place for. */
export class Scim1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCIM);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(SCIM_DOWN);
  }
}
