import { Module } from '@nestjs/common';
import { BudgetsService } from './budgets.service';
import { ProjectIssuesService } from './project-issues.service';
import { ProjectsService } from './projects.service';

const SERVICES = [BudgetsService, ProjectIssuesService, ProjectsService];

/** What people work on, and what may be spent. */
@Module({ providers: SERVICES, exports: SERVICES })
export class ProjectsModule {}
