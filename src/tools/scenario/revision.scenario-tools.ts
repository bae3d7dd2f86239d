import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Discards, Rebases, Undo, type Step } from '../../scenarios';
import { ChangeTool } from './change-tool.decorator';
import { DiscardChanges, RebaseScenario, UndoChange } from './revision.input';

@Injectable()
export class RevisionScenarioTools {
  constructor(
    private readonly rebases: Rebases,
    private readonly undo: Undo,
    private readonly discards: Discards,
  ) {}

  @ChangeTool({
    name: 'rebase_scenario',
    title: 'Rebase scenario',
    description:
      'Brings a scenario up to live data: takes over what moved, and settles conflicts by keeping the live or the planned value. Call get_scenario_conflicts first.',
    permissions: [],
    toolset: 'scenarios',
    input: RebaseScenario,
  })
  rebase(_: CallContext, input: RebaseScenario): Step {
    return this.rebases.rebase(input);
  }

  @ChangeTool({
    name: 'undo_scenario_change',
    title: 'Undo scenario change',
    description:
      'Takes back one change with all that the same call changed. Refused where a later change builds on it. An undo can be undone.',
    permissions: [],
    toolset: 'scenarios',
    input: UndoChange,
  })
  undoChange(_: CallContext, { changeId }: UndoChange): Step {
    return this.undo.undo(changeId);
  }

  @ChangeTool({
    name: 'discard_scenario_changes',
    title: 'Discard scenario changes',
    description: 'Takes changes out of a scenario: of one row, of a kind of rows, or all. Those rows are as they are live.',
    permissions: [],
    toolset: 'scenarios',
    removes: true,
    input: DiscardChanges,
  })
  discard(_: CallContext, input: DiscardChanges): Step {
    return this.discards.discard(input);
  }
}
