import type { PlanStatus } from '../../access';
import type { Permission } from '../../permissions';
import type { Problem } from './validation.service';

export type ReviewAct = 'submit' | 'withdraw' | 'approve' | 'reject' | 'archive' | 'reopen' | 'merge';

/** A scenario under its row lock, with what the rules of its review ask about. */
export interface LockedPlan {
  readonly id: string;
  readonly title: string;
  readonly status: PlanStatus;
  readonly rev: number;
  readonly contentHash: string;
  /** The content that was approved last; null while nothing was. */
  readonly approvedHash: string | null;
  readonly ownerId: string;
  readonly submittedBy: string | null;
  readonly assigned: boolean;
  /** Some of its changes are by whoever asks, whether or not it is still shared with them. */
  readonly wrote: boolean;
  readonly conflicts: number;
  readonly changes: number;
}

/** Who acts, with the rights that the role gives in the organization. */
export interface Reviewer {
  readonly userId: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** What somebody posts: the content they looked at, and why. */
export interface Decision {
  readonly contentHash: string;
  readonly reason?: string;
}

/** An act that the rules do not allow; the sentence is for the person who tried. */
export class ReviewRefused extends Error {
  override readonly name = 'ReviewRefused';

  constructor(
    message: string,
    /** What has to be mended first. */
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
  }
}

type Check = (plan: LockedPlan, by: Reviewer, decision: Decision) => string | undefined;

interface Rule {
  readonly from: readonly PlanStatus[];
  readonly to: PlanStatus;
  readonly checks: readonly Check[];
  /** Also refused for whatever a merge would fail on, with what its person can do about it. */
  readonly ifInvalid?: string;
}

const may =
  (permission: Permission): Check =>
  (_, { permissions }) =>
    permissions.has(permission) ? undefined : `Your role lacks the permission ${permission}.`;

const isEditor: Check = ({ ownerId, assigned }, { userId }) =>
  ownerId === userId || assigned ? undefined : 'Only the owner of the scenario and those it is assigned to can do that.';

const isEditorOrSubmitter: Check = (plan, by, decision) => (plan.submittedBy === by.userId ? undefined : isEditor(plan, by, decision));

/** Four eyes: who wrote it or handed it in does not decide on it. */
const isIndependent: Check = ({ ownerId, submittedBy, assigned, wrote }, { userId }) => {
  if (ownerId === userId || assigned || wrote)
    return 'Who works on a scenario cannot decide on it. Somebody else with the permission has to.';
  return submittedBy === userId ? 'You submitted this scenario, so somebody else has to decide on it.' : undefined;
};

const isWhatTheySaw: Check = ({ contentHash }, _, decision) =>
  contentHash === decision.contentHash ? undefined : 'The scenario has changed since you opened the page. Look at it again, then decide.';

const hasChanges: Check = ({ changes }) =>
  changes > 0 ? undefined : 'The scenario changes nothing yet, so there is nothing to decide on.';

const hasNoConflicts: Check = ({ conflicts }) =>
  conflicts === 0
    ? undefined
    : `${conflicts === 1 ? 'One row is' : `${conflicts} rows are`} in conflict with live data. Resolve the conflicts first.`;

const isWhatWasApproved: Check = ({ contentHash, approvedHash }) =>
  contentHash === approvedHash ? undefined : 'What was approved is not what the scenario holds now. It has to be approved again.';

const hasReason: Check = (_, __, { reason }) =>
  reason === undefined || reason.trim() === '' ? 'Say why: the owner needs to know what to change.' : undefined;

/** What each act takes and where it leads, in the order of a page's buttons; checked in this order, the first that fails is the answer. */
export const RULES: Readonly<Record<ReviewAct, Rule>> = {
  submit: {
    from: ['DRAFT', 'REJECTED'],
    to: 'PENDING_APPROVAL',
    checks: [may('scenarios.submit'), isEditor, isWhatTheySaw, hasChanges, hasNoConflicts],
    ifInvalid: 'Mend what is listed, or undo it, and submit the scenario again.',
  },
  merge: { from: ['APPROVED'], to: 'MERGED', checks: [may('scenarios.merge'), isWhatTheySaw, isWhatWasApproved, hasNoConflicts] },
  withdraw: { from: ['PENDING_APPROVAL', 'APPROVED'], to: 'DRAFT', checks: [isEditorOrSubmitter] },
  approve: {
    from: ['PENDING_APPROVAL'],
    to: 'APPROVED',
    checks: [may('scenarios.approve'), isIndependent, isWhatTheySaw, hasNoConflicts],
    ifInvalid: 'Reject it, so that its owner can mend what is listed and submit it again.',
  },
  reject: { from: ['PENDING_APPROVAL'], to: 'REJECTED', checks: [may('scenarios.approve'), isIndependent, isWhatTheySaw, hasReason] },
  archive: { from: ['DRAFT', 'REJECTED'], to: 'ARCHIVED', checks: [isEditor] },
  reopen: { from: ['ARCHIVED'], to: 'DRAFT', checks: [isEditor] },
};

/** Why an act is not possible, in a sentence; undefined where it is. */
export function refusalOf(act: ReviewAct, plan: LockedPlan, by: Reviewer, decision: Decision): string | undefined {
  const { from, checks } = RULES[act];
  if (!from.includes(plan.status)) return `A scenario that is ${STATUS_WORDS[plan.status]} cannot be ${PAST[act]}.`;
  for (const check of checks) {
    const refusal = check(plan, by, decision);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Why a merge cannot be taken back by a new draft. */
export function reversalRefusal(plan: LockedPlan, by: Reviewer): string | undefined {
  if (plan.status !== 'MERGED') return 'Only a scenario that has been merged can be reversed.';
  return may('scenarios.merge')(plan, by, { contentHash: '' });
}

export const STATUS_WORDS: Readonly<Record<PlanStatus, string>> = {
  DRAFT: 'a draft',
  PENDING_APPROVAL: 'waiting for approval',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  MERGED: 'merged',
  ARCHIVED: 'archived',
};

const PAST: Readonly<Record<ReviewAct, string>> = {
  submit: 'submitted',
  withdraw: 'withdrawn',
  approve: 'approved',
  reject: 'rejected',
  archive: 'archived',
  reopen: 'reopened',
  merge: 'merged',
};

/** What a person can do with a scenario as it is, the most likely first; a reason is still to be given. */
export function possibleActs(plan: LockedPlan, by: Reviewer): ReviewAct[] {
  const given: Decision = { contentHash: plan.contentHash, reason: 'given later' };
  return (Object.keys(RULES) as ReviewAct[]).filter((act) => refusalOf(act, plan, by, given) === undefined);
}

export function isReviewAct(text: string): text is ReviewAct {
  return Object.hasOwn(RULES, text);
}
