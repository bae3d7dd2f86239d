import { Injectable } from '@nestjs/common';
import { type CallContext, can, missingPermissions, ToolError } from '../../access';
import { Catalogue, ScenarioTool, validate } from '../../mcp';
import { PlanWriter, type Step } from '../../scenarios';
import { Written } from '../fields';
import { ApplyChanges, type OneOfSeveral } from './together.input';

@Injectable()
export class TogetherScenarioTools {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly plans: PlanWriter,
  ) {}

  @ScenarioTool({
    name: 'apply_scenario_changes',
    title: 'Apply scenario changes',
    description: 'Up to 50 changes as one call: all are done, or none. Each is a tool such as add_team with its arguments.',
    permissions: [],
    toolset: 'scenario_writes',
    removes: true,
    input: ApplyChanges,
    output: Written,
  })
  apply(ctx: CallContext, { planId, changes }: ApplyChanges): Promise<Written> {
    const made: (string | undefined)[] = [];
    return this.plans.write(
      ctx,
      changes.map((change, at) => this.step(ctx, planId, change, at, made)),
    );
  }

  /** Arguments are checked in its turn: they may name what an earlier change makes. */
  private step(ctx: CallContext, planId: string, { tool, arguments: given }: OneOfSeveral, at: number, made: (string | undefined)[]): Step {
    const callable = this.catalogue.tool(tool);
    if (callable?.declaration.toolset !== 'scenario_writes' || tool === 'apply_scenario_changes')
      throw new ToolError('VALIDATION', `changes[${at}].tool: there is no such tool that changes a scenario.`, {
        hint: 'Such tools begin with add_, update_, delete_, move_, terminate_, allocate_ or fill_.',
        details: { fields: [{ field: `changes[${at}].tool`, problem: 'is no tool that changes a scenario' }] },
      });
    const { input, permissions } = callable.declaration;
    const missing = permissions.filter((permission) => !can(ctx, permission));
    if (missing.length > 0) throw missingPermissions(ctx, missing);
    return async (draft) => {
      draft.tool = callable.declaration.name;
      const step = callable.bare(ctx as never, validate(input!, { ...named(given, made), planId })) as Step;
      const entity = await step(draft);
      made[at] = entity.id;
      return entity;
    };
  }
}

/** "$2" is the id that the second change has made. */
function named(given: Readonly<Record<string, unknown>>, made: readonly (string | undefined)[]): object {
  const one = (value: unknown): unknown => {
    const [, number] = (typeof value === 'string' && /^\$(\d+)$/.exec(value)) || [];
    return number === undefined ? value : (made[Number(number) - 1] ?? value);
  };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? value.map(one) : one(value)]));
}
