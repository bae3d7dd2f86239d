import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type CallContext, callScope, type TenantState, ToolError, visiblePlan } from '../access';
import { Database } from '../database';
import type { Visitor } from '../identity';
import type { Permission } from '../permissions';
import { type Membership, MembershipsService } from '../tenants';
import type { PageActor } from '../scenarios';

/** A signed-in person in one of their organizations, with what the role there allows. */
export interface PageCaller extends PageActor {
  readonly userName: string;
  readonly membership: Membership;
  /** Origin of the host that the page is of. */
  readonly issuer: string;
}

/** Lets pages read as their visitor: the same transaction, row policies and rights as an MCP call of the same person. */
@Injectable()
export class PageCallers {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipsService,
  ) {}

  /**
   * The visitor in each of their organizations on this host; none for who has not signed in.
   * @param permission leaves out those where they lack it
   */
  async of(visitor: Visitor, { access, id, ip }: FastifyRequest, permission?: Permission): Promise<readonly PageCaller[]> {
    if (visitor.session === undefined) return [];
    const { user } = visitor.session;
    const memberships = await this.memberships.of(user.id, access.bare ? undefined : access.tenant?.id);
    return memberships
      .filter(({ permissions }) => permission === undefined || permissions.has(permission))
      .map((membership) => ({
        userId: user.id,
        userName: user.name,
        orgId: membership.orgId,
        tenantId: membership.tenantId,
        permissions: membership.permissions,
        membership,
        issuer: access.issuer,
        requestId: id,
        ip,
      }));
  }

  /** What `read` finds in the first of the organizations that has it. What is not there and what the visitor may not see are the same to a page. */
  async first<T>(
    callers: readonly PageCaller[],
    read: (ctx: CallContext) => Promise<T | undefined>,
  ): Promise<{ caller: PageCaller; found: T } | undefined> {
    for (const caller of callers) {
      const found = await this.read(caller, read).catch(nothing);
      if (found !== undefined) return { caller, found };
    }
    return undefined;
  }

  /** @param planId reads this scenario's world instead of live data */
  read<T>(caller: PageCaller, work: (ctx: CallContext) => Promise<T>, planId?: string): Promise<T> {
    return this.database.call(callScope(caller, planId), (db) => work({ ...callerOf(caller), db }));
  }

  /** Changes a scenario as a tool would, by the same door. */
  write<T>(caller: PageCaller, planId: string, work: (ctx: CallContext) => Promise<T>): Promise<T> {
    return this.database.call({ ...callScope(caller, planId), write: 'keep' }, async (db) =>
      work({ ...callerOf(caller), db, plan: await visiblePlan(db, caller.orgId, planId), write: BY_HAND }),
    );
  }
}

/** A change made on a page: nothing of a client's, and no confirmation but the page itself. */
const BY_HAND = { tool: 'page', removes: false, dryRun: false, byHand: true, argumentsHash: '' } as const;

/** Pages have no connection and no scopes: nothing narrows what the person may do. */
function callerOf({ membership, userId, userName, requestId, issuer }: PageCaller): Omit<CallContext, 'db'> {
  const { tenantId, tenantSlug, tenantName, orgId, orgName, role, permissions } = membership;
  const tenant: TenantState = { id: tenantId, slug: tenantSlug, name: tenantName, plan: '', features: {} };
  return {
    ...{ tenantId, orgId, orgName, userId, userName, role, permissions, requestId, issuer, tenant },
    ...{ grantId: '', clientId: '', clientName: 'Flowstate', scopes: [], withheld: [], expiresAt: 0 },
  };
}

function nothing(error: unknown): undefined {
  if (!(error instanceof ToolError)) throw error;
}
