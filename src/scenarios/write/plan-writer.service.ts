import { Injectable } from '@nestjs/common';
import type { CallContext, PlanStatus, PlanWrite, WriteMode } from '../../access';
import { pageOf, ToolError, visiblePlan } from '../../access';
import { seesCosts } from '../../costs';
import { Confirmation } from './confirmation.service';
import { Draft, Warning, WrittenEntity } from './draft';
import { type Impact, type Measured, type Outcome, outcome, tellsOfCost } from './impact';
import { invalid, notEditable, notYours, planError } from './plan-errors';
import { PlanRules } from './plan-rules.service';
import { again, remember, type Repeated, repeatedOf } from './requests';
import { before } from './sight';

/** Rows of the scenario below which live has moved since, and those of them where both say something else. */
export interface Drift {
  moved: number;
  conflicts: number;
}

/** What every tool answers that changes a scenario. */
export interface WriteAnswer {
  planId: string;
  planRev: number;
  changeIds: string[];
  entity: WrittenEntity;
  /** Of a call of several steps, or of one that created others besides, in their order. */
  entities?: WrittenEntity[];
  impact: Impact;
  warnings: Warning[];
  drift: Drift;
  reviewUrl: string;
  dryRun?: boolean;
}

/** One step of a call: puts changes into the draft and says what it was about. */
export type Step = (draft: Draft) => Promise<WrittenEntity>;

interface Done extends Measured {
  readonly entity: WrittenEntity;
}

/** Ids of changes that an answer lists. */
const MOST_IDS = 200;

interface Locked {
  readonly status: PlanStatus;
  readonly rev: number;
  readonly today: string;
  readonly writeMode: WriteMode;
  readonly overAllocation: 'warn' | 'block';
  readonly currency: string;
  readonly repeated: Repeated<WriteAnswer> | null;
}

/**
 * Holds the scenario until the transaction ends, so that two writers come one after the other. A row policy lets nobody
 * lock it but who may change it. $1 organization · $2 scenario
 */
const LOCK = `
  with locked as materialized (select p.status, p.rev from plan p where p.org_id = $1 and p.id = $2 for update)
  select locked.status, locked.rev, (clock_timestamp() at time zone o.time_zone)::date as today, o.write_mode as "writeMode",
    o.over_allocation as "overAllocation", o.reporting_currency as currency
  from locked join organization o on o.id = $1`;

/** Carries out what changes a scenario: checked, atomic, measured, and the same for every tool. */
@Injectable()
export class PlanWriter {
  constructor(
    private readonly rules: PlanRules,
    private readonly confirmation: Confirmation,
  ) {}

  /**
   * One step, or several that see each other and are all done or none.
   * @throws ToolError SCENARIO_NOT_EDITABLE, PERMISSION_DENIED, VALIDATION, CONFIRMATION_REQUIRED, TOOL_DISABLED
   */
  async write(ctx: CallContext, step: Step | readonly Step[]): Promise<WriteAnswer> {
    const { plan, write } = ctx;
    if (plan === undefined || write === undefined) throw new Error('A scenario is written by a scenario tool.');
    try {
      const locked = await this.lock(ctx, plan.id, write);
      if (locked.repeated) return shown(ctx, again(locked.repeated, write));
      const done =
        typeof step === 'function' ? [await this.carryOut(ctx, plan.id, locked, step)] : await this.inTurn(ctx, plan.id, locked, step);
      // Costs are rebuilt at the end of a transaction, or when somebody asks.
      if (seesCosts(ctx)) await ctx.db.query('set constraints all immediate');
      const answer = this.tell(ctx, plan.id, done, await outcome(ctx, done, locked.currency));
      const removes = write.removes || done.some(({ draft }) => draft.removes);
      this.confirmation.require(locked.writeMode, ctx, { ...write, removes }, locked.rev, answer);
      await remember(ctx, answer);
      return answer;
    } catch (error) {
      throw planError(error);
    }
  }

