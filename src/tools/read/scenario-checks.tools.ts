import { Injectable } from '@nestjs/common';
import { type CallContext, ToolError } from '../../access';
import { ReadTool } from '../../mcp';
import { ComparisonService, ScenarioValidation } from '../../scenarios';
import { mustBeInOrder } from '../../workforce';
import { CompareScenarios, ValidateScenario } from './scenario-checks.input';
import { ScenariosCompared, ScenarioValidated } from './scenario-checks.output';

/** What a scenario comes to, and what stands against it, before people decide. */
@Injectable()
export class ScenarioCheckTools {
  constructor(
    private readonly validation: ScenarioValidation,
    private readonly comparison: ComparisonService,
  ) {}

  @ReadTool({
    name: 'validate_scenario',
    title: 'Validate scenario',
    description:
      'All that would be refused when a scenario is submitted or merged, and what is doubtful in it. Call it before handing it in.',
    toolset: 'scenarios',
    permissions: ['scenarios.read'],
    input: ValidateScenario,
    output: ScenarioValidated,
  })
  validate(ctx: CallContext, _: ValidateScenario): Promise<ScenarioValidated> {
    return this.validation.validate(ctx);
  }

  @ReadTool({
    name: 'compare_scenarios',
    title: 'Compare scenarios',
    description:
      'Live and up to four scenarios side by side: people, FTE, vacancies, cost, rows changed; by default after the next 12 months.',
    toolset: 'scenarios',
    permissions: ['scenarios.read', 'analytics.read'],
    input: CompareScenarios,
    output: ScenariosCompared,
  })
  compare(ctx: CallContext, { planIds, from, to }: CompareScenarios): Promise<ScenariosCompared> {
    if ((from === undefined) !== (to === undefined))
      throw new ToolError('VALIDATION', 'from and to go together.', { details: { fields: [{ field: 'from', problem: 'goes with to' }] } });
    mustBeInOrder({ from, to });
    return this.comparison.compare(ctx, planIds, from !== undefined && to !== undefined ? { from, to } : undefined);
  }
}
