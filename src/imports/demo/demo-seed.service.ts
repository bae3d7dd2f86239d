import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import type { EntityManager } from 'typeorm';
import { Database } from '../../database';
import { TenantPlan, TENANTS } from './blueprints';
import { Dice } from './dice';
import { insertRows } from './insert-rows';
import { OrganizationData, organizationData } from './organization-data';
import { LIVE_TABLES, Row } from './rows';
import { type DemoScenario, demoScenarios } from './scenario-data';

export const DEMO_PASSWORD = 'flowstate-demo';

const SUBMIT = `
  with submitted as (update plan set status = 'PENDING_APPROVAL', submitted_by = $3 where org_id = $1 and id = $2 returning *)
  insert into plan_review (org_id, plan_id, act, user_id, rev, content_hash) select $1, $2, 'submit', $3, rev, content_hash from submitted`;

/** Fills an empty database with the demo tenants: the same people on every machine, their dates relative to today. */
@Injectable()
export class DemoSeed {
  constructor(private readonly database: Database) {}

  /** Sign-in addresses of the demo, in the order in which they are worth trying. */
  static signIns(): string[] {
    return TENANTS.flatMap((tenant) => Object.keys(tenant.users).map((user) => `${user}@${tenant.mailDomain}`));
  }

  /** False, and nothing done, when there is any tenant already. All or nothing: a start cut short seeds afresh next time. */
  async seedIfEmpty(): Promise<boolean> {
    const passwordHash = await hash(DEMO_PASSWORD);
    const seeded = await this.database.app({}, async (db) => {
      await db.query('select pg_advisory_xact_lock(7310002)'); // replicas that start together
      const [state] = await db.query<{ empty: boolean; today: string }[]>(
        `select not exists (select from tenant) as empty, (clock_timestamp() at time zone 'UTC')::date::text as today`,
      );
      if (!state?.empty) return false;
      for (const plan of TENANTS) await seedTenant(db, plan, state.today, passwordHash);
      return true;
    });
    if (seeded) await this.database.refreshStatistics();
    return seeded;
  }

  /** Whether this database was filled by the demo, so that its sign-ins may be told. */
  async isDemo(): Promise<boolean> {
    const rows = await this.database.app({}, (db) => db.query<object[]>('select 1 from tenant where demo limit 1'));
    return rows.length > 0;
  }
}

async function seedTenant(db: EntityManager, plan: TenantPlan, today: string, passwordHash: string): Promise<void> {
  const dice = new Dice(`demo tenant ${plan.slug}`);
  const tenantId = dice.id('tnt');
  const organizations = plan.organizations.map((one, index) => organizationData(tenantId, one, plan.slug === 'acme' && index === 0, today));
  const users = accounts(plan, organizations[0] as OrganizationData, passwordHash, dice);
  const features = { mcp_external_access: true };
  const tenant = { id: tenantId, slug: plan.slug, name: plan.name, plan: plan.plan, status: 'active', features, demo: true };
  await insertRows(db, 'tenant', [tenant]);
  const rows = users.map((user) => user.account);
  await insertRows(db, 'app_user', rows);
  for (const [index, organization] of organizations.entries()) {
    await seedOrganization(db, tenantId, organization, memberships(plan, organization, users, index === 0));
    if (plan.slug !== 'acme' || index > 0) continue;
    for (const scenario of demoScenarios(organization, today, new Dice('demo scenarios')))
      await seedScenario(db, organization.id, scenario, users);
  }
}

/** Written as its owner would write it: one change after the other through the trigger that numbers, checks and folds them. */
async function seedScenario(db: EntityManager, orgId: string, scenario: DemoScenario, users: readonly Account[]): Promise<void> {
  const { id, title, type, description, changes, comment, submitted } = scenario;
  const idOf = (key: string): unknown => users.find((user) => user.key === key)?.account['id'];
  const owner = idOf(scenario.owner);
  const own = { org_id: orgId, plan_id: id };
  await insertRows(db, 'plan', [{ org_id: orgId, id, title, type, description, owner_id: owner }]);
  await db.query(`select set_config('app.user_id', $1, true), set_config('app.plan_id', $2, true)`, [owner, id]);
  await insertRows(
    db,
    'plan_change',
    changes.map((change) => ({ ...own, ...change, cause: { tool: 'demo' } })),
  );
  if (comment)
    await insertRows(db, 'plan_comment', [{ ...own, id: id.replace('plan', 'cmt'), user_id: idOf(comment.by), body: comment.body }]);
  if (submitted) await db.query(SUBMIT, [orgId, id, owner]);
}

async function seedOrganization(db: EntityManager, tenantId: string, data: OrganizationData, members: Row[]): Promise<void> {
  await db.query(`select set_config('app.tenant_id', $1, true), set_config('app.org_id', $2, true)`, [tenantId, data.id]);
  await insertRows(db, 'organization', [data.organization]);
  for (const table of LIVE_TABLES) await insertRows(db, table, data.rows.tables[table]);
  await insertRows(db, 'membership', members);
  // The rules that wait for the commit are checked while this organization's rows are still the visible ones.
  await db.query('set constraints all immediate');
  await db.query('set constraints all deferred');
}

interface Account {
  account: Row;
  key: string;
  employeeId: string;
}

/** Each sign-in is a person of the first organization: the owner leads it, the others are spread over it. */
function accounts(plan: TenantPlan, first: OrganizationData, passwordHash: string, dice: Dice): Account[] {
  return Object.keys(plan.users).map((key, index) => {
    const person = first.people[Math.floor((index * first.people.length) / 7)] as { id: string; name: string };
    const email = `${key}@${plan.mailDomain}`;
    return {
      key,
      employeeId: person.id,
      account: { id: dice.id('usr'), email, email_norm: email, name: person.name, password_hash: passwordHash },
    };
  });
}

function memberships(plan: TenantPlan, organization: OrganizationData, users: readonly Account[], isFirst: boolean): Row[] {
  return users
    .filter((user) => isFirst || plan.everywhere.includes(user.key))
    .map((user) => ({
      org_id: organization.id,
      user_id: user.account['id'],
      role: plan.users[user.key],
      employee_id: isFirst ? user.employeeId : null,
    }));
}
