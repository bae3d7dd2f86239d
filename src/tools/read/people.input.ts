import { AsOf, Currency, Flag, Id, OneOf, OPTIONAL, Paged, PlanId, Text } from '../fields';

const STATUSES = ['active', 'on_notice', 'departed', 'all'] as const;

/** Which part of the organization a question is about; what the lists of people have in common. */
abstract class PeopleFilter extends Paged {
  @Id('team', 'Only people of this team, part-time allocations included.', OPTIONAL) teamId?: string;
  @Flag('Also people of the teams below teamId; false: only who belongs to the team itself.', { byDefault: true }) includeSubteams = true;
  @Id('geo', 'Only people at this geography.', OPTIONAL) geographyId?: string;
  @Id('role', 'Only people in this job role.', OPTIONAL) jobRoleId?: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

export class SearchEmployees extends PeopleFilter {
  @Text('Beginnings of words of the name, in any order and without regard to case or accents; or of an e-mail address.', {
    ...OPTIONAL,
    max: 100,
  })
  query?: string;

  @Text('Only people with this skill, whole and as written in skills, in any case: "SQL", "Machine learning".', { ...OPTIONAL, max: 100 })
  skill?: string;

  @Id('emp', 'Only direct reports of this employee: id, ext: id or e-mail address.', OPTIONAL)
  managerId?: string;

  @OneOf(STATUSES, 'active: employed on the day, people on notice included; all: also who left or has yet to start.', {
    byDefault: 'active',
  })
  status: (typeof STATUSES)[number] = 'active';
}

export class GetEmployeeDetails {
  @Id('emp', 'Whom: id (emp_…), ext: and an external id, or an e-mail address.') employeeId: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

const MEASURES = ['salary', 'bonus', 'total'] as const;
const ORDERS = ['highest', 'lowest'] as const;

export class RankEmployees extends PeopleFilter {
  @OneOf(MEASURES, 'Annual base salary, annual bonus, or both together.') by: (typeof MEASURES)[number];
  @OneOf(ORDERS, 'Who comes first.', { byDefault: 'highest' }) order: (typeof ORDERS)[number] = 'highest';
  @Currency("Currency to compare in; default: the organization's reporting currency.", OPTIONAL) currency?: string;
}
