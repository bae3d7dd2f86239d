import { AsOf, Flag, Id, OPTIONAL, Paged, PlanId, Text } from '../fields';

/** What the lists of contractors, vacancies and AI agents have in common. */
abstract class StaffingFilter extends Paged {
  @Text('Beginnings of words of the name.', { ...OPTIONAL, max: 100 }) query?: string;
  @Id('team', 'Only of this team.', OPTIONAL) teamId?: string;
  @Flag('Also of the teams below it.', { byDefault: true }) includeSubteams = true;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

export class SearchContractors extends StaffingFilter {
  @Flag('Only who is under contract on the day; false: also who ended or starts later.', { byDefault: true }) active = true;
}

export class GetContractorDetails {
  @Id('con', 'Id (con_…) or ext: and an external id.') contractorId: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}
