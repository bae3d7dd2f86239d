export { BUDGET_SCOPES } from './budgets.sql';
export { type BudgetSearch, type BudgetStatus, BudgetsService } from './budgets.service';
export { PROJECT_ISSUES } from './project-issues.sql';
export { ProjectIssuesService, type ProjectsWithIssues } from './project-issues.service';
export { ProjectsModule } from './projects.module';
export { type ProjectDetails, type ProjectSearch, ProjectsService, type ProjectSummary } from './projects.service';
export { LIFECYCLE_STAGES, PROJECT_STATUSES } from './project';
