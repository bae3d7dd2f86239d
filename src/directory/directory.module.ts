import { Module } from '@nestjs/common';
import { ProjectsModule } from '../projects';
import { WorkforceModule } from '../workforce';
import { DirectoryService } from './directory.service';

/** Finding and reading whatever has a name, across the domain. */
@Module({ imports: [ProjectsModule, WorkforceModule], providers: [DirectoryService], exports: [DirectoryService] })
export class DirectoryModule {}
