import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { type McpCall, type ReadyResult, Resource } from '../../mcp';
import { AccessTools } from './access.tools';
import { COSTS_GUIDE, guide, type GuideContents, MARKDOWN, ORG_REVIEW_GUIDE, WORK_GUIDE } from './guides';
import { OrganizationTools } from './organization.tools';
import { GetEmployeeDetails } from './people.input';
import { PeopleTools } from './people.tools';
import { GetProjectDetails } from './projects.input';
import { ProjectTools } from './projects.tools';
import { GetReferenceData } from './reference.input';
import { ReferenceTools } from './reference.tools';
import { GetContractorDetails, GetVacancyDetails } from './staffing.input';
import { StaffingTools } from './staffing.tools';
import { GetOrgTree, GetTeamDetails } from './teams.input';
import { TeamTools } from './teams.tools';

/** A resource has no second page: as much as a page can hold. */
const WHOLE = 100;

/** Resources for clients that attach data instead of calling tools; each answers what its tool answers, under the same rights. */
@Injectable()
export class LiveResources {
  constructor(
    private readonly organization: OrganizationTools,
    private readonly people: PeopleTools,
    private readonly teams: TeamTools,
    private readonly staffing: StaffingTools,
    private readonly reference: ReferenceTools,
    private readonly access: AccessTools,
    private readonly projects: ProjectTools,
  ) {}

  @Resource({
    name: 'organization-context',
    uri: 'org://context',
    title: 'Organization context',
    description: 'Currency, fiscal year, today, counts, ids that tools take, and what the signed-in user may do.',
    toolset: 'core',
    permissions: ['org.read'],
  })
  context(ctx: McpCall): Promise<object> {
    return this.organization.read(ctx);
  }

  @Resource({
    name: 'organization-tree',
    uri: 'org://tree',
    title: 'Tree of teams',
    description: 'The first 100 teams, depth first, with managers and headcounts.',
    toolset: 'people',
    permissions: ['teams.read'],
  })
  tree(ctx: CallContext): Promise<object> {
    return this.teams.tree(ctx, Object.assign(new GetOrgTree(), { depth: 20, limit: WHOLE }));
  }

  @Resource({
    name: 'my-access',
    uri: 'policy://my-access',
    title: 'My access',
    description: 'What this connection may do, what is missing, and why.',
    toolset: 'core',
    permissions: ['org.read'],
  })
  myAccess(ctx: CallContext): Promise<object> {
    return this.access.read(ctx);
  }

  @Resource({
    name: 'reference',
    uri: 'reference://{kind}',
    title: 'Reference data',
    description:
      'The first 100 rows of one code list: geographies, job_roles, work_types, cost_centres, value_streams, fx_rates or holidays.',
    toolset: 'core',
    permissions: ['org.read'],
    input: GetReferenceData,
  })
  codes(ctx: CallContext, input: GetReferenceData): Promise<object> {
    return this.reference.list(ctx, Object.assign(input, { limit: WHOLE }));
  }

  @Resource({
    name: 'employee',
    uri: 'employee://{employeeId}',
    title: 'Employee',
    description: 'One person in full, by id, ext: id or e-mail address; pay only for those who may see it.',
    toolset: 'people',
    permissions: ['people.read'],
    input: GetEmployeeDetails,
  })
  employee(ctx: CallContext, input: GetEmployeeDetails): Promise<object> {
    return this.people.details(ctx, input);
  }

  @Resource({
    name: 'team',
    uri: 'team://{teamId}',
    title: 'Team',
    description: 'One team with its members and subteams, by id or ext: id.',
    toolset: 'people',
    permissions: ['teams.read'],
    input: GetTeamDetails,
  })
  team(ctx: CallContext, input: GetTeamDetails): Promise<object> {
    return this.teams.details(ctx, input);
  }

  @Resource({
    name: 'contractor',
    uri: 'contractor://{contractorId}',
    title: 'Contractor',
    description: 'One contractor in full, by id or ext: id; rates only for those who may see money.',
    toolset: 'people',
    permissions: ['contractors.read'],
    input: GetContractorDetails,
  })
  contractor(ctx: CallContext, input: GetContractorDetails): Promise<object> {
    return this.staffing.contractor(ctx, input);
  }

  @Resource({
    name: 'vacancy',
    uri: 'vacancy://{vacancyId}',
    title: 'Vacancy',
    description: 'One vacancy in full, by id or ext: id; the salary range only for those who may see money.',
    toolset: 'people',
    permissions: ['vacancies.read'],
    input: GetVacancyDetails,
  })
  vacancy(ctx: CallContext, input: GetVacancyDetails): Promise<object> {
    return this.staffing.vacancy(ctx, input);
  }

  @Resource({
    name: 'project',
    uri: 'project://{projectId}',
    title: 'Project',
    description: 'One project with its allocations, by id or ext: id; money only for those who may see it.',
    toolset: 'work',
    permissions: ['projects.read'],
    input: GetProjectDetails,
  })
  project(ctx: CallContext, input: GetProjectDetails): Promise<object> {
    return this.projects.details(ctx, input);
  }

  @Resource({
    name: 'guide-org-review',
    uri: 'guide://org-review',
    title: 'Guide: reviewing an organization',
    description: 'Which tools to call in which order, and how to read their figures.',
    toolset: 'core',
    permissions: ['org.read'],
    mimeType: MARKDOWN,
  })
  orgReviewGuide(): Promise<ReadyResult<GuideContents>> {
    return guide('guide://org-review', ORG_REVIEW_GUIDE);
  }

  @Resource({
    name: 'guide-costs',
    uri: 'guide://costs',
    title: 'Guide: costs',
    description: 'How planned costs come about, and which figures must not be added.',
    toolset: 'core',
    permissions: ['org.read'],
    mimeType: MARKDOWN,
  })
  costsGuide(): Promise<ReadyResult<GuideContents>> {
    return guide('guide://costs', COSTS_GUIDE);
  }

  @Resource({
    name: 'guide-work',
    uri: 'guide://work',
    title: 'Guide: work and what is spent on it',
    description: 'How plan, effort, budgets and AI spend are to be read, and which tool tells which.',
    toolset: 'core',
    permissions: ['org.read'],
    mimeType: MARKDOWN,
  })
  workGuide(): Promise<ReadyResult<GuideContents>> {
    return guide('guide://work', WORK_GUIDE);
  }
}
