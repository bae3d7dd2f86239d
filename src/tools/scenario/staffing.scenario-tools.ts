import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { ContractorChanges, PlanWriter, VacancyChanges } from '../../scenarios';
import { Written } from '../fields';
import { AddContractor, AddVacancy, DeleteContractor, DeleteVacancy, UpdateContractor, UpdateVacancy } from './staffing.input';

@Injectable()
export class StaffingScenarioTools {
  constructor(
    private readonly plans: PlanWriter,
    private readonly vacancies: VacancyChanges,
    private readonly contractors: ContractorChanges,
  ) {}

  @ScenarioTool({
    name: 'add_vacancy',
    title: 'Add vacancy to scenario',
    description: 'Plans one open position, or several alike.',
    permissions: ['vacancies.write'],
    toolset: 'scenario_writes',
    input: AddVacancy,
    output: Written,
  })
  addVacancy(ctx: CallContext, input: AddVacancy): Promise<Written> {
    return this.plans.write(ctx, this.vacancies.add(input));
  }

  @ScenarioTool({
    name: 'update_vacancy',
    title: 'Update vacancy in scenario',
    description: 'Plans changes of a vacancy; teamId moves it from its start or today on.',
    permissions: ['vacancies.write'],
    toolset: 'scenario_writes',
    input: UpdateVacancy,
    output: Written,
  })
  updateVacancy(ctx: CallContext, input: UpdateVacancy): Promise<Written> {
    return this.plans.write(ctx, this.vacancies.update(input));
  }

  @ScenarioTool({
    name: 'delete_vacancy',
    title: 'Delete vacancy in scenario',
    description: 'Plans that a vacancy is dropped with its allocations; status cancelled keeps it for the record.',
    permissions: ['vacancies.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteVacancy,
    output: Written,
  })
  deleteVacancy(ctx: CallContext, input: DeleteVacancy): Promise<Written> {
    return this.plans.write(ctx, this.vacancies.remove(input.vacancyId));
  }

  @ScenarioTool({
    name: 'add_contractor',
    title: 'Add contractor to scenario',
    description: 'Plans a contractor with a rate and, if given, a team.',
    permissions: ['contractors.write'],
    toolset: 'scenario_writes',
    input: AddContractor,
    output: Written,
  })
  addContractor(ctx: CallContext, input: AddContractor): Promise<Written> {
    return this.plans.write(ctx, this.contractors.add(input));
  }

  @ScenarioTool({
    name: 'update_contractor',
    title: 'Update contractor in scenario',
    description: 'Plans changes of a contractor; rate and team change from effectiveDate on.',
    permissions: ['contractors.write'],
    toolset: 'scenario_writes',
    input: UpdateContractor,
    output: Written,
  })
  updateContractor(ctx: CallContext, input: UpdateContractor): Promise<Written> {
    return this.plans.write(ctx, this.contractors.update(input));
  }

  @ScenarioTool({
    name: 'delete_contractor',
    title: 'Delete contractor in scenario',
    description: 'Plans that a contractor never was; one with recorded effort can only end: update_contractor with endDate.',
    permissions: ['contractors.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteContractor,
    output: Written,
  })
  deleteContractor(ctx: CallContext, input: DeleteContractor): Promise<Written> {
    return this.plans.write(ctx, this.contractors.remove(input.contractorId));
  }
}
