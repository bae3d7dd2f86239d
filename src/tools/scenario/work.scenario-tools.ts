import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { AllocationChanges, BudgetChanges, ProjectChanges, type Step } from '../../scenarios';
import { ChangeTool } from './change-tool.decorator';
import { AddProject, AllocateEmployee, AllocateTeam, DeleteProject, UpdateAllocation, UpdateBudget, UpdateProject } from './work.input';

@Injectable()
export class WorkScenarioTools {
  constructor(
    private readonly projects: ProjectChanges,
    private readonly allocations: AllocationChanges,
    private readonly budgets: BudgetChanges,
  ) {}

  @ChangeTool({
    name: 'add_project',
    title: 'Add project to scenario',
    description: 'Plans a new project; then allocate people or teams to it.',
    permissions: ['projects.write'],
    toolset: 'scenario_writes',
    input: AddProject,
  })
  addProject(_: CallContext, input: AddProject): Step {
    return this.projects.add(input);
  }

  @ChangeTool({
    name: 'update_project',
    title: 'Update project in scenario',
    description: 'Plans changes of a project, its status and stage too.',
    permissions: ['projects.write'],
    toolset: 'scenario_writes',
    input: UpdateProject,
  })
  updateProject(_: CallContext, input: UpdateProject): Step {
    return this.projects.update(input);
  }

  @ChangeTool({
    name: 'delete_project',
    title: 'Delete project in scenario',
    description: 'Plans that a project is dropped with its allocations and budgets; one with recorded effort can only be cancelled.',
    permissions: ['projects.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteProject,
  })
  deleteProject(_: CallContext, input: DeleteProject): Step {
    return this.projects.remove(input.projectId);
  }

  @ChangeTool({
    name: 'allocate_employee_to_project',
    title: 'Allocate employee to project in scenario',
    description: 'Plans that a person works on a project. Warns where that is more than they are employed for.',
    permissions: ['allocations.write'],
    toolset: 'scenario_writes',
    input: AllocateEmployee,
  })
  allocateEmployee(_: CallContext, input: AllocateEmployee): Step {
    return this.allocations.toProject(input);
  }

  @ChangeTool({
    name: 'allocate_team_to_project',
    title: 'Allocate team to project in scenario',
    description: 'Plans that a team works on a project with so much of the capacity that its members have left.',
    permissions: ['allocations.write'],
    toolset: 'scenario_writes',
    input: AllocateTeam,
  })
  allocateTeam(_: CallContext, input: AllocateTeam): Step {
    return this.allocations.toProject(input);
  }

  @ChangeTool({
    name: 'update_allocation',
    title: 'Update allocation in scenario',
    description: 'Plans other FTE or days of an allocation, or its end.',
    permissions: ['allocations.write'],
    toolset: 'scenario_writes',
    input: UpdateAllocation,
  })
  updateAllocation(_: CallContext, input: UpdateAllocation): Step {
    return this.allocations.update(input);
  }

  @ChangeTool({
    name: 'update_budget',
    title: 'Update budget in scenario',
    description: 'Plans a budget from a day on; on the same day it replaces the former.',
    permissions: ['budgets.write'],
    toolset: 'scenario_writes',
    input: UpdateBudget,
  })
  updateBudget(_: CallContext, input: UpdateBudget): Step {
    return this.budgets.set(input);
  }
}
