import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { PlanWriter, TeamChanges } from '../../scenarios';
import { Written } from '../fields';
import { AddTeam, DeleteTeam, UpdateTeam } from './teams.input';

@Injectable()
export class TeamScenarioTools {
  constructor(
    private readonly plans: PlanWriter,
    private readonly teams: TeamChanges,
  ) {}

  @ScenarioTool({
    name: 'add_team',
    title: 'Add team to scenario',
    description: 'Plans a new team, on top or below another one.',
    permissions: ['teams.write'],
    toolset: 'scenario_writes',
    input: AddTeam,
    output: Written,
  })
  add(ctx: CallContext, input: AddTeam): Promise<Written> {
    return this.plans.write(ctx, this.teams.add(input));
  }

  @ScenarioTool({
    name: 'update_team',
    title: 'Update team in scenario',
    description: 'Plans changes of a team: its name, place in the tree, manager or cost centre.',
    permissions: ['teams.write'],
    toolset: 'scenario_writes',
    input: UpdateTeam,
    output: Written,
  })
  update(ctx: CallContext, input: UpdateTeam): Promise<Written> {
    return this.plans.write(ctx, this.teams.update(input));
  }

  @ScenarioTool({
    name: 'delete_team',
    title: 'Delete team in scenario',
    description: 'Plans that a team ceases to be. One with allocations or sub-teams needs reassignToTeamId or cascade.',
    permissions: ['teams.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteTeam,
    output: Written,
  })
  remove(ctx: CallContext, input: DeleteTeam): Promise<Written> {
    return this.plans.write(ctx, this.teams.remove(input));
  }
}
