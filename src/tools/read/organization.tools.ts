import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../../access';
import { ReadTool } from '../../mcp';
import { OrganizationContextService } from '../../workforce';
import { OrganizationOverview } from './organization.output';

@Injectable()
export class OrganizationTools {
  constructor(private readonly context: OrganizationContextService) {}

  @ReadTool({
    name: 'get_organization_context',
    title: 'Get organization context',
    description:
      'Call this first. Names the organization, its reporting currency, fiscal year and today; how many people, teams and places it has; the ids of its ' +
      'upper teams, geographies, job roles, cost centres and value streams that other tools take; and who the signed-in user is and what they may do.',
    toolset: 'core',
    permissions: ['org.read'],
    output: OrganizationOverview,
  })
  async read(ctx: CallContext): Promise<OrganizationOverview> {
    return { ...(await this.context.read(ctx)), me: me(ctx), next: nextCalls(ctx) };
  }
}

function me(ctx: CallContext): OrganizationOverview['me'] {
  return {
    name: ctx.userName,
    roles: [ctx.role],
    permissions: [...ctx.permissions].sort(),
    mayWriteScenarios: can(ctx, 'scenarios.write'),
  };
}

function nextCalls(ctx: CallContext): string[] {
  return [
    ...(can(ctx, 'people.read')
      ? ['search_employees: find people by name, place, skill, team, role or manager', 'get_employee_details: one person in full']
      : []),
    ...(can(ctx, 'people.read') && can(ctx, 'compensation.read') ? ['rank_employees: people by pay'] : []),
  ];
}
