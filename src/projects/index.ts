export { ProjectsModule } from './projects.module';
export { type ProjectDetails, type ProjectSearch, ProjectsService, type ProjectSummary } from './projects.service';
export { LIFECYCLE_STAGES, PROJECT_STATUSES } from './project';
