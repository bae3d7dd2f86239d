import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { EmployeeChanges, PlanWriter, Terminations } from '../../scenarios';
import { Written } from '../fields';
import { AddEmployee, MoveEmployee, TerminateEmployees, UpdateEmployee } from './people.input';

@Injectable()
export class PeopleScenarioTools {
  constructor(
    private readonly plans: PlanWriter,
    private readonly employees: EmployeeChanges,
    private readonly terminations: Terminations,
  ) {}

  @ScenarioTool({
    name: 'add_employee',
    title: 'Add employee to scenario',
    description: 'Plans a hire. Pay needs the permission compensation.write. Call get_organization_context first for ids.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    input: AddEmployee,
    output: Written,
  })
  add(ctx: CallContext, input: AddEmployee): Promise<Written> {
    return this.plans.write(ctx, this.employees.add(input));
  }

  @ScenarioTool({
    name: 'update_employee',
    title: 'Update employee in scenario',
    description: 'Plans changes of a person: data, terms and pay from a day on. To change the team use move_employee.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    input: UpdateEmployee,
    output: Written,
  })
  update(ctx: CallContext, input: UpdateEmployee): Promise<Written> {
    return this.plans.write(ctx, this.employees.update(input));
  }

  @ScenarioTool({
    name: 'move_employee',
    title: 'Move employee in scenario',
    description: 'Plans a move to another primary team: the present allocation ends the day before.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    input: MoveEmployee,
    output: Written,
  })
  move(ctx: CallContext, input: MoveEmployee): Promise<Written> {
    return this.plans.write(ctx, this.employees.move(input));
  }

  @ScenarioTool({
    name: 'terminate_employees',
    title: 'Terminate employees in scenario',
    description: 'Plans the end of employments. Allocations end that day; warnings name reports and teams left without a manager.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: TerminateEmployees,
    output: Written,
  })
  terminate(ctx: CallContext, input: TerminateEmployees): Promise<Written> {
    return this.plans.write(ctx, this.terminations.terminate(input));
  }
}
