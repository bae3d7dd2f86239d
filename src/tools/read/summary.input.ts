import { AsOf, Id, PlanId, ScenarioOr } from '../fields';

export class OrgSummary {
  @PlanId() planId?: string;
  @AsOf() asOf?: string;
  @ScenarioOr(['live'], 'What a scenario is compared with.', { byDefault: 'live' }) baseline = 'live';
}

export class OrgUnitMetrics extends OrgSummary {
  @Id('team', 'Id (team_…) or ext: and an external id.') teamId: string;
}
