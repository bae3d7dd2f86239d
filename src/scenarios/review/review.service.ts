import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { callScope } from '../../access';
import { type AuditEvent, AuditService } from '../../audit';
import { Database, newId } from '../../database';
import { applyPlan, beginMerge, mergeRefusal, moved } from './merge';
import { type Decision, type LockedPlan, refusalOf, type ReviewAct, type Reviewer, ReviewRefused, RULES } from './review-acts';
import { ScenarioValidation } from './validation.service';

/** A person at a page, in one of their organizations; never a token of any kind. */
export interface PageActor extends Reviewer {
  readonly orgId: string;
  readonly tenantId: string;
  readonly requestId: string;
  readonly ip: string;
}

const LOCKED_PLAN = `
  select p.id, p.title, p.status, p.rev, p.content_hash as "contentHash",
    (select r.content_hash from plan_review r where r.org_id = $1 and r.plan_id = p.id and r.act = 'approve' order by r.seq desc limit 1) as "approvedHash",
    p.owner_id as "ownerId", p.submitted_by as "submittedBy",
    exists (select from plan_assignee a where a.org_id = $1 and a.plan_id = p.id and a.user_id = $3) as assigned,
    exists (select from plan_change c where c.org_id = $1 and c.plan_id = p.id and c.cause->>'user' = $3) as wrote,
    (select count(*) from plan_state s where s.org_id = $1 and s.plan_id = p.id) as changes,
    (select count(*) from plan_state s where s.org_id = $1 and s.plan_id = p.id and s.conflicts <> '{}') as conflicts
  from plan p where p.org_id = $1 and p.id = $2`;

const MOVE = `update plan set status = $3, merged_at = case $3 when 'MERGED' then clock_timestamp() end, submitted_by = case $3 when 'PENDING_APPROVAL' then $4 when 'DRAFT' then null else submitted_by end
  where org_id = $1 and id = $2`;

const NOTE = `insert into plan_review (org_id, plan_id, act, user_id, rev, content_hash, reason) values ($1, $2, $3, $4, $5, $6, $7)`;

/** The human gate: what moves a scenario from status to status. Reached from the web pages only. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly validation: ScenarioValidation,
  ) {}

  /** @throws ReviewRefused with the reason; nothing is changed then */
  async act(actor: PageActor, planId: string, act: ReviewAct, decision: Decision): Promise<void> {
    const refusal =
      (await this.objection(actor, planId, act, decision)) ??
      (await this.move(actor, planId, act, decision).then(() => undefined, refusalIn));
    if (refusal === undefined) return;
    await this.audit.record(reviewed(actor, planId, act, 'refused'));
    throw refusal;
  }

  /** The scenario as the rules see it, to tell which acts are possible. Who may see it is for the caller to ask first. */
  look(actor: PageActor, planId: string): Promise<LockedPlan> {
    const { orgId, tenantId, userId } = actor;
    return this.database.app({ orgId, tenantId, userId }, (db) => planOf(db, actor, planId));
  }

  /** Who may see the scenario may speak about it; whether they may is for the caller to ask first. */
  async comment(actor: PageActor, planId: string, body: string): Promise<void> {
    const text = body.replace(/\r\n/g, '\n').trim();
    if (text === '' || text.length > 4000) throw new ReviewRefused('A comment has 1 to 4,000 characters.');
    const { orgId, tenantId, userId } = actor;
    await this.database.app({ orgId, tenantId, userId }, (db) =>
      db.query('insert into plan_comment (org_id, id, plan_id, user_id, body) values ($1, $2, $3, $4, $5)', [
        orgId,
        newId('cmt'),
        planId,
        userId,
        text,
      ]),
    );
  }

  /**
   * What a merge would fail on. It is asked before the scenario is locked, in its own world. It holds for what is decided on
   * nevertheless: both sides of it the content is what the person saw, and no content comes back once it has changed.
   */
  private async objection(actor: PageActor, planId: string, act: ReviewAct, decision: Decision): Promise<ReviewRefused | undefined> {
    const { ifInvalid } = RULES[act];
    if (ifInvalid === undefined || refusalOf(act, await this.look(actor, planId), actor, decision) !== undefined) return undefined;
    const { orgId } = actor;
    const all = { seesPay: true, seesMoney: true, seesPlans: 'all' } as const;
    const problems = await this.database.call({ ...callScope(actor, planId), ...all }, (db) =>
      this.validation.problems({ db, orgId }, planId),
    );
    return problems.length === 0 ? undefined : new ReviewRefused(`${counted(problems.length)} against it. ${ifInvalid}`, problems);
  }

  private move(actor: PageActor, planId: string, act: ReviewAct, decision: Decision): Promise<void> {
    const { orgId, tenantId, userId } = actor;
    return this.database.app({ orgId, tenantId, userId }, async (db) => {
      if (act === 'merge') await beginMerge(db, orgId);
      const plan = await lockedPlan(db, actor, planId);
      const refused = refusalOf(act, plan, actor, decision);
      if (refused !== undefined) throw new ReviewRefused(refused);
      if (act === 'merge') await this.merge(db, actor, plan);
      await db.query(MOVE, [orgId, planId, RULES[act].to, userId]);
      await db.query(NOTE, [orgId, planId, act, userId, plan.rev, plan.contentHash, decision.reason?.trim() || null]);
      await this.audit.recordIn(db, reviewed(actor, planId, act, 'ok'));
    });
  }

  private async merge(db: EntityManager, { orgId, userId }: PageActor, plan: LockedPlan): Promise<void> {
    await applyPlan(db, orgId, userId, plan);
    const problems = await this.validation.problemsOfMerge({ db, orgId }, plan.id);
    if (problems.length > 0) throw new ReviewRefused(moved(`${counted(problems.length)} against it.`), problems);
  }
}

function counted(problems: number): string {
  return problems === 1 ? 'One thing stands' : `${problems} things stand`;
}

function reviewed(
  { orgId, tenantId, userId, requestId, ip }: PageActor,
  plan: string,
  act: ReviewAct,
  outcome: 'ok' | 'refused',
): AuditEvent {
  const severity = outcome === 'ok' ? 'info' : 'medium';
  return { kind: 'scenario.reviewed', outcome, severity, orgId, tenantId, userId, requestId, ip, details: { act, plan } };
}

/** What a person can do something about; any other error is thrown on. */
function refusalIn(error: unknown): ReviewRefused {
  if (error instanceof ReviewRefused) return error;
  const refusal = mergeRefusal(error);
  if (refusal === undefined) throw error;
  return new ReviewRefused(refusal);
}

/** The scenario under a row lock, so that what is checked still holds when it is done. */
async function lockedPlan(db: EntityManager, actor: PageActor, planId: string): Promise<LockedPlan> {
  await db.query('select from plan where org_id = $1 and id = $2 for update', [actor.orgId, planId]);
  return planOf(db, actor, planId);
}

export async function planOf(db: EntityManager, { orgId, userId }: PageActor, planId: string): Promise<LockedPlan> {
  const [plan] = await db.query<LockedPlan[]>(LOCKED_PLAN, [orgId, planId, userId]);
  if (plan === undefined) throw new ReviewRefused('There is no such scenario.');
  return plan;
}
