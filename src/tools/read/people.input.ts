import { AsOf, Currency, Flag, Id, OneOf, OPTIONAL, Paged, PlanId, Text } from '../fields';

const STATUSES = ['active', 'on_notice', 'departed', 'all'] as const;

/** Which part of the organization a question is about; what the lists of people have in common. */
abstract class PeopleFilter extends Paged {
  @Id('team', 'Only of this team, primarily or not.', OPTIONAL) teamId?: string;
  @Flag('Also of the teams below it.', { byDefault: true }) includeSubteams = true;
  @Id('geo', 'Only here.', OPTIONAL) geographyId?: string;
  @Id('role', 'Only with this job.', OPTIONAL) jobRoleId?: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

export class SearchEmployees extends PeopleFilter {
  @Text('Beginnings of words of the name, or of an e-mail address.', {
    ...OPTIONAL,
    max: 100,
  })
  query?: string;

  @Text('A whole skill, in any case.', { ...OPTIONAL, max: 100 })
  skill?: string;

  @Id('emp', 'Only direct reports of: id, ext: id or e-mail address.', OPTIONAL)
  managerId?: string;

  @OneOf(STATUSES, 'active includes on_notice; all: also who left or starts later.', {
    byDefault: 'active',
  })
  status: (typeof STATUSES)[number] = 'active';
}

export class GetEmployeeDetails {
  @Id('emp', 'Id (emp_…), ext: and an external id, or e-mail address.') employeeId: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

const MEASURES = ['salary', 'bonus', 'total'] as const;
const ORDERS = ['highest', 'lowest'] as const;

export class RankEmployees extends PeopleFilter {
  @OneOf(MEASURES, 'total: salary and bonus.') by: (typeof MEASURES)[number];
  @OneOf(ORDERS, 'Who comes first.', { byDefault: 'highest' }) order: (typeof ORDERS)[number] = 'highest';
  @Currency('To compare in; default: reporting currency.', OPTIONAL) currency?: string;
}
