import { Injectable } from '@nestjs/common';
import { can, missingPermissions } from '../../access';
import { resolveReferences } from '../../workforce';
import { dayBefore } from '../days';
import { type Draft, invalid, type Step, type WrittenEntity } from '../write';
import { ContractorChanges } from './contractor-changes.service';
import { EmployeeChanges } from './employee-changes.service';
import { endAllocations } from './ends';
import type { PayFields } from './pay';

/** By whom: an employee, a contractor, or somebody new by name. */
export interface Filling extends PayFields {
  readonly vacancyId: string;
  readonly startDate: string;
  readonly employeeId?: string;
  readonly contractorId?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
}

interface Vacancy {
  readonly id: string;
  readonly role: string;
  readonly status: string;
  readonly fte: number;
  readonly jobRoleId: string | null;
  readonly workTypeId: string | null;
  readonly geographyId: string | null;
  readonly managerId: string | null;
  readonly teamId: string | null;
}

const VACANCY = `
  select v.id, v.role, v.status, v.fte::float8 as fte, v.job_role_id as "jobRoleId", v.work_type_id as "workTypeId", v.geography_id as "geographyId",
    v.hiring_manager_id as "managerId",
    (select a.target_team_id from allocation a where a.org_id = $1 and a.vacancy_id = v.id and a.target_team_id is not null order by a.start_date desc limit 1) as "teamId"
  from vacancy v where v.org_id = $1 and v.id = $2`;

/** Somebody takes an open position in a scenario: hired, moved or contracted as the vacancy says. */
@Injectable()
export class VacancyFilling {
  constructor(
    private readonly employees: EmployeeChanges,
    private readonly contractors: ContractorChanges,
  ) {}

  fill(input: Filling): Step {
    return async (draft) => {
      const { vacancyId } = await resolveReferences(draft.ctx, [{ kind: 'vac', field: 'vacancyId', given: input.vacancyId }]);
      const [vacancy] = await draft.ctx.db.query<[Vacancy]>(VACANCY, [draft.ctx.orgId, vacancyId]);
      if (vacancy.status === 'filled' || vacancy.status === 'cancelled')
        throw invalid(`${vacancy.role} is ${vacancy.status}: it cannot be filled.`);
      const named = [input.employeeId, input.contractorId, input.firstName].filter((one) => one !== undefined);
      if (named.length !== 1)
        throw invalid('Pass one of employeeId, contractorId, or firstName and lastName.', [{ field: 'employeeId', problem: 'or another' }]);
      const person = await this.engage(draft, vacancy, input);
      await endAllocations(draft, 'vacancy_id', [vacancy.id], dayBefore(input.startDate));
      draft.update('vacancy', vacancy.id, { status: 'filled', [`filled_by_${person.type}_id`]: person.id });
      return person;
    };
  }

  private engage(draft: Draft, vacancy: Vacancy, { employeeId, contractorId, startDate, ...hire }: Filling): Promise<WrittenEntity> {
    const { teamId, managerId, jobRoleId, geographyId, workTypeId, fte } = vacancy;
    if (contractorId !== undefined) {
      if (!can(draft.ctx, 'contractors.write')) throw missingPermissions(draft.ctx, ['contractors.write']);
      return this.contractors.update({ contractorId, effectiveDate: startDate, ...(teamId && { teamId }) })(draft);
    }
    if (employeeId !== undefined) {
      const manager = managerId === null ? {} : { newManagerId: managerId };
      return this.employees.move({ employeeId, toTeamId: needed(teamId, 'teamId'), effectiveDate: startDate, ...manager })(draft);
    }
    return this.employees.add({
      ...hire,
      ...{ firstName: hire.firstName ?? '', lastName: needed(hire.lastName, 'lastName', 'Pass it.'), startDate, contractedFte: fte },
      ...{ jobRoleId: needed(jobRoleId, 'jobRoleId'), geographyId: needed(geographyId, 'geographyId') },
      ...(workTypeId && { workTypeId }),
      ...(managerId && { managerId }),
      ...(teamId && { teamId }),
    })(draft);
  }
}

function needed(
  value: string | null | undefined,
  field: string,
  remedy = 'The vacancy has none: set it with update_vacancy first.',
): string {
  if (value) return value;
  throw invalid(`${field} is missing. ${remedy}`, [{ field, problem: 'is missing' }]);
}
