import { Injectable } from '@nestjs/common';
import type { CallContext } from '../../access';
import { ReadTool } from '../../mcp';
import { ProjectIssuesService, ProjectsService } from '../../projects';
import { FindProjectsWithIssues, GetProjectDetails, SearchProjects } from './projects.input';
import { ProjectPage, ProjectRecord, ProjectsWithIssues } from './projects.output';

@Injectable()
export class ProjectTools {
  constructor(
    private readonly projects: ProjectsService,
    private readonly issues: ProjectIssuesService,
  ) {}

  @ReadTool({
    name: 'search_projects',
    title: 'Search projects',
    description: 'Projects by name, stage, status, owner or value stream, in order of name, with the FTE allocated to them.',
    toolset: 'work',
    permissions: ['projects.read'],
    keepsPlans: true,
    input: SearchProjects,
    output: ProjectPage,
  })
  search(ctx: CallContext, input: SearchProjects): Promise<ProjectPage> {
    return this.projects.search(ctx, input);
  }

  @ReadTool({
    name: 'get_project_details',
    title: 'Get project details',
    description: 'One project: dates, owner, who is allocated, budget, and what it costs for who may see pay.',
    toolset: 'work',
    permissions: ['projects.read'],
    input: GetProjectDetails,
    output: ProjectRecord,
  })
  details(ctx: CallContext, input: GetProjectDetails): Promise<ProjectRecord> {
    return this.projects.details(ctx, input.projectId, input.asOf);
  }

  @ReadTool({
    name: 'find_projects_with_issues',
    title: 'Find projects with issues',
    description:
      'Projects that need a decision, with the evidence: completed or past their end but still allocated, started with nobody, without owner, over budget.',
    toolset: 'work',
    permissions: ['projects.read'],
    input: FindProjectsWithIssues,
    output: ProjectsWithIssues,
  })
  withIssues(ctx: CallContext, input: FindProjectsWithIssues): Promise<ProjectsWithIssues> {
    return this.issues.find(ctx, input);
  }
}
