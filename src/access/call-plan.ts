import type { EntityManager } from 'typeorm';
import { ToolError } from './tool-error';

export type PlanStatus = 'DRAFT' | 'PENDING_APPROVAL' | 'APPROVED' | 'REJECTED' | 'MERGED' | 'ARCHIVED';

/** The scenario that a call reads or writes. */
export interface CallPlan {
  readonly id: string;
  readonly title: string;
  readonly status: PlanStatus;
  /** Rises with every change of the scenario. */
  readonly rev: number;
}

/** What a call that changes a scenario says besides what it is about. */
export interface PlanWrite {
  readonly tool: string;
  /** Whether the tool removes something, or much at once: what an organization may want to have confirmed. */
  readonly removes: boolean;
  readonly reason?: string;
  readonly dryRun: boolean;
  readonly idempotencyKey?: string;
  readonly confirmationToken?: string;
  /** Made by a person on a page of the product: neither switched off nor asked about with the changes of programs. */
  readonly byHand?: boolean;
  /** SHA-256 of the tool and of all other arguments. */
  readonly argumentsHash: string;
}

/** Row policies show the plans that the caller may see and no others (migrations/scenarios/plan-access.ts). */
const VISIBLE_PLAN = 'select id, title, status, rev from plan where org_id = $1 and id = $2';

/** @throws ToolError NOT_FOUND, the same for an unknown scenario and for one that the caller may not see */
export async function visiblePlan(db: EntityManager, orgId: string, planId: string, field = 'planId'): Promise<CallPlan> {
  const [plan] = await db.query<CallPlan[]>(VISIBLE_PLAN, [orgId, planId]);
  if (plan) return plan;
  throw new ToolError('NOT_FOUND', 'There is no such scenario, or it is not shared with you.', {
    hint: 'Find the right scenario with list_scenarios.',
    details: { field },
  });
}
