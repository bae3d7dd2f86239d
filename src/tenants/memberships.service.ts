import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { effectivePermissions, type Permission } from '../permissions';
import { MCP_IS_OPEN } from './plans';
import { RolesService } from './roles.service';
import { required } from './tenancy-error';

const INSERT = 'insert into platform.membership (org_id, user_id, role) values ($1, $2, $3) on conflict do nothing returning user_id';
const UPDATE = 'update platform.membership set role = $3 where org_id = $1 and user_id = $2 returning user_id';
const DELETE = 'delete from platform.membership where org_id = $1 and user_id = $2 returning user_id';
/** Otherwise a membership that comes back would revive every old connection, without anybody's consent. */
const END_CONNECTIONS = `update platform.oauth_grant set revoked_at = clock_timestamp(), revoked_reason = 'membership ended'
  where org_id = $1 and user_id = $2 and revoked_at is null`;
/** $1 user · $2 tenant, or null for all. Of suspended tenants none. */
const OF_USER = `select o.id as "orgId", o.name as "orgName", t.id as "tenantId", t.slug as "tenantSlug", t.name as "tenantName", m.role,
    ${MCP_IS_OPEN} as "mcpOpen",
    r.permissions as "rolePermissions", m.direct_grants as "directGrants"
  from platform.membership m
  join platform.organization o on o.id = m.org_id
  join platform.tenant t on t.id = o.tenant_id
  left join platform.role r on r.org_id = m.org_id and r.name = m.role
  where m.user_id = $1 and ($2::text is null or t.id = $2) and t.status = 'active'
  order by t.name, o.name, o.id`;

interface Row extends Omit<Membership, 'permissions'> {
  readonly rolePermissions: readonly string[] | null;
  readonly directGrants: readonly string[];
}

/** An organization that an account belongs to, and what it may do there in person. */
export interface Membership {
  readonly orgId: string;
  readonly orgName: string;
  readonly tenantId: string;
  readonly tenantSlug: string;
  readonly tenantName: string;
  readonly role: string;
  /** Whether MCP clients can reach it. */
  readonly mcpOpen: boolean;
  readonly permissions: ReadonlySet<Permission>;
}

const NO_MEMBER = 'This account is not a member of the organization.';

/** Who belongs to an organization, and as what. Changes are in force with the next request of the account's connections. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly database: Database,
    private readonly roles: RolesService,
  ) {}

  async add(orgId: string, userId: string, role: string): Promise<void> {
    await this.roles.assertExists(orgId, role);
    const rows = await this.database.app({ orgId }, (db) => db.query<unknown[]>(INSERT, [orgId, userId, role]));
    required(rows[0], 'This account is a member of the organization already; change its role with "member set-role".');
  }

  /** @param tenantId only organizations of this tenant */
  async of(userId: string, tenantId?: string): Promise<readonly Membership[]> {
    const rows = await this.database.app({ userId, tenantId }, (db) => db.query<Row[]>(OF_USER, [userId, tenantId ?? null]));
    return rows.map(({ rolePermissions, directGrants, ...membership }) => ({
      ...membership,
      permissions: effectivePermissions(membership.role, rolePermissions, directGrants, []),
    }));
  }

  async setRole(orgId: string, userId: string, role: string): Promise<void> {
    await this.roles.assertExists(orgId, role);
    const [rows] = await this.database.app({ orgId }, (db) => db.query<[unknown[]]>(UPDATE, [orgId, userId, role]));
    required(rows[0], NO_MEMBER);
  }

  /** Ends the membership and, for good, the account's connections to the organization. */
  async remove(orgId: string, userId: string): Promise<void> {
    await this.database.app({ orgId, userId }, async (db) => {
      const [rows] = await db.query<[unknown[]]>(DELETE, [orgId, userId]);
      required(rows[0], NO_MEMBER);
      await db.query(END_CONNECTIONS, [orgId, userId]);
    });
  }
}
