import { Module } from '@nestjs/common';
import { EmployeesService } from './employees.service';
import { OrganizationContextService } from './organization-context.service';
import { PayService } from './pay.service';

const SERVICES = [EmployeesService, OrganizationContextService, PayService];

/** People, their terms, pay and teams. */
@Module({ providers: SERVICES, exports: SERVICES })
export class WorkforceModule {}
