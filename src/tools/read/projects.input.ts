import { LIFECYCLE_STAGES, PROJECT_ISSUES, PROJECT_STATUSES } from '../../projects';
import { AsOf, Id, OneOf, OPTIONAL, Paged, PlanId, SomeOf, Text } from '../fields';

export class SearchProjects extends Paged {
  @Text('Beginnings of words of the name.', { ...OPTIONAL, max: 100 }) query?: string;
  @OneOf(LIFECYCLE_STAGES, 'Only in this stage.', OPTIONAL) lifecycleStage?: (typeof LIFECYCLE_STAGES)[number];
  @OneOf(PROJECT_STATUSES, 'Only these.', OPTIONAL) status?: (typeof PROJECT_STATUSES)[number];
  @Id('emp', 'Only owned by this employee.', OPTIONAL) ownerId?: string;
  @Id('vs', 'Only of this value stream.', OPTIONAL) valueStreamId?: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

export class GetProjectDetails {
  @Id('prj', 'Id (prj_…) or ext: and an external id.') projectId: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

export class FindProjectsWithIssues extends Paged {
  @SomeOf(PROJECT_ISSUES, 'Default: all.', { least: 1, most: PROJECT_ISSUES.length, ...OPTIONAL })
  issues?: (typeof PROJECT_ISSUES)[number][];
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}
