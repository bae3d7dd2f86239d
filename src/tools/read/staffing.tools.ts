import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { AiAgentsService, ContractorsService, VacanciesService } from '../../workforce';
import { GetContractorDetails, GetVacancyDetails, SearchAiAgents, SearchContractors, SearchVacancies } from './staffing.input';
import { AiAgentPage, ContractorPage, ContractorRecord, VacancyPage, VacancyRecord } from './staffing.output';

/** Who works besides the employees, and who is wanted. */
@Injectable()
export class StaffingTools {
  constructor(
    private readonly contractors: ContractorsService,
    private readonly vacancies: VacanciesService,
    private readonly agents: AiAgentsService,
  ) {}

  @ReadTool({
    name: 'search_contractors',
    title: 'Search contractors',
    description: 'Contractors by name, team and status, in order of name; rates only for who may see money.',
    toolset: 'people',
    permissions: ['contractors.read'],
    input: SearchContractors,
    output: ContractorPage,
  })
  searchContractors(ctx: CallContext, input: SearchContractors): Promise<ContractorPage> {
    return this.contractors.search(ctx, input);
  }

  @ReadTool({
    name: 'get_contractor_details',
    title: 'Get contractor details',
    description: 'One contractor: contract, team, manager, allocations; rate and its history for who may see money.',
    toolset: 'people',
    permissions: ['contractors.read'],
    input: GetContractorDetails,
    output: ContractorRecord,
  })
  contractor(ctx: CallContext, input: GetContractorDetails): Promise<ContractorRecord> {
    return this.contractors.details(ctx, input.contractorId, input.asOf);
  }

  @ReadTool({
    name: 'search_vacancies',
    title: 'Search vacancies',
    description: 'Positions to fill by role, team and status, in order of role; salary ranges only for who may see money.',
    toolset: 'people',
    permissions: ['vacancies.read'],
    input: SearchVacancies,
    output: VacancyPage,
  })
  searchVacancies(ctx: CallContext, input: SearchVacancies): Promise<VacancyPage> {
    return this.vacancies.search(ctx, input);
  }

  @ReadTool({
    name: 'get_vacancy_details',
    title: 'Get vacancy details',
    description: 'One vacancy: role, team, hiring manager, who filled it, allocations; salary range for who may see money.',
    toolset: 'people',
    permissions: ['vacancies.read'],
    input: GetVacancyDetails,
    output: VacancyRecord,
  })
  vacancy(ctx: CallContext, input: GetVacancyDetails): Promise<VacancyRecord> {
    return this.vacancies.details(ctx, input.vacancyId, input.asOf);
  }

  @ReadTool({
    name: 'search_ai_agents',
    title: 'Search AI agents',
    description:
      'Planned AI tools with seats and monthly tokens, by name and team; prices only for who may see money. Actual usage is not here.',
    toolset: 'ai',
    permissions: ['teams.read'],
    input: SearchAiAgents,
    output: AiAgentPage,
  })
  searchAgents(ctx: CallContext, input: SearchAiAgents): Promise<AiAgentPage> {
    return this.agents.search(ctx, input);
  }
}
