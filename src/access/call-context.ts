import type { EntityManager } from 'typeorm';
import type { Permission } from '../permissions';
import type { CallPlan, PlanWrite } from './call-plan';
import type { Caller, TenantState } from './request-access';

/** For whom a call acts, and the transaction it acts in. The first parameter of whatever acts for a user. */
export interface CallContext extends Caller {
  readonly requestId: string;
  /** Origin of the host that was asked: the tenant's own, or the bare one, which serves its members the same pages. */
  readonly issuer: string;
  readonly tenant: TenantState;
  /** The call's transaction; only its organization's rows are visible in it. */
  readonly db: EntityManager;
  /** The scenario whose world `db` reads; absent where that is live data. */
  readonly plan?: CallPlan;
  /** In a call that changes scenarios. */
  readonly write?: PlanWrite;
}

/** The page of a scenario or a record, at the host that was asked: the one that the caller's browser is known to reach. */
export function pageOf({ issuer }: Pick<CallContext, 'issuer'>, id: string): string {
  return `${issuer}/${id.startsWith('plan_') ? 'scenarios' : 'records'}/${id}`;
}

export function can(ctx: Pick<CallContext, 'permissions'>, permission: Permission): boolean {
  return ctx.permissions.has(permission);
}
