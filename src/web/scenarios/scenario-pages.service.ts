import { Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visitor } from '../../identity';
import { Pages } from '../../pages';
import {
  type Decision,
  DifferencesService,
  isReviewAct,
  possibleActs,
  ReviewRefused,
  ReviewService,
  type Scenario,
  ScenarioReading,
} from '../../scenarios';
import { textOf } from '../form';
import { PageContextService } from '../page-context.service';
import { RecentSignIn } from '../recent-sign-in.service';
import { ImpactService } from './impact.service';
import { type PageCaller, PageCallers } from '../page-caller.service';
import { confirmMerge, scenarioPage } from './scenario.view';

/** A request about one scenario. */
interface Wish {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly visitor: Visitor;
  readonly planId: string;
}

const DIFFERENCES = 200;
const HISTORY = 100;

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
    private readonly recent: RecentSignIn,
    private readonly pages: Pages,
  ) {}

  async show(wish: Wish, error?: string): Promise<void> {
    const { caller, scenario } = await this.find(wish);
    const { visitor, planId } = wish;
    const page = await this.callers.read(caller, async (ctx) => ({
      list: await this.differences.list(ctx, { planId, limit: DIFFERENCES }),
      history: await this.reading.history(ctx, planId, HISTORY),
    }));
    const view = {
      header: this.context.header(visitor),
      token: this.context.token(visitor, 'scenario'),
      scenario,
      differences: page.list.items,
      more: page.list.hasMore,
      redacted: page.list.redacted !== undefined,
      history: page.history.items,
      impact: scenario.status === 'MERGED' ? [] : await this.impact.of(caller, planId),
      acts: possibleActs(await this.reviews.look(caller, planId), caller),
      error,
    };
    await this.pages.send(wish.reply, scenarioPage(view), { status: error === undefined ? 200 : 409 });
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

  async comment(wish: Wish, body: string): Promise<void> {
    const { caller } = await this.find(wish);
    await this.settle(wish, this.reviews.comment(caller, wish.planId, body));
  }

  /** Back to the page; a refusal is told on it. */
  private async settle(wish: Wish, done: Promise<void>): Promise<void> {
    try {
      await done;
    } catch (error) {
      if (!(error instanceof ReviewRefused)) throw error;
      return this.show(wish, error.message);
    }
    this.pages.redirect(wish.reply, `/scenarios/${wish.planId}`);
  }

  /** The visitor's organization that has the scenario; a foreign one, or one that is not shared with them, is not there. */
  private async find({ request, visitor, planId }: Wish): Promise<{ caller: PageCaller; scenario: Scenario }> {
    const callers = await this.callers.of(visitor, request, 'scenarios.read');
    const one = await this.callers.first(callers, (ctx) => this.reading.get(ctx, planId));
    if (one === undefined) throw new NotFoundException();
    return { caller: one.caller, scenario: one.found };
  }
}
