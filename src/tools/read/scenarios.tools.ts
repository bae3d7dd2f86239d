import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { ScenariosService } from '../../scenarios';
import { ListScenarios } from './scenarios.input';
import { ScenarioPage } from './scenarios.output';

@Injectable()
export class ScenarioTools {
  constructor(private readonly scenarios: ScenariosService) {}

  @ReadTool({
    name: 'list_scenarios',
    title: 'List scenarios',
    description: 'What-if plans that the user may see, last changed first. Their ids are the planId of other tools.',
    aliases: ['scenario.list'],
    toolset: ['scenarios', 'scenario_writes'],
    permissions: ['scenarios.read'],
    input: ListScenarios,
    output: ScenarioPage,
  })
  list(ctx: CallContext, input: ListScenarios): Promise<ScenarioPage> {
    return this.scenarios.search(ctx, input);
  }
}
