import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { AiAgentChanges, PlanWriter } from '../../scenarios';
import { Written } from '../fields';
import { AddAiAgent, DeleteAiAgent, UpdateAiAgent } from './ai-agents.input';

@Injectable()
export class AiAgentScenarioTools {
  constructor(
    private readonly plans: PlanWriter,
    private readonly agents: AiAgentChanges,
  ) {}

  @ScenarioTool({
    name: 'add_ai_agent',
    title: 'Add AI agent to scenario',
    description: 'Plans an AI agent as a cost line: seats and tokens.',
    permissions: ['ai_agents.write'],
    toolset: 'scenario_writes',
    input: AddAiAgent,
    output: Written,
  })
  add(ctx: CallContext, input: AddAiAgent): Promise<Written> {
    return this.plans.write(ctx, this.agents.add(input));
  }

  @ScenarioTool({
    name: 'update_ai_agent',
    title: 'Update AI agent in scenario',
    description: 'Plans other seats, prices, tokens or days of an AI agent.',
    permissions: ['ai_agents.write'],
    toolset: 'scenario_writes',
    input: UpdateAiAgent,
    output: Written,
  })
  update(ctx: CallContext, input: UpdateAiAgent): Promise<Written> {
    return this.plans.write(ctx, this.agents.update(input));
  }

  @ScenarioTool({
    name: 'delete_ai_agent',
    title: 'Delete AI agent in scenario',
    description: 'Plans that an AI agent is dropped with its allocations; to end it on a day use update_ai_agent.',
    permissions: ['ai_agents.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteAiAgent,
    output: Written,
  })
  remove(ctx: CallContext, input: DeleteAiAgent): Promise<Written> {
    return this.plans.write(ctx, this.agents.remove(input.aiAgentId));
  }
}
