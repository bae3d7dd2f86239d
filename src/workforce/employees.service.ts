import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import type { Allocations, IdName } from './allocation';
import { Cursors, Page, toPage } from './cursor';
import { EMPLOYEE_DETAILS, searchEmployees } from './employees.sql';
import { PayService, PayHistory } from './pay.service';
import { resolveReferences } from './references';
import { FieldRights, mayFilter, redactItems, redactRecord } from './rights';

export interface EmployeeSearch {
  readonly query?: string;
  readonly geographyId?: string;
  readonly skill?: string;
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  readonly jobRoleId?: string;
  readonly managerId?: string;
  readonly status: 'active' | 'on_notice' | 'departed' | 'all';
  readonly asOf?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export type EmployeeStatus = 'active' | 'on_notice' | 'departed' | 'future';

/** A person in a list; never pay. */
export interface EmployeeSummary {
  id: string;
  name: string;
  email?: string;
  status: EmployeeStatus;
  jobRole: string;
  geography: string;
  team?: IdName;
  manager?: IdName;
  startDate: string;
  endDate?: string;
  fte: number;
  skills?: string[];
}

interface DetailsWithoutPay extends Allocations {
  asOf: string;
  person: {
    id: string;
    externalId?: string;
    firstName: string;
    lastName: string;
    email?: string;
    status: EmployeeStatus;
    startDate: string;
    endDate?: string;
    noticeDate?: string;
    fte: number;
    jobRole: IdName;
    workType: IdName;
    geography: IdName;
    costCentre?: IdName;
  };
  manager?: IdName;
  reportCount: number;
  reports: (IdName & { jobRole: string })[];
  team?: IdName;
  skills: string[];
}

export type EmployeeDetails = DetailsWithoutPay & Partial<PayHistory> & { redacted?: string[] };

const RIGHTS: FieldRights<EmployeeDetails> = {
  team: 'teams.read',
  allocations: ['allocations.read', 'teams.read'],
  projectAllocations: ['allocations.read', 'projects.read'],
  salary: 'compensation.read',
  salaryHistory: 'compensation.read',
};

interface SearchRow {
  id: string;
  sortKey: string;
  day: string;
  person: EmployeeSummary;
}

@Injectable()
export class EmployeesService {
  constructor(private readonly pay: PayService) {}

  /** People by name, then id. */
  async search(ctx: CallContext, search: EmployeeSearch): Promise<Page<EmployeeSummary> & { redacted?: string[] }> {
    mayFilter(ctx, 'teamId', search.teamId, 'teams.read');
    const cursors = new Cursors(ctx, 'employees', search, 2);
    const after = cursors.read(search.cursor);
    const ids = await resolveReferences(ctx, [
      { kind: 'geo', field: 'geographyId', given: search.geographyId },
      { kind: 'team', field: 'teamId', given: search.teamId },
      { kind: 'role', field: 'jobRoleId', given: search.jobRoleId },
      { kind: 'emp', field: 'managerId', given: search.managerId },
    ]);
    const { query, skill, teamId, status } = search;
    const asked = {
      query: query !== undefined,
      skill: skill !== undefined,
      manager: ids['managerId'] !== undefined,
      team: teamId !== undefined,
      jobRole: ids['jobRoleId'] !== undefined,
      geography: ids['geographyId'] !== undefined,
      next: after !== undefined,
      status,
    };
    const rows = await ctx.db.query<SearchRow[]>(searchEmployees(asked), [
      ctx.orgId,
      after?.day ?? search.asOf,
      query,
      ids['geographyId'],
      skill,
      ids['teamId'],
      search.includeSubteams,
      ids['jobRoleId'],
      ids['managerId'],
      after?.key[0],
      after?.key[1],
      search.limit + 1,
    ]);
    const page = toPage(
      rows,
      search.limit,
      (row) => row.person,
      (row) => cursors.write({ day: row.day, key: [row.sortKey, row.id] }),
    );
    return redactItems(ctx, page, { team: 'teams.read' });
  }

  /** @throws ToolError NOT_FOUND */
  async details(ctx: CallContext, given: string, asOf?: string): Promise<EmployeeDetails> {
    const { employeeId } = await resolveReferences(ctx, [{ kind: 'emp', field: 'employeeId', given }]);
    const [row] = await ctx.db.query<[{ details: DetailsWithoutPay }]>(EMPLOYEE_DETAILS, [ctx.orgId, asOf, employeeId]);
    const pay = can(ctx, 'compensation.read') ? await this.pay.history(ctx, employeeId as string, row.details.asOf) : undefined;
    return redactRecord<EmployeeDetails>(ctx, { ...row.details, ...pay }, RIGHTS);
  }
}
