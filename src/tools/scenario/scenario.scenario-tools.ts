import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { ScenarioCreation } from '../../scenarios';
import { Written } from '../fields';
import { CreateScenario } from './scenario.input';

@Injectable()
export class ScenarioTools {
  constructor(private readonly scenarios: ScenarioCreation) {}

  @ScenarioTool({
    name: 'create_scenario',
    title: 'Create scenario',
    description:
      'Starts a what-if plan, empty or as a copy. Its planId goes into every other change; live data stays as it is until people approve and merge it.',
    permissions: [],
    toolset: 'scenarios',
    input: CreateScenario,
    output: Written,
  })
  create(ctx: CallContext, input: CreateScenario): Promise<Written> {
    return this.scenarios.create(ctx, input);
  }
}
