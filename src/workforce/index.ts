export { type EmployeeDetails, type EmployeeSearch, EmployeesService, type EmployeeSummary } from './employees.service';
export { type OrganizationContext, OrganizationContextService } from './organization-context.service';
export { type PayRanking, PayService, type RankedPage } from './pay.service';
export { WorkforceModule } from './workforce.module';
