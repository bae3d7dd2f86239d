import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { Resource } from '../../mcp';
import { OrganizationTools } from './organization.tools';
import { GetEmployeeDetails } from './people.input';
import { PeopleTools } from './people.tools';

/** Resources for clients that attach data instead of calling tools; each answers what its tool answers, under the same rights. */
@Injectable()
export class LiveResources {
  constructor(
    private readonly organization: OrganizationTools,
    private readonly people: PeopleTools,
  ) {}

  @Resource({
    name: 'organization-context',
    uri: 'org://context',
    title: 'Organization context',
    description: 'Organization, currency, fiscal year, today, the ids that tools take, and what the signed-in user may do.',
    toolset: 'core',
    permissions: ['org.read'],
  })
  context(ctx: CallContext): Promise<object> {
    return this.organization.read(ctx);
  }

  @Resource({
    name: 'employee',
    uri: 'employee://{employeeId}',
    title: 'Employee',
    description: 'One person in full, by id, ext: id or e-mail address; pay only for those who may see it.',
    toolset: 'people',
    permissions: ['people.read'],
    input: GetEmployeeDetails,
  })
  employee(ctx: CallContext, input: GetEmployeeDetails): Promise<object> {
    return this.people.details(ctx, input);
  }
}
