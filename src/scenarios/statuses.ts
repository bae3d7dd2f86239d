import type { PlanStatus } from '../access';

/** In the order of a scenario's life. */
export const SCENARIO_STATUSES = [
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'REJECTED',
  'MERGED',
  'ARCHIVED',
] as const satisfies readonly PlanStatus[];
