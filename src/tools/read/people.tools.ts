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
    description: 'People by name, e-mail address, place, skill, team, job role or manager, in order of family name; without pay.',
    toolset: 'people',
    permissions: ['people.read'],
    keepsPlans: true,
    input: SearchEmployees,
    output: EmployeePage,
  })
  search(ctx: CallContext, input: SearchEmployees): Promise<EmployeePage> {
    return this.employees.search(ctx, input);
  }

  @ReadTool({
    name: 'get_employee_details',
    title: 'Get employee details',
    description: 'One person: employment, job, manager, reports, team, skills, allocations; salary and its history for who may see pay.',
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
      'Employed people by annual pay at 1.0 FTE, compared in one currency at the rates of the day. Who has no pay or no exchange rate is left out and ' +
      'counted in warnings. Needs the right to see pay.',
    toolset: 'people',
    permissions: ['people.read', 'compensation.read'],
    input: RankEmployees,
    output: Ranking,
  })
  rank(ctx: CallContext, input: RankEmployees): Promise<Ranking> {
    return this.pay.rank(ctx, input);
  }
}
