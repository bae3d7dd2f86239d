import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ProjectEffortService, TeamEffortService, UnattributedEffortService } from '../../effort';
import { ReadTool } from '../../mcp';
import { GetProjectEffort, GetTeamEffort, GetUnattributedEffort } from './effort.input';
import { ProjectEffort, TeamEffort, UnattributedEffort } from './effort.output';

/** What people really worked on; actuals, which no scenario has. */
@Injectable()
export class EffortTools {
  constructor(
    private readonly projects: ProjectEffortService,
    private readonly teams: TeamEffortService,
    private readonly unattributed: UnattributedEffortService,
  ) {}

  @ReadTool({
    name: 'get_project_effort',
    title: 'Get project effort',
    description:
      'Actual effort on one project by person, work item or month, beside the planned FTE; coverage is of those allocated to it.',
    toolset: 'work',
    permissions: ['effort.read', 'projects.read', 'people.read', 'contractors.read'],
    input: GetProjectEffort,
    output: ProjectEffort,
  })
  project(ctx: CallContext, input: GetProjectEffort): Promise<ProjectEffort> {
    return this.projects.read(ctx, input);
  }

  @ReadTool({
    name: 'get_team_effort',
    title: 'Get team effort',
    description: 'Actual effort of one team by project, with what is on no project and how complete the data is.',
    toolset: 'work',
    permissions: ['effort.read', 'teams.read', 'projects.read'],
    input: GetTeamEffort,
    output: TeamEffort,
  })
  team(ctx: CallContext, input: GetTeamEffort): Promise<TeamEffort> {
    return this.teams.read(ctx, input);
  }

  @ReadTool({
    name: 'get_unattributed_effort',
    title: 'Get unattributed effort',
    description: 'Effort on no project: unlinked work items (link them), non-project work (expected?), weeks not submitted (remind who).',
    toolset: 'work',
    permissions: ['effort.read', 'people.read', 'contractors.read'],
    input: GetUnattributedEffort,
    output: UnattributedEffort,
  })
  notOnProjects(ctx: CallContext, input: GetUnattributedEffort): Promise<UnattributedEffort> {
    return this.unattributed.read(ctx, input);
  }
}
