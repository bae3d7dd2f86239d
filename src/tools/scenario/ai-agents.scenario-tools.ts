import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { AiAgentChanges, type Step } from '../../scenarios';
import { ChangeTool } from './change-tool.decorator';
import { AddAiAgent, DeleteAiAgent, UpdateAiAgent } from './ai-agents.input';

@Injectable()
export class AiAgentScenarioTools {
  constructor(private readonly agents: AiAgentChanges) {}

  @ChangeTool({
    name: 'add_ai_agent',
    title: 'Add AI agent to scenario',
    description: 'Plans an AI agent as a cost line: seats and tokens.',
    permissions: ['ai_agents.write'],
    toolset: 'scenario_writes',
    input: AddAiAgent,
  })
  add(_: CallContext, input: AddAiAgent): Step {
    return this.agents.add(input);
  }

  @ChangeTool({
    name: 'update_ai_agent',
    title: 'Update AI agent in scenario',
    description: 'Plans other seats, prices, tokens or days of an AI agent.',
    permissions: ['ai_agents.write'],
    toolset: 'scenario_writes',
    input: UpdateAiAgent,
  })
  update(_: CallContext, input: UpdateAiAgent): Step {
    return this.agents.update(input);
  }

  @ChangeTool({
    name: 'delete_ai_agent',
    title: 'Delete AI agent in scenario',
    description: 'Plans that an AI agent is dropped with its allocations; to end it on a day use update_ai_agent.',
    permissions: ['ai_agents.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteAiAgent,
  })
  remove(_: CallContext, input: DeleteAiAgent): Step {
    return this.agents.remove(input.aiAgentId);
  }
}
