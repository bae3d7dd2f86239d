import { BUDGET_SCOPES } from '../../projects';
import { AsOf, OneOf, OPTIONAL, Paged, PlanId, Text } from '../fields';

export class GetBudgetStatus extends Paged {
  @OneOf(BUDGET_SCOPES, 'Only these.', OPTIONAL) scope?: (typeof BUDGET_SCOPES)[number];
  @Text('Only of this team, cost centre, project or value stream: its id.', OPTIONAL) scopeId?: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}
