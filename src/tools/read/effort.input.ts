import { BUCKETS, PROJECT_EFFORT_GROUPS } from '../../effort';
import { Flag, From, Id, OneOf, OPTIONAL, Paged, To } from '../fields';

abstract class EffortPeriod extends Paged {
  @From() from?: string;
  @To() to?: string;
}

export class GetProjectEffort extends EffortPeriod {
  @Id('prj', 'Id (prj_…) or ext: and an external id.') projectId: string;
  @OneOf(PROJECT_EFFORT_GROUPS, 'What rows are.', { byDefault: 'person' }) groupBy: (typeof PROJECT_EFFORT_GROUPS)[number] = 'person';
}

export class GetTeamEffort extends EffortPeriod {
  @Id('team', 'Id (team_…) or ext: and an external id.') teamId: string;
  @Flag('With the teams below it.', { byDefault: true }) includeSubteams = true;
}

export class GetUnattributedEffort extends EffortPeriod {
  @Id('team', 'Only of this team.', OPTIONAL) teamId?: string;
  @Flag('Also of the teams below it.', { byDefault: true }) includeSubteams = true;
  @OneOf(BUCKETS, 'Only these rows.', OPTIONAL) bucket?: (typeof BUCKETS)[number];
}
