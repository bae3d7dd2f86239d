import type { Permission } from '../permissions';

/** A tenant as the gates see it. */
export interface TenantState {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: string;
  readonly features: Readonly<Record<string, boolean>>;
}

/** Who calls, through which connection, with which rights; read anew for each request. */
export interface Caller {
  readonly tenantId: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly userId: string;
  readonly userName: string;
  readonly role: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** Rights of the user that this connection leaves out. */
  readonly withheld: readonly Permission[];
  /** When the access token ends, in seconds since 1970: no stream outlives it. */
  readonly expiresAt: number;
}

/** Why a request has no caller: no token, a token of ours for another host, or any other unusable token. */
export type TokenProblem = 'absent' | 'foreign' | 'invalid';

/** What the gates found out about a request, before any handler runs. */
export interface RequestAccess {
  /** `https://acme.example.com`: issuer, and origin of every URL that the request's answers name. */
  readonly issuer: string;
  /** The tenant's id, or `bare`: clients, codes, tokens and browser sessions belong to one realm. */
  readonly realm: string;
  readonly bare: boolean;
  /** On the bare host known only once a token names it. */
  readonly tenant?: TenantState;
  readonly caller?: Caller;
  readonly tokenProblem?: TokenProblem;
  /** The protocol version of the MCP session that the request names; null where it is not an open one of the caller's. */
  readonly sessionVersion?: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    access: RequestAccess;
  }
}
