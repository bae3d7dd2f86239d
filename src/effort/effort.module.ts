import { Module } from '@nestjs/common';
import { ProjectEffortService } from './project-effort.service';
import { TeamEffortService } from './team-effort.service';
import { UnattributedEffortService } from './unattributed-effort.service';

const SERVICES = [ProjectEffortService, TeamEffortService, UnattributedEffortService];

/** What people really worked on, week by week. */
@Module({ providers: SERVICES, exports: SERVICES })
export class EffortModule {}
