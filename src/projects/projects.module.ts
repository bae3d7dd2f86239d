import { Module } from '@nestjs/common';
import { BudgetsService } from './budgets.service';
import { ProjectsService } from './projects.service';

const SERVICES = [BudgetsService, ProjectsService];

/** What people work on, and what may be spent. */
@Module({ providers: SERVICES, exports: SERVICES })
export class ProjectsModule {}
