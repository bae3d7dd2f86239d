import { Module } from '@nestjs/common';
import { AiAgentsService } from './ai-agents.service';
import { CodeLists } from './code-lists.service';
import { ContractorsService } from './contractors.service';
import { EmployeesService } from './employees.service';
import { OrganizationContextService } from './organization-context.service';
import { OrganizationSettingsService } from './organization-settings.service';
import { PayService } from './pay.service';
import { PeopleWriter } from './people-writer.service';
import { ReferenceDataService } from './reference-data.service';
import { TeamsService } from './teams.service';
import { VacanciesService } from './vacancies.service';

const SERVICES = [
  AiAgentsService,
  CodeLists,
  ContractorsService,
  EmployeesService,
  OrganizationContextService,
  OrganizationSettingsService,
  PayService,
  PeopleWriter,
  ReferenceDataService,
  TeamsService,
  VacanciesService,
];

/** People, their terms, pay and teams. */
@Module({ providers: SERVICES, exports: SERVICES })
export class WorkforceModule {}
