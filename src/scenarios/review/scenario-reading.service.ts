import { Injectable } from '@nestjs/common';
import { type CallContext, can, type PlanStatus, ToolError } from '../../access';
import { Cursors, type Page, toPage } from '../../workforce';
import type { Entity } from '../entities';
import { HISTORY, INBOX, SCENARIO } from './scenario-reading.sql';

/** Without a name where they are no member any more. */
export interface Member {
  id: string;
  name?: string;
}

export interface ScenarioDecision {
  act: string;
  by: Member;
  reason?: string;
  rev: number;
  at: string;
}

export interface ScenarioComment {
  id: string;
  by: Member;
  body: string;
  at: string;
}

/** A scenario with what was decided and said about it, the latest 50 of each, newest first. */
export interface Scenario {
  id: string;
  title: string;
  type: string;
  description?: string;
  status: PlanStatus;
  rev: number;
  /** SHA-256 over the changes in order; '' while there are none. An approval is good for this content only. */
  contentHash: string;
  owner: Member;
  submittedBy?: Member;
  sourcePlanId?: string;
  /** The merged scenario that this one takes back. */
  reversesPlanId?: string;
  createdAt: string;
  updatedAt: string;
  mergedAt?: string;
  /** Of the organization, as the merge left it. */
  mergedLiveRev?: number;
  /** Scenarios that take this one back. */
  reversedBy?: string[];
  assignees: Member[];
  decisions: ScenarioDecision[];
  comments: ScenarioComment[];
}

export interface HistoryEntry {
  seq: number;
  changeId: string;
  /** The first change of those that were made together, and are undone together. */
  step: string;
  /** It was taken back; to undo it again changes nothing. */
  undone: boolean;
  op: string;
  entity: Entity;
  id: string;
  fields?: string[];
  reason?: string;
  tool?: string;
  by: Member;
  at: string;
}

export const INBOX_BOXES = ['toDecide', 'toMerge', 'drafts', 'waiting', 'decided', 'discussed'] as const;
export type InboxBox = (typeof INBOX_BOXES)[number];

export interface InboxItem {
  id: string;
  title: string;
  status: PlanStatus;
  owner: Member;
  rev: number;
  /** Comments of others in the last 30 days. */
  remarks: number;
  updatedAt: string;
}

/** What is known about a scenario besides its changes. `ctx.db` reads the live world. */
@Injectable()
export class ScenarioReading {
  /** @throws ToolError NOT_FOUND, the same for an unknown scenario and for one that the caller may not see */
  async get(ctx: CallContext, planId: string): Promise<Scenario> {
    const [row] = await ctx.db.query<{ scenario: Scenario }[]>(SCENARIO, [ctx.orgId, planId]);
    if (row) return row.scenario;
    throw new ToolError('NOT_FOUND', 'There is no such scenario, or it is not shared with you.', {
      hint: 'Find the right one with list_scenarios.',
      details: { field: 'planId' },
    });
  }

  /** Rises with every change of live data; read before what is compared with live, so that a later change of live shows. */
  async liveRev({ db, orgId }: CallContext): Promise<number> {
    const [{ liveRev }] = await db.query<[{ liveRev: number }]>('select live_rev::integer as "liveRev" from organization where id = $1', [
      orgId,
    ]);
    return liveRev;
  }

  /** Newest change first. Changes of pay are left out for who may not see pay. */
  async history(ctx: CallContext, planId: string, limit: number, cursor?: string): Promise<Page<HistoryEntry>> {
    const cursors = new Cursors(ctx, 'scenario history', { planId, limit, cursor }, 1);
    const before = cursors.read(cursor)?.key[0];
    const rows = await ctx.db.query<{ seq: number; change: HistoryEntry }[]>(HISTORY, [ctx.orgId, planId, before ?? null, limit + 1]);
    return toPage(
      rows,
      limit,
      ({ change }) => change,
      ({ seq, change }) => cursors.write({ day: change.at.slice(0, 10), key: [String(seq)] }),
    );
  }

  async inbox(ctx: CallContext): Promise<Record<InboxBox, { total: number; items: InboxItem[] }>> {
    const rows = await ctx.db.query<{ box: InboxBox; total: number; item: InboxItem }[]>(INBOX, [
      ctx.orgId,
      ctx.userId,
      can(ctx, 'scenarios.approve'),
      can(ctx, 'scenarios.merge'),
    ]);
    const boxes = INBOX_BOXES.map((box) => {
      const own = rows.filter((row) => row.box === box);
      return [box, { total: own[0]?.total ?? 0, items: own.map(({ item }) => item) }] as const;
    });
    return Object.fromEntries(boxes) as Record<InboxBox, { total: number; items: InboxItem[] }>;
  }
}
