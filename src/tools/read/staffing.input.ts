import { AsOf, Flag, Id, OneOf, OPTIONAL, Paged, PlanId, Text } from '../fields';

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

const VACANCY_STATUSES = ['open', 'on_hold', 'filled', 'cancelled'] as const;

export class SearchVacancies extends StaffingFilter {
  @OneOf(VACANCY_STATUSES, 'Default: open and on_hold.', OPTIONAL) status?: (typeof VACANCY_STATUSES)[number];
  @Flag('Also filled ones.', { byDefault: false }) includeFilled = false;
}

export class GetVacancyDetails {
  @Id('vac', 'Id (vac_…) or ext: and an external id.') vacancyId: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

export class SearchAiAgents extends StaffingFilter {
  @Flag('Only what runs on the day; false: also what ended or starts later.', { byDefault: true }) active = true;
}
