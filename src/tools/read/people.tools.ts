import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { EmployeesService, PayService } from '../../workforce';
import { GetEmployeeDetails, RankEmployees, SearchEmployees } from './people.input';
import { EmployeePage, EmployeeRecord, Ranking } from './people.output';

@Injectable()
export class PeopleTools {
  constructor(
    private readonly employees: EmployeesService,
    private readonly pay: PayService,
  ) {}

  @ReadTool({
    name: 'search_employees',
    title: 'Search employees',
    description:
      'Find people by name, e-mail address, geography, skill, team, job role or manager, in order of family name. Use it to get the id that other ' +
      'tools take, or to list who is somewhere. Call get_organization_context first for the ids of teams, geographies and job roles. Returns no pay.',
    toolset: 'people',
    permissions: ['people.read'],
    input: SearchEmployees,
    output: EmployeePage,
  })
  search(ctx: CallContext, input: SearchEmployees): Promise<EmployeePage> {
    return this.employees.search(ctx, input);
  }

  @ReadTool({
    name: 'get_employee_details',
    title: 'Get employee details',
    description:
      'One person in full: employment, job, manager, direct reports, team, skills, allocations; with the permission to see pay also the salary and its ' +
      'history, otherwise those are listed in redacted. Call search_employees first if you only know a name.',
    toolset: 'people',
    permissions: ['people.read'],
    input: GetEmployeeDetails,
    output: EmployeeRecord,
  })
  details(ctx: CallContext, input: GetEmployeeDetails): Promise<EmployeeRecord> {
    return this.employees.details(ctx, input.employeeId, input.asOf);
  }

  @ReadTool({
    name: 'rank_employees',
    title: 'Rank employees by pay',
    description:
      'Employed people by annual salary, bonus or both, highest or lowest first, compared in one currency at the rates of the day and shown in their own ' +
      'currency too. Amounts are at 1.0 FTE. Who is paid in a currency without an exchange rate is left out and counted in warnings. Needs the permission ' +
      'to see pay. Call get_organization_context first for the ids of teams, geographies and job roles.',
    toolset: 'people',
    permissions: ['people.read', 'compensation.read'],
    input: RankEmployees,
    output: Ranking,
  })
  rank(ctx: CallContext, input: RankEmployees): Promise<Ranking> {
    return this.pay.rank(ctx, input);
  }
}
