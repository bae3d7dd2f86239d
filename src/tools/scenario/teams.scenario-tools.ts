import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { TeamChanges, type Step } from '../../scenarios';
import { ChangeTool } from './change-tool.decorator';
import { AddTeam, DeleteTeam, UpdateTeam } from './teams.input';

@Injectable()
export class TeamScenarioTools {
  constructor(private readonly teams: TeamChanges) {}

  @ChangeTool({
    name: 'add_team',
    title: 'Add team to scenario',
    description: 'Plans a new team, on top or below another one.',
    permissions: ['teams.write'],
    toolset: 'scenario_writes',
    input: AddTeam,
  })
  add(_: CallContext, input: AddTeam): Step {
    return this.teams.add(input);
  }

  @ChangeTool({
    name: 'update_team',
    title: 'Update team in scenario',
    description: 'Plans changes of a team: its name, place in the tree, manager or cost centre.',
    permissions: ['teams.write'],
    toolset: 'scenario_writes',
    input: UpdateTeam,
  })
  update(_: CallContext, input: UpdateTeam): Step {
    return this.teams.update(input);
  }

  @ChangeTool({
    name: 'delete_team',
    title: 'Delete team in scenario',
    description: 'Plans that a team ceases to be. One with allocations or sub-teams needs reassignToTeamId or cascade.',
    permissions: ['teams.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteTeam,
  })
  remove(_: CallContext, input: DeleteTeam): Step {
    return this.teams.remove(input);
  }
}
