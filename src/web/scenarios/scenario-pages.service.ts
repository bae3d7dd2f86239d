import { Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CallContext, can, ToolError } from '../../access';
import { Pages } from '../../pages';
import {
  type Decision,
  type Difference,
  DifferencesService,
  isReviewAct,
  type LockedPlan,
  PlanWriter,
  Rebases,
  possibleActs,
  type Problem,
  reversalRefusal,
  ReversalService,
  ReviewRefused,
  ReviewService,
  type Scenario,
  ScenarioReading,
  type Step,
  Undo,
} from '../../scenarios';
import { textOf } from '../form';
import { PageContextService, type PageVisitor } from '../page-context.service';
import { RecentSignIn } from '../recent-sign-in.service';
import { chosen } from './conflicts.view';
import { ImpactService } from './impact.service';
import { type PageCaller, PageCallers } from '../page-caller.service';
import { MOST_PROBLEMS } from './problems.view';
import { confirmMerge, scenarioPage } from './scenario.view';

/** A request about one scenario. */
interface Wish {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visitor: PageVisitor;
  readonly planId: string;
}

const DIFFERENCES = 200;
const HISTORY = 100;
const NONE = { items: [], hasMore: false };

/** The page of one scenario, and what people do on it. */
@Injectable()
export class ScenarioPages {
  constructor(
    private readonly context: PageContextService,
    private readonly callers: PageCallers,
    private readonly reading: ScenarioReading,
    private readonly differences: DifferencesService,
    private readonly impact: ImpactService,
    private readonly reviews: ReviewService,
    private readonly plans: PlanWriter,
    private readonly rebases: Rebases,
    private readonly undoing: Undo,
    private readonly reversals: ReversalService,
    private readonly recent: RecentSignIn,
    private readonly pages: Pages,
  ) {}

  async show(wish: Wish, refused?: Error): Promise<void> {
    const { caller, scenario } = await this.find(wish);
    const { visitor, planId } = wish;
    const problems = refused instanceof ReviewRefused ? refused.problems : [];
    const plan = await this.reviews.look(caller, planId);
    const page = await this.callers.read(caller, async (ctx) => ({
      liveRev: await this.reading.liveRev(ctx),
      list: await this.differences.list(ctx, { planId, limit: DIFFERENCES }),
      wrong: problems.length > 0 ? await this.wrongRows(ctx, planId, problems) : [],
      conflicts: plan.conflicts > 0 ? await this.differences.list(ctx, { planId, limit: DIFFERENCES, onlyConflicts: true }) : NONE,
      history: await this.reading.history(ctx, planId, HISTORY),
    }));
    const view = {
      header: this.context.header(visitor),
      token: this.context.token(visitor, 'scenario'),
      scenario,
      // Those that something is wrong with come first, wherever they are in a long list.
      differences: [...new Map([...page.wrong, ...page.list.items].map((one) => [one.id, one])).values()],
      more: page.list.hasMore,
      redacted: page.list.redacted !== undefined,
      conflicts: { rows: page.conflicts.items, more: page.conflicts.hasMore, liveRev: page.liveRev },
      history: { entries: page.history.items, more: page.history.hasMore },
      editable: isEditable(plan, caller),
      impact: scenario.status === 'MERGED' ? [] : await this.impact.of(caller, planId),
      acts: possibleActs(plan, caller),
      mayReverse: reversalRefusal(plan, caller) === undefined,
      error: refused?.message,
      problems,
    };
    await this.pages.send(wish.reply, scenarioPage(view), { status: refused === undefined ? 200 : 409 });
  }

  private async wrongRows(ctx: CallContext, planId: string, problems: readonly Problem[]): Promise<Difference[]> {
    const ids = problems.slice(0, MOST_PROBLEMS).flatMap(({ id }) => id ?? []);
    return (await this.differences.list(ctx, { planId, limit: MOST_PROBLEMS, ids })).items;
  }

  async decide(wish: Wish, form: unknown): Promise<void> {
    const { caller, scenario } = await this.find(wish);
    const act = textOf(form, 'act') ?? '';
    if (!isReviewAct(act)) throw new NotFoundException();
    const decision: Decision = { contentHash: textOf(form, 'hash') ?? '', reason: textOf(form, 'reason')?.slice(0, 2000) };
    const confirmation = confirmMerge(scenario, decision, this.context.token(wish.visitor, 'scenario'));
    if (act === 'merge' && !(await this.recent.shown(wish, form, confirmation))) return;
    await this.settle(wish, this.reviews.act(caller, wish.planId, act, decision));
  }

  /** Leads to the draft that takes the merge back. */
  async reverse(wish: Wish): Promise<void> {
    const { caller } = await this.find(wish);
    await this.settle(wish, this.reversals.reverse(caller, wish.planId));
  }

  async comment(wish: Wish, body: string): Promise<void> {
    const { caller } = await this.find(wish);
    await this.settle(wish, this.reviews.comment(caller, wish.planId, body));
  }

  async rebase(wish: Wish, form: unknown): Promise<void> {
    const choice = chosen(form);
    const nothing = choice.resolutions.length === 0 && choice.keep === undefined;
    return nothing
      ? this.show(wish, new ReviewRefused('Choose what to keep of at least one conflict.'))
      : this.revise(wish, this.rebases.rebase(choice));
  }

  undo(wish: Wish, changeId: string): Promise<void> {
    return this.revise(wish, this.undoing.undo(changeId));
  }

  /** By the same writer as the changes that tools make. */
  private async revise(wish: Wish, step: Step): Promise<void> {
    const { caller } = await this.find(wish);
    const change = async (ctx: CallContext): Promise<void> => {
      if (!can(ctx, 'scenarios.write')) throw new ReviewRefused('Your role lacks the permission scenarios.write.');
      await this.plans.write(ctx, step);
    };
    await this.settle(wish, this.callers.write(caller, wish.planId, change));
  }

  /** Back to the page; a refusal is told on it. */
  private async settle(wish: Wish, done: Promise<string | void>): Promise<void> {
    try {
      const next = await done;
      this.pages.redirect(wish.reply, `/scenarios/${next ?? wish.planId}`);
    } catch (error) {
      if (!(error instanceof ReviewRefused || error instanceof ToolError)) throw error;
      return this.show(wish, error);
    }
  }

  /** The visitor's organization that has the scenario; a foreign one, or one that is not shared with them, is not there. */
  private async find({ request, visitor, planId }: Wish): Promise<{ caller: PageCaller; scenario: Scenario }> {
    const callers = await this.callers.of(visitor, request, 'scenarios.read');
    const one = await this.callers.first(callers, (ctx) => this.reading.get(ctx, planId));
    if (one === undefined) throw new NotFoundException();
    return { caller: one.caller, scenario: one.found };
  }
}

/** As the writer of scenarios sees it: who may change one, while it may be changed. */
function isEditable({ status, ownerId, assigned }: LockedPlan, caller: PageCaller): boolean {
  return (status === 'DRAFT' || status === 'REJECTED') && (ownerId === caller.userId || assigned) && can(caller, 'scenarios.write');
}
