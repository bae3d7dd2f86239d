/** What happened, in one word each; the SIEM mapping hangs on these. */
export type AuditKind =
  | 'mcp.request'
  | 'mcp.stream'
  | 'auth.failure'
  | 'rate_limit.open'
  | 'sign_in'
  | 'sign_in.lockout'
  | 'sign_out'
  | 'client.registered'
  | 'grant.created'
  | 'grant.denied'
  | 'grant.revoked'
  | 'token.issued'
  | 'token.refused'
  | 'token.reuse'
  | 'tenant.created'
  | 'tenant.changed'
  | 'organization.created'
  | 'organization.changed'
  | 'user.created'
  | 'user.changed'
  | 'role.changed'
  | 'member.changed'
  | 'key.rotated'
  | 'scenario.reviewed'
  | 'live.edited'
  | 'scim.request'
  | 'scim.connected'
  | 'scim.revoked'
  | 'data.imported'
  | 'demo.seeded';

export type Severity = 'info' | 'medium' | 'high';

/** One line of the audit trail. Ids and argument names only: never a salary, a token or free text (wire.md §6). */
export interface AuditEvent {
  readonly kind: AuditKind;
  readonly outcome: 'ok' | 'refused' | 'failed';
  /** Default: info. */
  readonly severity?: Severity;
  readonly tenantId?: string;
  readonly orgId?: string;
  readonly userId?: string;
  readonly clientId?: string;
  readonly clientName?: string;
  readonly grantId?: string;
  readonly requestId?: string;
  readonly rpcMethod?: string;
  readonly tool?: string;
  readonly argumentNames?: readonly string[];
  readonly errorCode?: string;
  readonly httpStatus?: number;
  readonly latencyMs?: number;
  readonly ip?: string;
  readonly userAgent?: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}
