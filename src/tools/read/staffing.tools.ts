import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { ContractorsService } from '../../workforce';
import { GetContractorDetails, SearchContractors } from './staffing.input';
import { ContractorPage, ContractorRecord } from './staffing.output';

/** Who works besides the employees, and who is wanted. */
@Injectable()
export class StaffingTools {
  constructor(private readonly contractors: ContractorsService) {}

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
}
