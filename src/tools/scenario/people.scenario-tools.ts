import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { EmployeeChanges, Terminations, type Step } from '../../scenarios';
import { ChangeTool } from './change-tool.decorator';
import { AddEmployee, MoveEmployee, TerminateEmployees, UpdateEmployee } from './people.input';

@Injectable()
export class PeopleScenarioTools {
  constructor(
    private readonly employees: EmployeeChanges,
    private readonly terminations: Terminations,
  ) {}

  @ChangeTool({
    name: 'add_employee',
    title: 'Add employee to scenario',
    description: 'Plans a hire. Pay needs the permission compensation.write. Call get_organization_context first for ids.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    input: AddEmployee,
  })
  add(_: CallContext, input: AddEmployee): Step {
    return this.employees.add(input);
  }

  @ChangeTool({
    name: 'update_employee',
    title: 'Update employee in scenario',
    description: 'Plans changes of a person: data, terms and pay from a day on. To change the team use move_employee.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    input: UpdateEmployee,
  })
  update(_: CallContext, input: UpdateEmployee): Step {
    return this.employees.update(input);
  }

  @ChangeTool({
    name: 'move_employee',
    title: 'Move employee in scenario',
    description: 'Plans a move to another primary team: the present allocation ends the day before.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    input: MoveEmployee,
  })
  move(_: CallContext, input: MoveEmployee): Step {
    return this.employees.move(input);
  }

  @ChangeTool({
    name: 'terminate_employees',
    title: 'Terminate employees in scenario',
    description: 'Plans the end of employments. Allocations end that day; warnings name reports and teams left without a manager.',
    permissions: ['people.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: TerminateEmployees,
  })
  terminate(_: CallContext, input: TerminateEmployees): Step {
    return this.terminations.terminate(input);
  }
}
