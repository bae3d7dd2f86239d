import type { CallScope } from '../database';
import { can } from './call-context';
import type { Caller } from './request-access';

/** What the database lets a caller's transaction see; rights come from live data alone, whatever scenario is read. */
export function callScope(caller: Pick<Caller, 'orgId' | 'tenantId' | 'userId' | 'permissions'>, planId?: string): CallScope {
  const { orgId, tenantId, userId } = caller;
  return {
    orgId,
    tenantId,
    userId,
    seesPay: can(caller, 'compensation.read'),
    seesMoney: can(caller, 'financials.read'),
    seesPlans: can(caller, 'scenarios.read_all') ? 'all' : can(caller, 'scenarios.approve') ? 'submitted' : 'own',
    ...(planId !== undefined && { planId }),
  };
}
