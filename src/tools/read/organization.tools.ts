import { Injectable } from '@nestjs/common';
import { can, usablePermissions, type WriteMode, writeModeOf } from '../../access';
import { type McpCall, ReadTool } from '../../mcp';
import type { Permission } from '../../permissions';
import { OrganizationContextService } from '../../workforce';
import { OrganizationOverview } from './organization.output';

@Injectable()
export class OrganizationTools {
  constructor(private readonly context: OrganizationContextService) {}

  @ReadTool({
    name: 'get_organization_context',
    title: 'Get organization context',
    description:
      'Call this first: currency, fiscal year, today, counts, ids of upper teams, places, cost centres and value streams, how fresh the data is, ' +
      'who the signed-in user is, and what to call next.',
    toolset: 'core',
    permissions: ['org.read'],
    output: OrganizationOverview,
  })
  async read(ctx: McpCall): Promise<OrganizationOverview> {
    const context = await this.context.read(ctx);
    const writeMode = writeModeOf(ctx.tenant, context.organization.writeMode);
    return { ...context, organization: { ...context.organization, writeMode }, me: me(ctx, writeMode), next: nextCalls(ctx) };
  }
}

function me(ctx: McpCall, writeMode: WriteMode): OrganizationOverview['me'] {
  return {
    name: ctx.userName,
    roles: [ctx.role],
    permissions: usablePermissions(ctx, writeMode),
    mayWriteScenarios: ctx.offers('create_scenario') && can(ctx, 'scenarios.write') && writeMode !== 'off',
  };
}

/** The way on, for those who may go it, at addresses that offer it. */
const NEXT: readonly [Permission[], string[], string][] = [
  [['people.read'], ['search_employees', 'get_employee_details'], 'people'],
  [['people.read', 'compensation.read'], ['rank_employees'], 'people by pay'],
  [['teams.read'], ['get_org_tree', 'search_teams', 'get_team_details'], 'teams'],
  [['contractors.read'], ['search_contractors'], 'who else works here'],
  [['vacancies.read'], ['search_vacancies'], 'who is wanted'],
  [['projects.read'], ['search_projects', 'get_project_details', 'find_projects_with_issues'], 'projects'],
  [['budgets.read'], ['get_budget_status'], 'budgets with plan and actual'],
  [['effort.read'], ['get_project_effort', 'get_team_effort', 'get_unattributed_effort'], 'what people worked on'],
  [['analytics.read', 'people.read'], ['org_summary', 'org_unit_metrics'], 'the main figures at once, of all or of one team'],
  [['analytics.read'], ['query_analytics'], 'any figure by team, place, role, period and more; list_metrics says which'],
  [['ai_usage.read'], ['get_ai_usage_summary', 'get_ai_spend_by_team'], 'what AI tools really cost'],
  [['scenarios.read'], ['list_scenarios', 'get_scenario'], 'what-if plans; their planId works in most tools'],
  [['org.read'], ['list_job_roles', 'get_reference_data'], 'further ids'],
  [['org.read'], ['get_my_access'], 'missing rights, and why'],
];

function nextCalls(ctx: McpCall): string[] {
  return NEXT.filter(([needed]) => needed.every((permission) => can(ctx, permission)))
    .map(([, tools, about]) => [tools.filter(ctx.offers), about] as const)
    .filter(([tools]) => tools.length > 0)
    .map(([tools, about]) => `${tools.join(', ')}: ${about}`);
}
