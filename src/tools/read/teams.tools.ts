import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { CostsService, seesCosts } from '../../costs';
import { ReadTool } from '../../mcp';
import { TeamsService } from '../../workforce';
import { GetOrgTree, GetTeamDetails, SearchTeams } from './teams.input';
import { OrgTree, TeamPage, TeamRecord } from './teams.output';

@Injectable()
export class TeamTools {
  constructor(
    private readonly teams: TeamsService,
    private readonly costs: CostsService,
  ) {}

  @ReadTool({
    name: 'search_teams',
    title: 'Search teams',
    description: 'Teams by name, type and place in the organization, with their parent, manager and headcount.',
    toolset: 'people',
    permissions: ['teams.read'],
    input: SearchTeams,
    output: TeamPage,
  })
  search(ctx: CallContext, input: SearchTeams): Promise<TeamPage> {
    return this.teams.search(ctx, input);
  }

  @ReadTool({
    name: 'get_team_details',
    title: 'Get team details',
    description: 'One team: manager, headcount, the lists asked for, and for who may see pay its planned cost in the fiscal year.',
    toolset: 'people',
    permissions: ['teams.read'],
    input: GetTeamDetails,
    output: TeamRecord,
  })
  async details(ctx: CallContext, input: GetTeamDetails): Promise<TeamRecord> {
    const { fiscalYear, redacted = [], ...team } = await this.teams.details(ctx, input.teamId, input.include, input.asOf);
    if (seesCosts(ctx)) {
      return { ...team, cost: await this.costs.team(ctx, team.team.id, fiscalYear), ...(redacted.length > 0 && { redacted }) };
    }
    return { ...team, redacted: [...redacted, 'cost'] };
  }

  @ReadTool({
    name: 'get_org_tree',
    title: 'Get the tree of teams',
    description: 'How teams are nested, depth first, with managers and headcounts.',
    toolset: 'people',
    permissions: ['teams.read'],
    input: GetOrgTree,
    output: OrgTree,
  })
  tree(ctx: CallContext, input: GetOrgTree): Promise<OrgTree> {
    return this.teams.tree(ctx, input);
  }
}
