import { Injectable } from '@nestjs/common';
import { type CallContext, pageOf, ToolError, visiblePlan } from '../access';
import { newId } from '../database';
import { brokenRule, Confirmation, invalid, once, PlanWriter, type Step } from './write';

export interface Description {
  readonly title?: string;
  readonly type?: string;
  readonly description?: string;
  /** Members besides the owner who may edit it, by id or e-mail address: all of them. */
  readonly assignees?: readonly string[];
}

export interface DeletedScenario {
  planId: string;
  title: string;
  /** Changes that went with it. */
  changes: number;
  dryRun?: boolean;
}

export interface NewComment {
  planId: string;
  commentId: string;
  reviewUrl: string;
  dryRun?: boolean;
}

const DESCRIBE = `update plan set title = coalesce($3, title), type = coalesce($4, type), description = coalesce($5, description)
  where org_id = $1 and id = $2 returning title`;

/** $1 scenario · $2 share or delete · $3 with whom (migrations/scenario-acts). */
const ACT = `insert into plan_act (plan_id, act, members) values ($1, $2, $3)`;

const COMMENT = `insert into plan_comment (org_id, id, plan_id, user_id, body) values ($1, $2, $3, $4, $5)`;

/** What is done to a scenario as a whole; its content changes by steps (write/plan-writer.service.ts). */
@Injectable()
export class ScenarioActs {
  constructor(
    private readonly writer: PlanWriter,
    private readonly confirmation: Confirmation,
  ) {}

  describe({ title, type, description, assignees }: Description): Step {
    return async (draft) => {
      if ([title, type, description, assignees].every((one) => one === undefined))
        throw invalid('There is nothing to change: pass title, type, description or assignees.');
      draft.mayBeEmpty = true;
      const { db, orgId } = draft.ctx;
      if (assignees !== undefined) await db.query(ACT, [draft.planId, 'share', assignees]).catch(refused);
      const parameters = [orgId, draft.planId, title ?? null, type ?? null, description ?? null];
      const [[plan]] = await db.query<[{ title: string }[]]>(DESCRIBE, parameters);
      return { type: 'scenario', id: draft.planId, name: plan?.title };
    };
  }

  /** Nothing of it is left, its history included, but this answer for who repeats the call. */
  remove(ctx: CallContext, planId: string): Promise<DeletedScenario> {
    return once(ctx, this.confirmation, async (_, write) => {
      const { title } = await visiblePlan(ctx.db, ctx.orgId, planId);
      const { rev, writeMode } = await this.writer.lock(ctx, planId, write);
      const answer = { planId, title, changes: rev, ...(write.dryRun && { dryRun: true }) };
      this.confirmation.require(writeMode, ctx, write, rev, answer);
      await ctx.db.query(ACT, [planId, 'delete', null]).catch(refused);
      return answer;
    });
  }

  /** Whoever sees a scenario may speak about it, whatever its status. */
  comment(ctx: CallContext, body: string): Promise<NewComment> {
    return once(ctx, this.confirmation, async (_, write) => {
      const { db, orgId, userId, plan } = ctx;
      if (plan === undefined) throw new Error('A comment is about a scenario.');
      const commentId = newId('cmt');
      await db.query(COMMENT, [orgId, commentId, plan.id, userId, body]);
      return { planId: plan.id, commentId, reviewUrl: pageOf(ctx, plan.id), ...(write.dryRun && { dryRun: true }) };
    });
  }
}

/** Only the owner has these rights; who may edit along has not. */
function refused(error: unknown): never {
  const { constraint } = brokenRule(error);
  if (constraint === 'plan_act_member')
    throw new ToolError('NOT_FOUND', 'Some of the assignees are no members of this organization.', {
      hint: 'Members are named by their e-mail address or their id (usr_…).',
      details: { field: 'assignees' },
    });
  if (constraint !== 'plan_act_owner') throw error;
  throw new ToolError('PERMISSION_DENIED', 'Only its owner can share or delete a scenario, and only while it is a draft.', {
    hint: 'Tell the user whose it is: get_scenario names the owner.',
  });
}
