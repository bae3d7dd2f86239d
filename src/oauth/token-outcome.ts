import type { EntityManager } from 'typeorm';
import { effectivePermissions } from '../permissions';
import { MCP_IS_OPEN } from '../tenants';
import { OAuthError } from './oauth-error';

/** The grant behind a code or refresh token, with all that may have changed since. */
export interface TokenGrant {
  readonly id: string;
  readonly tenantId: string;
  readonly orgId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
}

/** What one transaction at the token endpoint came to. A reuse is an outcome, not an error: its revocation must be committed. */
export type TokenOutcome =
  | { readonly grant: TokenGrant; readonly scopes: readonly string[]; readonly refreshToken: string }
  | { readonly reused: { readonly grantId: string; readonly tenantId: string; readonly what: 'code' | 'refresh token' } };

interface Standing {
  readonly role: string;
  readonly role_permissions: readonly string[] | null;
  readonly direct_grants: readonly string[];
  user_active: boolean;
  tenant_active: boolean;
  open: boolean;
}

const STANDING = `select u.status = 'active' as user_active, t.status = 'active' as tenant_active, ${MCP_IS_OPEN} as open, m.role, m.direct_grants,
    r.permissions as role_permissions
  from platform.app_user u
  join platform.tenant t on t.id = $2
  join platform.membership m on m.user_id = u.id and m.org_id = $3
  left join platform.role r on r.org_id = m.org_id and r.name = m.role
  where u.id = $1`;

/**
 * Whether the user may still have this connection: account, tenant, membership and connections.authorize, read in the
 * transaction that is about to issue tokens (LOGIN-5, RT-13). Nothing has been consumed when it refuses.
 */
export async function checkStanding(db: EntityManager, grant: TokenGrant): Promise<void> {
  await db.query("select set_config('app.org_id', $1, true), set_config('app.user_id', $2, true)", [grant.orgId, grant.userId]);
  const [now] = await db.query<Standing[]>(STANDING, [grant.userId, grant.tenantId, grant.orgId]);
  if (!now?.user_active || !now.tenant_active || !mayConnect(now)) throw ended();
  // Tenant hosts have passed this gate already; on the bare host the grant is the first to name the tenant.
  if (!now.open) throw new OAuthError('mcp_disabled', 'MCP external access is not enabled for this organization');
}

function mayConnect({ role, role_permissions, direct_grants }: Standing): boolean {
  return effectivePermissions(role, role_permissions, direct_grants, []).has('connections.authorize');
}

function ended(): OAuthError {
  return new OAuthError('invalid_grant', 'The user may not use this connection any more.');
}
