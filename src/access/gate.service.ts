import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Config } from '../config';
import { Database } from '../database';
import { effectivePermissions } from '../permissions';
import { AccessClaims, AccessTokens } from './access-tokens';
import type { RequestHost } from './host';
import type { Caller, RequestAccess, TenantState, TokenProblem } from './request-access';

/** A row of platform.gate: everything about a request that can change from one request to the next. */
interface GateRow {
  tenant_id: string | null;
  tenant_slug: string;
  tenant_name: string;
  tenant_status: string;
  plan: string;
  features: Record<string, boolean>;
  grant_id: string | null;
  grant_realm: string;
  grant_tenant_id: string;
  grant_revoked: boolean;
  client_id: string;
  client_name: string;
  narrowed: boolean;
  org_id: string | null;
  org_name: string;
  user_id: string;
  user_name: string;
  user_status: string;
  role: string | null;
  role_permissions: string[] | null;
  direct_grants: string[] | null;
  session_version: string | null;
}

/** What a request brings to the gates. */
export interface Credentials {
  readonly bearer?: string;
  readonly sessionId?: string;
}

const GATE = 'select * from platform.gate($1, $2, $3)';

/** Bare-host connections are bound to a tenant by their grant, not by the host. */
const BARE_REALM = 'bare';

@Injectable()
export class GateService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly tokens: AccessTokens,
  ) {}

  /**
   * Signature first (CPU only), then one indexed statement for all that can change, so that a toggle, a revocation or
   * a changed role is in force on the next request everywhere, with no cache to invalidate.
   *
   * @returns undefined for an unknown or suspended tenant
   */
  async read(host: RequestHost, credentials: Credentials): Promise<RequestAccess | undefined> {
    const bare = host.kind === 'bare';
    const issuer = this.config.origin(bare ? undefined : host.slug);
    const claims = credentials.bearer === undefined ? undefined : await this.tokens.verify(issuer, credentials.bearer);
    const session = credentials.sessionId === undefined ? null : sessionHash(credentials.sessionId);
    if (bare && claims === undefined) return { issuer, realm: BARE_REALM, bare, tokenProblem: await this.problemOf(credentials) };

    const [row] = await this.database.gate<GateRow>(GATE, [bare ? null : host.slug, claims?.gid ?? null, claims && session]);
    if (row?.tenant_id == null) return bare ? { issuer, realm: BARE_REALM, bare, tokenProblem: 'invalid' } : undefined;
    if (row.tenant_status !== 'active') return undefined;

    const realm = bare ? BARE_REALM : row.tenant_id;
    const caller = claims && callerOf(claims, row, realm);
    return {
      issuer,
      realm,
      bare,
      tenant: tenantOf(row, row.tenant_id),
      ...(caller ? { caller } : { tokenProblem: claims ? 'invalid' : await this.problemOf(credentials) }),
      ...(credentials.sessionId !== undefined && { sessionVersion: row.session_version }),
    };
  }

  /** The same question again, for a stream that stays open: is this connection still allowed, and how? */
  async recheck(access: RequestAccess): Promise<RequestAccess | undefined> {
    const { caller, bare, tenant } = access;
    if (!caller || !tenant) return undefined;
    const [row] = await this.database.gate<GateRow>(GATE, [bare ? null : tenant.slug, caller.grantId, null]);
    if (row?.tenant_id == null || row.tenant_status !== 'active') return undefined;
    const claims = {
      sub: caller.userId,
      client_id: caller.clientId,
      scope: caller.scopes.join(' '),
      tid: caller.tenantId,
      org: caller.orgId,
      gid: caller.grantId,
      exp: caller.expiresAt,
    };
    const now = callerOf(claims, row, access.realm);
    return now && { ...access, tenant: tenantOf(row, row.tenant_id), caller: now };
  }

  private async problemOf({ bearer }: Credentials): Promise<TokenProblem> {
    if (bearer === undefined) return 'absent';
    return (await this.tokens.isOurs(bearer)) ? 'foreign' : 'invalid';
  }
}

/** Session ids are stored hashed; they find a session, they never authenticate (MCP-3). */
export function sessionHash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

function tenantOf(row: GateRow, id: string): TenantState {
  return { id, slug: row.tenant_slug, name: row.tenant_name, plan: row.plan, features: row.features };
}

/** Each claim is held against the stored grant on its own: a token that names another tenant anywhere is worthless (AT-3). */
function callerOf(claims: AccessClaims, row: GateRow, realm: string): Caller | undefined {
  const bound =
    row.grant_id === claims.gid && row.grant_realm === realm && row.grant_tenant_id === claims.tid && row.tenant_id === claims.tid;
  const same = row.org_id === claims.org && row.user_id === claims.sub && row.client_id === claims.client_id;
  if (!bound || !same || row.grant_revoked || row.user_status !== 'active' || row.role === null) return undefined;
  const scopes = claims.scope.split(' ');
  const { role_permissions: custom, direct_grants: direct } = row;
  const held = effectivePermissions(row.role, custom, direct, []);
  const permissions = effectivePermissions(row.role, custom, direct, scopes, row.narrowed);
  return {
    tenantId: claims.tid,
    orgId: claims.org,
    orgName: row.org_name,
    userId: claims.sub,
    userName: row.user_name,
    role: row.role,
    grantId: claims.gid,
    clientId: claims.client_id,
    clientName: row.client_name,
    scopes,
    permissions,
    withheld: [...held].filter((permission) => !permissions.has(permission)),
    expiresAt: claims.exp,
  };
}
