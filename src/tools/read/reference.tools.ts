import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { ReferenceDataService } from '../../workforce';
import { GetReferenceData, SearchCodeList } from './reference.input';
import { CodePage, GeographyPage, JobRolePage } from './reference.output';

/** The lists that other tools' ids come from. */
@Injectable()
export class ReferenceTools {
  constructor(private readonly data: ReferenceDataService) {}

  @ReadTool({
    name: 'get_geographies',
    title: 'Get geographies',
    description: 'Places with country, currency and time zone.',
    toolset: 'core',
    permissions: ['org.read'],
    input: SearchCodeList,
    output: GeographyPage,
  })
  geographies(ctx: CallContext, input: SearchCodeList): Promise<GeographyPage> {
    return this.data.geographies(ctx, input);
  }

  @ReadTool({
    name: 'list_job_roles',
    title: 'List job roles',
    description: 'Standard job titles with how many people hold them and how many vacancies ask for them.',
    toolset: 'core',
    permissions: ['org.read'],
    input: SearchCodeList,
    output: JobRolePage,
  })
  jobRoles(ctx: CallContext, input: SearchCodeList): Promise<JobRolePage> {
    return this.data.jobRoles(ctx, input);
  }

  @ReadTool({
    name: 'get_reference_data',
    title: 'Get reference data',
    description: 'One code list: work types with overhead, cost centres, value streams, exchange rates, holidays and others.',
    toolset: 'core',
    permissions: ['org.read'],
    input: GetReferenceData,
    output: CodePage,
  })
  async list(ctx: CallContext, { kind, ...search }: GetReferenceData): Promise<CodePage> {
    return { kind, ...(await this.data.list(ctx, kind, search)) };
  }
}
