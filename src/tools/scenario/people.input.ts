import { Currency, DateOnly, Flag, Fte, Id, Ids, Money, OPTIONAL, ScenarioWrite, SomeOf, Text, Texts } from '../fields';

export class AddEmployee extends ScenarioWrite {
  @Text('First name; for somebody yet to be found "New".', { max: 100 }) firstName: string;
  @Text('Family name.', { max: 100 }) lastName: string;
  @Text('E-mail address.', { ...OPTIONAL, max: 254 }) email?: string;
  @DateOnly('First day.') startDate: string;
  @Id('role', 'Job role.') jobRoleId: string;
  @Id('wt', 'Work type; default the first one.', OPTIONAL) workTypeId?: string;
  @Id('geo', 'Geography.') geographyId: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
  @Id('emp', 'Manager.', OPTIONAL) managerId?: string;
  @Id('team', 'Primary team.', OPTIONAL) teamId?: string;
  @Fte('Default 1.', OPTIONAL) contractedFte = 1;
  @Money('Per year at 1.0 FTE.', OPTIONAL) annualSalary?: string;
  @Money('Per year.', OPTIONAL) annualBonus?: string;
  @Currency("Default the geography's.", OPTIONAL) currency?: string;
}

const CLEARABLE = ['email', 'endDate', 'noticeDate', 'costCentreId', 'managerId'] as const;

export class UpdateEmployee extends ScenarioWrite {
  @Id('emp', 'Whom.') employeeId: string;
  @DateOnly('From when job, place, manager, FTE and pay change; default today.', OPTIONAL) effectiveDate?: string;
  @Text('First name.', { ...OPTIONAL, max: 100 }) firstName?: string;
  @Text('Family name.', { ...OPTIONAL, max: 100 }) lastName?: string;
  @Text('E-mail address.', { ...OPTIONAL, max: 254 }) email?: string;
  @DateOnly('Last day; to end an employment use terminate_employees.', OPTIONAL) endDate?: string;
  @DateOnly('Day of notice.', OPTIONAL) noticeDate?: string;
  @Texts('All skills from now on.', { ...OPTIONAL, most: 100, max: 100 }) skills?: string[];
  @Id('role', 'Job role.', OPTIONAL) jobRoleId?: string;
  @Id('wt', 'Work type.', OPTIONAL) workTypeId?: string;
  @Id('geo', 'Geography.', OPTIONAL) geographyId?: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
  @Id('emp', 'Manager.', OPTIONAL) managerId?: string;
  @Fte('Contracted.', OPTIONAL) contractedFte?: number;
  @Money('Per year at 1.0 FTE.', OPTIONAL) annualSalary?: string;
  @Money('Per year.', OPTIONAL) annualBonus?: string;
  @Currency('Of the pay.', OPTIONAL) currency?: string;
  @SomeOf(CLEARABLE, 'Fields to empty.', { ...OPTIONAL, most: CLEARABLE.length }) clear?: (typeof CLEARABLE)[number][];
}

export class MoveEmployee extends ScenarioWrite {
  @Id('emp', 'Whom.') employeeId: string;
  @Id('team', 'The new primary team.') toTeamId: string;
  @DateOnly('First day in it.') effectiveDate: string;
  @Id('emp', 'Manager from then on; default the same.', OPTIONAL) newManagerId?: string;
}

export class TerminateEmployees extends ScenarioWrite {
  @Ids('emp', 'Who leaves.', { most: 50 }) employeeIds: string[];
  @DateOnly('Last day.') endDate: string;
  @Flag('Opens a vacancy for each.', { byDefault: false }) backfill = false;
}
