export { BUDGET_SCOPES } from './budgets.sql';
export { type BudgetSearch, type BudgetStatus, BudgetsService } from './budgets.service';
export { ProjectsModule } from './projects.module';
export { type ProjectDetails, type ProjectSearch, ProjectsService, type ProjectSummary } from './projects.service';
export { LIFECYCLE_STAGES, PROJECT_STATUSES } from './project';
