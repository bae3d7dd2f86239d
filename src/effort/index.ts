export { EffortModule } from './effort.module';
export { type ProjectEffort, ProjectEffortService } from './project-effort.service';
export { type TeamEffort, TeamEffortService } from './team-effort.service';
export { BUCKETS } from './unattributed-effort.sql';
export { PROJECT_EFFORT_GROUPS } from './project-effort.sql';
export { type UnattributedEffort, UnattributedEffortService } from './unattributed-effort.service';
