import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { ScenarioActs, ScenarioCreation, type Step } from '../../scenarios';
import { Written } from '../fields';
import { ChangeTool } from './change-tool.decorator';
import { CommentOnScenario, CreateScenario, DeleteScenario, UpdateScenario } from './scenario.input';
import { CommentMade, ScenarioDeleted } from './scenario.output';

@Injectable()
export class ScenarioTools {
  constructor(
    private readonly scenarios: ScenarioCreation,
    private readonly acts: ScenarioActs,
  ) {}

  @ScenarioTool({
    name: 'create_scenario',
    title: 'Create scenario',
    description:
      'Starts a what-if plan, empty or as a copy. Its planId goes into every other change; live data stays as it is until people approve and merge it.',
    aliases: ['clone_scenario'],
    permissions: [],
    toolset: ['scenarios', 'scenario_writes'],
    input: CreateScenario,
    output: Written,
  })
  create(ctx: CallContext, input: CreateScenario): Promise<Written> {
    return this.scenarios.create(ctx, input);
  }

  @ChangeTool({
    name: 'update_scenario',
    title: 'Update scenario',
    description: 'Changes what a scenario is called, what it is for and who may edit it. Only its owner can share it.',
    permissions: [],
    toolset: 'scenarios',
    input: UpdateScenario,
  })
  update(_: CallContext, input: UpdateScenario): Step {
    return this.acts.describe(input);
  }

  @ScenarioTool({
    name: 'delete_scenario',
    title: 'Delete scenario',
    description: 'Deletes a draft of the user for good, with its history. Live data is not touched.',
    permissions: ['scenarios.read'],
    toolset: 'scenarios',
    removes: true,
    input: DeleteScenario,
    output: ScenarioDeleted,
  })
  remove(ctx: CallContext, { planId }: DeleteScenario): Promise<ScenarioDeleted> {
    return this.acts.remove(ctx, planId);
  }

  @ScenarioTool({
    name: 'comment_on_scenario',
    title: 'Comment on scenario',
    description: 'Leaves a comment for owner and reviewers, in the name of the user; get_scenario shows comments.',
    permissions: [],
    toolset: 'scenarios',
    input: CommentOnScenario,
    output: CommentMade,
  })
  comment(ctx: CallContext, { body }: CommentOnScenario): Promise<CommentMade> {
    return this.acts.comment(ctx, body);
  }
}
