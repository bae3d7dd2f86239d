import { hash } from '@node-rs/argon2';
import type { TestDatabase } from './database';

const PASSWORD = 'correct horse battery';
let passwordHash: Promise<string> | undefined;
let counter = 0;

/** Ids, slugs and addresses that no other test uses. */
function unique(prefix: string): string {
  counter += 1;
  return `${prefix}${process.pid.toString(36)}${counter.toString(36)}${Math.random().toString(36).slice(2, 6)}`;
}

export interface TestTenant {
  readonly id: string;
  readonly slug: string;
  readonly orgId: string;
  readonly orgName: string;
}

/** A customer with one organization, ready for MCP unless told otherwise. */
export async function createTenant(
  db: TestDatabase,
  options: { plan?: string; mcp?: boolean; slug?: string; name?: string } = {},
): Promise<TestTenant> {
  const slug = options.slug ?? unique('t');
  const tenant = { id: `tnt_${slug}`, slug, orgId: `org_${slug}`, orgName: options.name ?? `Org ${slug}` };
  const features = JSON.stringify({ mcp_external_access: options.mcp ?? true });
  await db.admin('insert into platform.tenant (id, slug, name, plan, features) values ($1, $2, $3, $4, $5)', [
    ...[tenant.id, slug, `Tenant ${slug}`, options.plan ?? 'business', features],
  ]);
  await createOrganization(db, tenant.id, tenant.orgId, tenant.orgName);
  return tenant;
}

export async function createOrganization(db: TestDatabase, tenantId: string, orgId: string, name: string): Promise<void> {
  await db.admin('insert into platform.organization (id, tenant_id, name) values ($1, $2, $3)', [orgId, tenantId, name]);
}

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** An account and, where organizations are given, its memberships with one role. */
export async function createUser(db: TestDatabase, role: string, ...orgIds: string[]): Promise<TestUser> {
  passwordHash ??= hash(PASSWORD);
  const id = `usr_${unique('u')}`;
  const email = `${id}@example.test`;
  await db.admin('insert into platform.app_user (id, email, email_norm, name, password_hash) values ($1, $2, $2, $3, $4)', [
    id,
    email,
    `Person ${id}`,
    await passwordHash,
  ]);
  for (const orgId of orgIds)
    await db.admin('insert into platform.membership (org_id, user_id, role) values ($1, $2, $3)', [orgId, id, role]);
  return { id, email, password: PASSWORD };
}
