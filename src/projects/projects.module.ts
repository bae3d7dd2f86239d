import { Module } from '@nestjs/common';
import { ProjectsService } from './projects.service';

/** What people work on, and what may be spent. */
@Module({ providers: [ProjectsService], exports: [ProjectsService] })
export class ProjectsModule {}
