import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { Discards, PlanWriter, Rebases, Undo } from '../../scenarios';
import { Written } from '../fields';
import { DiscardChanges, RebaseScenario, UndoChange } from './revision.input';

@Injectable()
export class RevisionScenarioTools {
  constructor(
    private readonly plans: PlanWriter,
    private readonly rebases: Rebases,
    private readonly undo: Undo,
    private readonly discards: Discards,
  ) {}

  @ScenarioTool({
    name: 'rebase_scenario',
    title: 'Rebase scenario',
    description:
      'Brings a scenario up to live data: takes over what moved, and settles conflicts by keeping the live or the planned value. Call get_scenario_conflicts first.',
    permissions: [],
    toolset: 'scenarios',
    input: RebaseScenario,
    output: Written,
  })
  rebase(ctx: CallContext, input: RebaseScenario): Promise<Written> {
    return this.plans.write(ctx, this.rebases.rebase(input));
  }

  @ScenarioTool({
    name: 'undo_scenario_change',
    title: 'Undo scenario change',
    description:
      'Takes back one change with all that the same call changed. Refused where a later change builds on it. An undo can be undone.',
    permissions: [],
    toolset: 'scenarios',
    input: UndoChange,
    output: Written,
  })
  undoChange(ctx: CallContext, { changeId }: UndoChange): Promise<Written> {
    return this.plans.write(ctx, this.undo.undo(changeId));
  }

  @ScenarioTool({
    name: 'discard_scenario_changes',
    title: 'Discard scenario changes',
    description: 'Takes changes out of a scenario: of one row, of a kind of rows, or all. Those rows are as they are live.',
    permissions: [],
    toolset: 'scenarios',
    removes: true,
    input: DiscardChanges,
    output: Written,
  })
  discard(ctx: CallContext, input: DiscardChanges): Promise<Written> {
    return this.plans.write(ctx, this.discards.discard(input));
  }
}
