import { Module } from '@nestjs/common';
import { CodeLists } from './code-lists.service';
import { ContractorsService } from './contractors.service';
import { EmployeesService } from './employees.service';
import { OrganizationContextService } from './organization-context.service';
import { PayService } from './pay.service';
import { PeopleWriter } from './people-writer.service';

const SERVICES = [ContractorsService, EmployeesService, OrganizationContextService, PayService, CodeLists, PeopleWriter];

/** People, their terms, pay and teams. */
@Module({ providers: SERVICES, exports: SERVICES })
export class WorkforceModule {}
