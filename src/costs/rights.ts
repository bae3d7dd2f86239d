import { type CallContext, can } from '../access';

/**
 * Whether what one team, project or budget costs may be told: two such sums (another day, a team less those below it) can
 * differ by one person's pay. Who sees costs but not pay asks query_analytics, whose groups are guarded (docs/adr/0036).
 */
export function seesCosts(caller: Pick<CallContext, 'permissions'>): boolean {
  return can(caller, 'financials.read') && can(caller, 'compensation.read');
}
