import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ContractorChanges, type Step, VacancyChanges, VacancyFilling } from '../../scenarios';
import { ChangeTool } from './change-tool.decorator';
import { AddContractor, AddVacancy, DeleteContractor, DeleteVacancy, FillVacancy, UpdateContractor, UpdateVacancy } from './staffing.input';

@Injectable()
export class StaffingScenarioTools {
  constructor(
    private readonly vacancies: VacancyChanges,
    private readonly filling: VacancyFilling,
    private readonly contractors: ContractorChanges,
  ) {}

  @ChangeTool({
    name: 'add_vacancy',
    title: 'Add vacancy to scenario',
    description: 'Plans one open position, or several alike.',
    permissions: ['vacancies.write'],
    toolset: 'scenario_writes',
    input: AddVacancy,
  })
  addVacancy(_: CallContext, input: AddVacancy): Step {
    return this.vacancies.add(input);
  }

  @ChangeTool({
    name: 'update_vacancy',
    title: 'Update vacancy in scenario',
    description: 'Plans changes of a vacancy; teamId moves it from its start or today on.',
    permissions: ['vacancies.write'],
    toolset: 'scenario_writes',
    input: UpdateVacancy,
  })
  updateVacancy(_: CallContext, input: UpdateVacancy): Step {
    return this.vacancies.update(input);
  }

  @ChangeTool({
    name: 'fill_vacancy',
    title: 'Fill vacancy in scenario',
    description: 'Plans who takes a vacancy: an employee, a contractor or a hire, with the job, team, manager and FTE of the vacancy.',
    permissions: ['vacancies.write', 'people.write'],
    toolset: 'scenario_writes',
    input: FillVacancy,
  })
  fillVacancy(_: CallContext, input: FillVacancy): Step {
    return this.filling.fill(input);
  }

  @ChangeTool({
    name: 'delete_vacancy',
    title: 'Delete vacancy in scenario',
    description: 'Plans that a vacancy is dropped with its allocations; status cancelled keeps it for the record.',
    permissions: ['vacancies.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteVacancy,
  })
  deleteVacancy(_: CallContext, input: DeleteVacancy): Step {
    return this.vacancies.remove(input.vacancyId);
  }

  @ChangeTool({
    name: 'add_contractor',
    title: 'Add contractor to scenario',
    description: 'Plans a contractor with a rate and, if given, a team.',
    permissions: ['contractors.write'],
    toolset: 'scenario_writes',
    input: AddContractor,
  })
  addContractor(_: CallContext, input: AddContractor): Step {
    return this.contractors.add(input);
  }

  @ChangeTool({
    name: 'update_contractor',
    title: 'Update contractor in scenario',
    description: 'Plans changes of a contractor; rate and team change from effectiveDate on.',
    permissions: ['contractors.write'],
    toolset: 'scenario_writes',
    input: UpdateContractor,
  })
  updateContractor(_: CallContext, input: UpdateContractor): Step {
    return this.contractors.update(input);
  }

  @ChangeTool({
    name: 'delete_contractor',
    title: 'Delete contractor in scenario',
    description: 'Plans that a contractor never was; one with recorded effort can only end: update_contractor with endDate.',
    permissions: ['contractors.write'],
    toolset: 'scenario_writes',
    removes: true,
    input: DeleteContractor,
  })
  deleteContractor(_: CallContext, input: DeleteContractor): Step {
    return this.contractors.remove(input.contractorId);
  }
}
