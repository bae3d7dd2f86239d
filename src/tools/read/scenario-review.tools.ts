import { Injectable } from '@nestjs/common';
import { type CallContext, pageOf, visiblePlan } from '../../access';
import { ReadTool } from '../../mcp';
import { DifferencesService, ScenarioReading } from '../../scenarios';
import { DiffOfScenario, OneScenario, PagesOfScenario } from './scenario-review.input';
import { ReviewLink, ScenarioConflicts, ScenarioDiff, ScenarioHistory, ScenarioRecord } from './scenario-review.output';

/** What is to be done next, and by whom. */
const NEXT: Readonly<Record<ScenarioRecord['status'], string>> = {
  DRAFT: 'The owner looks it over and submits it for approval.',
  PENDING_APPROVAL: 'Somebody with the permission to approve, other than its owner and its submitter, approves or rejects it.',
  APPROVED: 'Somebody with the permission to merge makes it live.',
  REJECTED: 'The owner reads the reason, changes it and submits it again.',
  MERGED: 'Nothing: it is live.',
  ARCHIVED: 'The owner may reopen it.',
};

/** How scenarios are reviewed from a client; deciding on them is left to people, on the page. */
@Injectable()
export class ScenarioReviewTools {
  constructor(
    private readonly reading: ScenarioReading,
    private readonly differences: DifferencesService,
  ) {}

  @ReadTool({
    name: 'get_scenario',
    title: 'Get scenario',
    description: 'One scenario: status, owner, how many rows it touches and how many are in conflict, decisions, comments, review link.',
    toolset: ['scenarios', 'scenario_writes'],
    permissions: ['scenarios.read'],
    input: OneScenario,
    output: ScenarioRecord,
  })
  async get(ctx: CallContext, { planId }: OneScenario): Promise<ScenarioRecord> {
    const { contentHash: _, ...scenario } = await this.reading.get(ctx, planId);
    return { ...scenario, changes: await this.differences.counts(ctx, planId), reviewUrl: pageOf(ctx, planId) };
  }

  @ReadTool({
    name: 'get_scenario_diff',
    title: 'Get scenario diff',
    description: 'What a scenario changes against live, row by row with each field from and to. Pay and amounts need compensation.read.',
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: DiffOfScenario,
    output: ScenarioDiff,
  })
  async diff(ctx: CallContext, input: DiffOfScenario): Promise<ScenarioDiff> {
    await visiblePlan(ctx.db, ctx.orgId, input.planId);
    return this.differences.list(ctx, input);
  }

  @ReadTool({
    name: 'get_scenario_conflicts',
    title: 'Get scenario conflicts',
    description:
      'Fields whose live value moved since they were planned, as planned against, as live now, as the scenario has it. Resolve each with rebase_scenario.',
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: PagesOfScenario,
    output: ScenarioConflicts,
  })
  async conflicts(ctx: CallContext, input: PagesOfScenario): Promise<ScenarioConflicts> {
    const liveRev = await this.reading.liveRev(ctx);
    return { ...(await this.diff(ctx, { ...input, onlyConflicts: true })), liveRev };
  }

  @ReadTool({
    name: 'scenario_history',
    title: 'Scenario history',
    description: 'Every change of a scenario, newest first: what, by whom, through which tool, why.',
    aliases: ['scenario.history'],
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: PagesOfScenario,
    output: ScenarioHistory,
  })
  async history(ctx: CallContext, { planId, limit, cursor }: PagesOfScenario): Promise<ScenarioHistory> {
    await visiblePlan(ctx.db, ctx.orgId, planId);
    return this.reading.history(ctx, planId, limit, cursor);
  }

  @ReadTool({
    name: 'get_scenario_review_link',
    title: 'Get scenario review link',
    description: 'The page where people compare, submit, approve and merge a scenario, and whose turn it is. No tool can do that for them.',
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: OneScenario,
    output: ReviewLink,
  })
  async link(ctx: CallContext, { planId }: OneScenario): Promise<ReviewLink> {
    const { status } = await visiblePlan(ctx.db, ctx.orgId, planId);
    return { planId, reviewUrl: pageOf(ctx, planId), status, next: NEXT[status] };
  }
}