  /** @throws ToolError PERMISSION_DENIED, NOT_FOUND, TOOL_DISABLED, SCENARIO_NOT_EDITABLE */
  async lock(ctx: CallContext, planId: string, write: PlanWrite): Promise<Locked> {
    const [row] = await ctx.db.query<Omit<Locked, 'repeated'>[]>(LOCK, [ctx.orgId, planId]);
    if (row === undefined) {
      await visiblePlan(ctx.db, ctx.orgId, planId); // not where its deletion was waited for
      throw notYours();
    }
    // Asked once the lock is held: a call with the same key may have been waited for.
    const locked = { ...row, repeated: await repeatedOf<WriteAnswer>(ctx, write) };
    this.confirmation.allow(locked.writeMode, ctx);
    if (!locked.repeated && locked.status !== 'DRAFT' && locked.status !== 'REJECTED') throw notEditable(locked.status);
    return locked;
  }

  /** An error says at which of them. */
  private async inTurn(ctx: CallContext, planId: string, locked: Locked, steps: readonly Step[]): Promise<Done[]> {
    const done: Done[] = [];
    for (const step of steps) {
      try {
        done.push(await this.carryOut(ctx, planId, locked, step));
      } catch (error) {
        throw numbered(planError(error), done.length + 1, steps.length);
      }
    }
    return done;
  }

  private async carryOut(ctx: CallContext, planId: string, locked: Locked, step: Step): Promise<Done> {
    const draft = new Draft(ctx, planId, locked.today);
    const entity = await step(draft);
    if (draft.changes.length === 0 && !draft.mayBeEmpty) throw invalid('There is nothing to change: pass at least one field that differs.');
    const seen = await before(draft, seesCosts(ctx));
    await draft.append();
    for (const check of draft.checks) await check();
    await this.rules.hold(draft);
    const subjects = seen.subjects.map(({ id }) => id);
    await this.rules.allocations(draft, subjects, locked.overAllocation === 'block');
    return { draft, entity, before: seen };
  }

  private tell(ctx: CallContext, planId: string, done: readonly Done[], { rev, impact, warnings, moved, conflicts }: Outcome): WriteAnswer {
    const entities = done.flatMap(({ entity, draft }) => [entity, ...draft.besides]);
    return {
      planId,
      planRev: rev,
      changeIds: done.flatMap(({ draft }) => draft.changes.map(({ id }) => id)).slice(0, MOST_IDS),
      entity: done.length === 1 ? done[0]!.entity : { type: 'scenario', id: planId },
      ...(entities.length > 1 && { entities }),
      impact,
      warnings: [...done.flatMap(({ draft }) => draft.warnings), ...warnings],
      drift: { moved, conflicts },
      reviewUrl: pageOf(ctx, planId),
      ...(ctx.write?.dryRun && { dryRun: true }),
    };
  }
}

/** A kept answer outlasts rights, and may be asked for by another program of the same person: what they may not see now is left out. */
function shown(ctx: CallContext, answer: WriteAnswer): WriteAnswer {
  if (seesCosts(ctx)) return answer;
  const { asOf, headcount, fte } = answer.impact;
  return { ...answer, impact: { asOf, headcount, fte }, warnings: answer.warnings.filter((warning) => !tellsOfCost(warning)) };
}

interface Named {
  readonly field?: string;
  readonly fields?: readonly { readonly field: string }[];
}

/** Fields are named by where they stand in the call. */
function numbered(error: unknown, number: number, of: number): unknown {
  if (!(error instanceof ToolError)) return error;
  const { details, ...extras } = error.extras;
  const { field, fields } = (details ?? {}) as Named;
  const at = (name: string): string => `changes[${number - 1}].arguments.${name}`;
  const message = of === 1 ? error.message : `Change ${number} of ${of}: ${error.message}`;
  return new ToolError(error.code, message, {
    ...extras,
    details: {
      ...details,
      ...(field !== undefined && { field: at(field) }),
      ...(fields && { fields: fields.map((one) => ({ ...one, field: at(one.field) })) }),
      change: number,
    },
  });
}
