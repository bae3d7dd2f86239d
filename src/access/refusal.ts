import { MCP_PLANS } from '../tenants';
import type { RequestAccess } from './request-access';
import type { Surface } from './surface';

/** An answer given instead of the one asked for: status, JSON body, headers. */
export interface Refusal {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the audit trail. */
  readonly code: string;
}

export const NOT_FOUND: Refusal = {
  status: 404,
  body: { error: 'not_found', error_description: 'There is nothing at this address.' },
  code: 'not_found',
};

const MCP_DISABLED: Refusal = {
  status: 403,
  body: { error: 'mcp_disabled', error_description: 'MCP external access is not enabled for this organization' },
  code: 'mcp_disabled',
};

export const UNAVAILABLE: Refusal = {
  status: 503,
  body: { error: 'temporarily_unavailable', error_description: 'Flowstate cannot reach its database. Try again in a few seconds.' },
  headers: { 'retry-after': '5' },
  code: 'temporarily_unavailable',
};

/** The tenant's gates in their order (wire.md §1): toggle, then plan. Without a tenant (bare host, nobody signed in) they wait. */
export function tenantRefusal(access: Pick<RequestAccess, 'tenant'>): Refusal | undefined {
  const { tenant } = access;
  if (tenant === undefined) return undefined;
  if (tenant.features['mcp_external_access'] !== true) return MCP_DISABLED;
  return MCP_PLANS.some((plan) => plan === tenant.plan) ? undefined : NOT_FOUND;
}

/** X-Tenant may only repeat what the host or the token already says. */
export function tenantHeaderRefusal(access: RequestAccess, header: string | undefined): Refusal | undefined {
  if (header === undefined || access.tenant === undefined || header.toLowerCase() === access.tenant.slug) return undefined;
  return {
    status: 400,
    body: { error: 'invalid_request', error_description: 'X-Tenant names another tenant than this connection. Leave it out.' },
    code: 'tenant_mismatch',
  };
}

const FOREIGN_ORIGIN: Refusal = {
  status: 403,
  body: {
    error: 'origin_not_allowed',
    error_description: 'This browser origin may not use MCP here. An operator can list it in MCP_ALLOWED_ORIGINS.',
  },
  code: 'origin_not_allowed',
};

export function originRefusal(origin: string | undefined, own: string, allowed: (origin: string) => boolean): Refusal | undefined {
  return origin === undefined || origin === own || allowed(origin) ? undefined : FOREIGN_ORIGIN;
}

/** Refusals of the protocol endpoint speak JSON-RPC, except the documented literal ones; -32000 has no id to answer to. */
export function bodyFor(surface: Surface | undefined, refusal: Refusal): unknown {
  const literal = refusal === MCP_DISABLED || refusal.status === 401 || refusal.code === 'insufficient_scope' || 'jsonrpc' in refusal.body;
  if (surface !== 'protocol' || literal) return refusal.body;
  return { jsonrpc: '2.0', error: { code: -32000, message: refusal.body['error_description'] }, id: null };
}
