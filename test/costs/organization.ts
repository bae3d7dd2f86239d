import type { EntityManager } from 'typeorm';
import { newId } from '../../src/database';
import type { Bench, Row } from '../workforce/organization';
import { createTenant, type TestTenant } from '../support/people';
import { completeRow, type Facts, JOB_ROLE, type Table, TABLES } from './facts';

/** Prefix of the ids of tables whose facts have none. */
const PREFIX: Partial<Record<Table, string>> = {
  employment_terms: 'trm',
  salary_adjustment: 'sal',
  rate_adjustment: 'rat',
  fx_rate: 'fx',
};

/** An organization that holds nothing but what a test writes into it. */
export class CostOrganization {
  constructor(
    private readonly bench: Bench,
    private readonly tenant: TestTenant,
  ) {}

  get id(): string {
    return this.tenant.orgId;
  }

  /** As the web side writes: login flowstate_app, one transaction. */
  write<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.bench.database.app({ tenantId: this.tenant.id, orgId: this.id }, work);
  }

  load(facts: Facts): Promise<void> {
    return this.write(async (db) => {
      const { reporting_currency: currency, hours_per_day: hours } = facts.organization;
      await db.query('update organization set reporting_currency = $2, hours_per_day = $3 where id = $1', [this.id, currency, hours]);
      await db.query(`insert into job_role (org_id, id, title) values ($1, $2, 'Engineer')`, [this.id, JOB_ROLE]);
      for (const table of TABLES) await this.insert(db, table, facts[table]);
    });
  }

  /** Rows need not have the same columns: what a row lacks has the table's default. */
  private async insert(db: EntityManager, table: Table, rows: readonly object[]): Promise<void> {
    const prefix = PREFIX[table];
    const complete = rows.map((row, index): Row => ({
      org_id: this.id,
      ...(prefix && { id: newId(prefix) }),
      ...completeRow(table, row as Row, index),
    }));
    for (const columns of new Set(complete.map((row) => Object.keys(row).join(', ')))) {
      const alike = JSON.stringify(complete.filter((row) => Object.keys(row).join(', ') === columns));
      await db.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
        alike,
      ]);
    }
  }

  /** As a tool call of somebody who may read all money asks: $1 is the organization. */
  ask<R>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
    const scope = {
      tenantId: this.tenant.id,
      orgId: this.id,
      userId: 'usr_test',
      seesPay: true,
      seesMoney: true,
      seesPlans: 'own' as const,
    };
    return this.bench.database.call(scope, (db) => db.query<R[]>(sql, [this.id, ...parameters]));
  }
}

export async function emptyOrganization(bench: Bench): Promise<CostOrganization> {
  return new CostOrganization(bench, await createTenant(bench.test));
}
