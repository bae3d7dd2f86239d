import { Module } from '@nestjs/common';
import { CodeLists } from './code-lists.service';
import { ContractorsService } from './contractors.service';
import { EmployeesService } from './employees.service';
import { OrganizationContextService } from './organization-context.service';
import { OrganizationSettingsService } from './organization-settings.service';
import { PayService } from './pay.service';
import { PeopleWriter } from './people-writer.service';

const SERVICES = [
  CodeLists,
  ContractorsService,
  EmployeesService,
  OrganizationContextService,
  OrganizationSettingsService,
  PayService,
  PeopleWriter,
];

/** People, their terms, pay and teams. */
@Module({ providers: SERVICES, exports: SERVICES })
export class WorkforceModule {}
