import { Injectable } from '@nestjs/common';
import type { RequestAccess } from '../access';
import { Database } from '../database';
import { effectivePermissions } from '../permissions';
import { MCP_PLANS } from '../tenants';

/** An organization that the user may connect an MCP client to. */
export interface ConnectableOrganization {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly tenantName: string;
}

/** A membership with what its role and grants come to. */
export interface Standing {
  readonly role: string;
  readonly role_permissions: readonly string[] | null;
  readonly direct_grants: readonly string[];
}

interface Row extends Standing {
  readonly id: string;
  readonly name: string;
  readonly tenant_id: string;
  readonly tenant_name: string;
}

/** The gates of wire.md §1 for the bare host, where no host name has passed them. */
export const MCP_IS_OPEN = `t.status = 'active' and t.plan in (${MCP_PLANS.map((plan) => `'${plan}'`).join(', ')})
  and (t.features ->> 'mcp_external_access')::boolean is true`;

const MEMBERSHIPS = `select o.id, o.name, t.id as tenant_id, t.name as tenant_name, m.role, r.permissions as role_permissions, m.direct_grants
  from platform.membership m
  join platform.organization o on o.id = m.org_id
  join platform.tenant t on t.id = o.tenant_id
  left join platform.role r on r.org_id = m.org_id and r.name = m.role
  where m.user_id = $1 and ($2::text is null or t.id = $2) and ${MCP_IS_OPEN}
  order by t.name, o.name, o.id`;

@Injectable()
export class ConnectableOrganizationsService {
  constructor(private readonly database: Database) {}

  /** Those of the host's tenant, or on the bare host of every tenant, where the user holds connections.authorize. */
  async of(userId: string, { tenant, bare }: Pick<RequestAccess, 'tenant' | 'bare'>): Promise<readonly ConnectableOrganization[]> {
    const tenantId = bare ? undefined : tenant?.id;
    const rows = await this.database.app({ userId, tenantId }, (db) => db.query<Row[]>(MEMBERSHIPS, [userId, tenantId ?? null]));
    return rows.filter(mayConnect).map((row) => ({ id: row.id, name: row.name, tenantId: row.tenant_id, tenantName: row.tenant_name }));
  }
}

export function mayConnect({ role, role_permissions, direct_grants }: Standing): boolean {
  return effectivePermissions(role, role_permissions, direct_grants, []).has('connections.authorize');
}
