import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACCESS, CHANGE_TRIGGERS } from './platform/access';
import { AUDIT } from './platform/audit';
import { OAUTH } from './platform/oauth';
import { TENANCY } from './platform/tenancy';

/** Tenants, accounts, OAuth, sessions, the gate function and the audit trail. */
export class Platform1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [TENANCY, OAUTH, AUDIT, ACCESS, CHANGE_TRIGGERS]) await runner.query(part);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has no way back: drop the database.');
  }
}
