import type { EntityManager } from 'typeorm';
import { type CallContext, callScope, visiblePlan } from '../../src/access';
import { newId } from '../../src/database';
import { type Permission, permissionsOfRole } from '../../src/permissions';
import type { Bench, TestOrganization } from '../workforce/organization';

export interface Change {
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'rebase';
  readonly entity: string;
  readonly id: string;
  readonly patch?: object;
}

/** A scenario below the services: changes are rows of plan_change, as the login of MCP adds them. */
export class TestPlan {
  private constructor(
    private readonly bench: Bench,
    private readonly organization: TestOrganization,
    readonly id: string,
  ) {}

  static async create(bench: Bench, organization: TestOrganization): Promise<TestPlan> {
    const id = newId('plan');
    await bench.test.admin(
      `insert into platform.app_user (id, email, email_norm, name) values ('usr_test', 'x', 'x', 'Test') on conflict do nothing`,
    );
    await bench.test.admin(`insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, 'Plan', 'usr_test')`, [
      organization.id,
      id,
    ]);
    return new TestPlan(bench, organization, id);
  }

  async change(...changes: Change[]): Promise<void> {
    await this.write((db) => append(db, this.organization.id, this.id, changes));
  }

  write<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.bench.database.call({ ...this.scope('owner'), write: 'keep' }, work);
  }

  /** A what-if read in the name of a role, or with exactly these permissions. */
  as<T>(caller: string | Permission[], work: (ctx: CallContext) => Promise<T>): Promise<T> {
    const permissions = new Set(typeof caller === 'string' ? permissionsOfRole(caller) : caller);
    return this.bench.database.call(this.scope(caller), async (db) => {
      const plan = await visiblePlan(db, this.organization.id, this.id);
      const ctx = {
        orgId: this.organization.id,
        tenantId: this.organization.tenant.id,
        userId: 'usr_test',
        userName: 'Test',
        role: 'test',
        scopes: [],
      };
      return work({ ...ctx, permissions, db, plan } as unknown as CallContext);
    });
  }

  read<R = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.as('owner', ({ db }) => db.query<R[]>(sql, parameters));
  }

  private scope(caller: string | Permission[]): ReturnType<typeof callScope> {
    const permissions = new Set(typeof caller === 'string' ? permissionsOfRole(caller) : caller);
    const user = { orgId: this.organization.id, tenantId: this.organization.tenant.id, userId: 'usr_test', permissions };
    return callScope(user, this.id);
  }
}

export async function append(db: EntityManager, orgId: string, planId: string, changes: readonly Change[]): Promise<void> {
  for (const { op, entity, id, patch = {} } of changes) {
    await db.query('insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch) values ($1, $2, $3, $4, $5, $6, $7)', [
      ...[orgId, planId, newId('chg'), op, entity, id, JSON.stringify(patch)],
    ]);
  }
}
