import { Injectable } from '@nestjs/common';
import { resolveReferences } from '../../workforce';
import { type Draft, invalid, type Step } from '../write';
import { changePay, mayWritePay, PayFields } from './pay';
import { changeTeam } from './primary-team';
import { changeTerms } from './terms';

export interface NewEmployee extends PayFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  readonly startDate: string;
  readonly jobRoleId: string;
  readonly workTypeId?: string;
  readonly geographyId: string;
  readonly costCentreId?: string;
  readonly managerId?: string;
  readonly teamId?: string;
  readonly contractedFte: number;
}

export interface EmployeeUpdate extends PayFields {
  readonly employeeId: string;
  readonly effectiveDate?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly noticeDate?: string;
  readonly skills?: readonly string[];
  readonly jobRoleId?: string;
  readonly workTypeId?: string;
  readonly geographyId?: string;
  readonly costCentreId?: string;
  readonly managerId?: string;
  readonly contractedFte?: number;
  readonly clear?: readonly ('email' | 'endDate' | 'noticeDate' | 'costCentreId' | 'managerId')[];
}

export interface EmployeeMove {
  readonly employeeId: string;
  readonly toTeamId: string;
  readonly effectiveDate: string;
  readonly newManagerId?: string;
}

/** $1 organization · $2 geography */
const DEFAULTS = `
  select (select w.id from work_type w where w.org_id = $1 and w.active order by w.created_at, w.id limit 1) as "workTypeId",
    (select w.name from work_type w where w.org_id = $1 and w.active order by w.created_at, w.id limit 1) as "workType",
    (select g.currency from geography g where g.org_id = $1 and g.id = $2) as currency`;

/** $1 organization · $2 employee · $3 day */
const PERSON = `
  select e.id, e.first_name || ' ' || e.last_name as name, e.start_date as "startDate", e.end_date as "endDate", t.contracted_fte::text as fte, g.currency
  from employee e
  join lateral (select t.* from employment_terms t where t.org_id = $1 and t.employee_id = e.id order by t.effective_from <= $3 desc,
    case when t.effective_from <= $3 then $3 - t.effective_from else t.effective_from - $3 end limit 1) t on true
  join geography g on g.org_id = $1 and g.id = t.geography_id
  where e.org_id = $1 and e.id = $2`;

interface Person {
  readonly id: string;
  readonly name: string;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly fte: string;
  readonly currency: string;
}

/** Hiring, changing and moving people in a scenario. */
@Injectable()
export class EmployeeChanges {
  add(input: NewEmployee): Step {
    return async (draft) => {
      mayWritePay(draft.ctx, input);
      const ids = await resolveReferences(draft.ctx, [
        { kind: 'role', field: 'jobRoleId', given: input.jobRoleId },
        { kind: 'wt', field: 'workTypeId', given: input.workTypeId },
        { kind: 'geo', field: 'geographyId', given: input.geographyId },
        { kind: 'cc', field: 'costCentreId', given: input.costCentreId },
        { kind: 'emp', field: 'managerId', given: input.managerId },
        { kind: 'team', field: 'teamId', given: input.teamId },
      ]);
      const [defaults] = await draft.ctx.db.query<[{ workTypeId: string; workType: string; currency: string }]>(DEFAULTS, [
        draft.ctx.orgId,
        ids['geographyId'],
      ]);
      if (input.workTypeId === undefined)
        draft.warn('WORK_TYPE_ASSUMED', `No workTypeId given: ${defaults.workType} is assumed.`, [defaults.workTypeId]);
      const { startDate, contractedFte: fte } = input;
      const id = draft.create('employee', {
        first_name: input.firstName,
        last_name: input.lastName,
        email: input.email,
        start_date: startDate,
      });
      draft.create('employment_terms', {
        employee_id: id,
        effective_from: startDate,
        job_role_id: ids['jobRoleId'],
        work_type_id: ids['workTypeId'] ?? defaults.workTypeId,
        geography_id: ids['geographyId'],
        cost_centre_id: ids['costCentreId'],
        manager_id: ids['managerId'],
        contracted_fte: fte,
      });
      if (ids['teamId'])
        draft.create('allocation', { employee_id: id, target_team_id: ids['teamId'], fte, start_date: startDate, is_primary: true });
      await changePay(draft, id, startDate, input, defaults.currency);
      return { type: 'employee', id, name: `${input.firstName} ${input.lastName}` };
    };
  }

  update(input: EmployeeUpdate): Step {
    return async (draft) => {
      mayWritePay(draft.ctx, input);
      const { employeeId = '', ...ids } = await resolveReferences(draft.ctx, [
        { kind: 'emp', field: 'employeeId', given: input.employeeId },
        { kind: 'role', field: 'jobRoleId', given: input.jobRoleId },
        { kind: 'wt', field: 'workTypeId', given: input.workTypeId },
        { kind: 'geo', field: 'geographyId', given: input.geographyId },
        { kind: 'cc', field: 'costCentreId', given: input.costCentreId },
        { kind: 'emp', field: 'managerId', given: input.managerId },
      ]);
      const person = await this.person(draft, employeeId, input.effectiveDate);
      const cleared = <T>(field: NonNullable<EmployeeUpdate['clear']>[number], value: T): T | null =>
        input.clear?.includes(field) ? null : value;
      const day = input.effectiveDate ?? (draft.today > person.startDate ? draft.today : person.startDate);
      draft.removes = input.endDate !== undefined;
      draft.update('employee', employeeId, {
        first_name: input.firstName,
        last_name: input.lastName,
        email: cleared('email', input.email),
        start_date: input.startDate,
        end_date: cleared('endDate', input.endDate),
        notice_date: cleared('noticeDate', input.noticeDate),
        skills: input.skills,
      });
      await changeTerms(draft, employeeId, day, {
        job_role_id: ids['jobRoleId'],
        work_type_id: ids['workTypeId'],
        geography_id: ids['geographyId'],
        cost_centre_id: cleared('costCentreId', ids['costCentreId']),
        manager_id: cleared('managerId', ids['managerId']),
        contracted_fte: input.contractedFte,
      });
      await changePay(draft, employeeId, day, input, person.currency);
      return { type: 'employee', id: employeeId, name: person.name };
    };
  }

  move(input: EmployeeMove): Step {
    return async (draft) => {
      const {
        employeeId = '',
        toTeamId = '',
        newManagerId,
      } = await resolveReferences(draft.ctx, [
        { kind: 'emp', field: 'employeeId', given: input.employeeId },
        { kind: 'team', field: 'toTeamId', given: input.toTeamId },
        { kind: 'emp', field: 'newManagerId', given: input.newManagerId },
      ]);
      const person = await this.person(draft, employeeId, input.effectiveDate);
      await changeTeam(draft, person, toTeamId, input.effectiveDate);
      await changeTerms(draft, employeeId, input.effectiveDate, { manager_id: newManagerId });
      return { type: 'employee', id: employeeId, name: person.name };
    };
  }

  private async person(draft: Draft, employeeId: string, day = draft.today): Promise<Person> {
    const [person] = await draft.ctx.db.query<[Person]>(PERSON, [draft.ctx.orgId, employeeId, day]);
    if (person.endDate !== null && day > person.endDate) {
      throw invalid(`${person.name} leaves on ${person.endDate}, before ${day}.`, [
        { field: 'effectiveDate', problem: 'is after the last day' },
      ]);
    }
    return person;
  }
}
