export { codeKey, type CodeIds, CodeLists, type WantedCodes } from './code-lists.service';
export { type EmployeeDetails, type EmployeeSearch, EmployeesService, type EmployeeSummary } from './employees.service';
export { type OrganizationContext, OrganizationContextService } from './organization-context.service';
export { type PayRanking, PayService, type RankedPage } from './pay.service';
export { type IncomingPerson, type KnownPerson, type PeopleSource, PeopleWriter } from './people-writer.service';
export { WorkforceModule } from './workforce.module';
