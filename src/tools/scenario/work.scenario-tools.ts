import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { AllocationChanges, BudgetChanges, PlanWriter, ProjectChanges } from '../../scenarios';
import { Written } from '../fields';
import { AddProject, AllocateEmployee, AllocateTeam, DeleteProject, UpdateAllocation, UpdateBudget, UpdateProject } from './work.input';

@Injectable()
export class WorkScenarioTools {
  constructor(
    private readonly plans: PlanWriter,
    private readonly projects: ProjectChanges,
    private readonly allocations: AllocationChanges,
    private readonly budgets: BudgetChanges,
  ) {}

  @ScenarioTool({
    name: 'add_project',
    title: 'Add project to scenario',
    description: 'Plans a new project; then allocate people or teams to it.',
    permissions: ['projects.write'],
    toolset: 'scenario_writes',
    input: AddProject,
    output: Written,
  })
  addProject(ctx: CallContext, input: AddProject): Promise<Written> {
    return this.plans.write(ctx, this.projects.add(input));
  }

  @ScenarioTool({
    name: 'update_project',
    title: 'Update project in scenario',
    description: 'Plans changes of a project, its status and stage too.',
    permissions: ['projects.write'],
    toolset: 'scenario_writes',
    input: UpdateProject,
    output: Written,
  })
  updateProject(ctx: CallContext, input: UpdateProject): Promise<Written> {
    return this.plans.write(ctx, this.projects.update(input));
  }

  @ScenarioTool({
    name: 'delete_project',
    title: 'Delete project in scenario',
    description: 'Plans that a project is dropped with its allocations and budgets; one with recorded effort can only be cancelled.',
    permissions: ['projects.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteProject,
    output: Written,
  })
  deleteProject(ctx: CallContext, input: DeleteProject): Promise<Written> {
    return this.plans.write(ctx, this.projects.remove(input.projectId));
  }

  @ScenarioTool({
    name: 'allocate_employee_to_project',
    title: 'Allocate employee to project in scenario',
    description: 'Plans that a person works on a project. Warns where that is more than they are employed for.',
    permissions: ['allocations.write'],
    toolset: 'scenario_writes',
    input: AllocateEmployee,
    output: Written,
  })
  allocateEmployee(ctx: CallContext, input: AllocateEmployee): Promise<Written> {
    return this.plans.write(ctx, this.allocations.toProject(input));
  }

  @ScenarioTool({
    name: 'allocate_team_to_project',
    title: 'Allocate team to project in scenario',
    description: 'Plans that a team works on a project with so much of the capacity that its members have left.',
    permissions: ['allocations.write'],
    toolset: 'scenario_writes',
    input: AllocateTeam,
    output: Written,
  })
  allocateTeam(ctx: CallContext, input: AllocateTeam): Promise<Written> {
    return this.plans.write(ctx, this.allocations.toProject(input));
  }

  @ScenarioTool({
    name: 'update_allocation',
    title: 'Update allocation in scenario',
    description: 'Plans other FTE or days of an allocation, or its end.',
    permissions: ['allocations.write'],
    toolset: 'scenario_writes',
    input: UpdateAllocation,
    output: Written,
  })
  updateAllocation(ctx: CallContext, input: UpdateAllocation): Promise<Written> {
    return this.plans.write(ctx, this.allocations.update(input));
  }

  @ScenarioTool({
    name: 'update_budget',
    title: 'Update budget in scenario',
    description: 'Plans a budget from a day on; on the same day it replaces the former.',
    permissions: ['budgets.write'],
    toolset: 'scenario_writes',
    input: UpdateBudget,
    output: Written,
  })
  updateBudget(ctx: CallContext, input: UpdateBudget): Promise<Written> {
    return this.plans.write(ctx, this.budgets.set(input));
  }
}
