import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { type ReadyResult, Resource } from '../../mcp';
import { guide, type GuideContents, MARKDOWN, SCENARIO_REVIEW_GUIDE } from './guides';
import { OneScenario } from './scenario-review.input';
import { ScenarioReviewTools } from './scenario-review.tools';

/** A resource has no second page: as much as a page can hold. */
const WHOLE = 100;

/** Scenarios, for clients that attach data instead of calling tools. */
@Injectable()
export class ScenarioResources {
  constructor(private readonly tools: ScenarioReviewTools) {}

  @Resource({
    name: 'scenario',
    uri: 'scenario://{planId}',
    title: 'Scenario',
    description: 'One scenario: status, owner, how much it changes, decisions, comments, review link.',
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: OneScenario,
  })
  scenario(ctx: CallContext, input: OneScenario): Promise<object> {
    return this.tools.get(ctx, input);
  }

  @Resource({
    name: 'scenario-diff',
    uri: 'scenario://{planId}/diff',
    title: 'Scenario: what it changes',
    description: 'The first 100 rows that a scenario changes, each field from and to; pay and amounts only for those who may see pay.',
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: OneScenario,
  })
  diff(ctx: CallContext, { planId }: OneScenario): Promise<object> {
    return this.tools.diff(ctx, { planId, onlyConflicts: false, limit: WHOLE });
  }

  @Resource({
    name: 'guide-scenario-review',
    uri: 'guide://scenario-review',
    title: 'Guide: reviewing a scenario',
    description: 'How a scenario is checked, brought up to live data and handed to the people who decide.',
    toolset: 'core',
    permissions: ['org.read'],
    mimeType: MARKDOWN,
  })
  guide(): Promise<ReadyResult<GuideContents>> {
    return guide('guide://scenario-review', SCENARIO_REVIEW_GUIDE);
  }
}
