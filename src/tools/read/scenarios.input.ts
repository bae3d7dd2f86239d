import { SCENARIO_STATUSES } from '../../scenarios';
import { Flag, OneOf, OPTIONAL, Paged, Text } from '../fields';

export class ListScenarios extends Paged {
  @Text('Part of the title.', { ...OPTIONAL, max: 100 }) query?: string;
  @OneOf(SCENARIO_STATUSES, 'Only these.', OPTIONAL) status?: (typeof SCENARIO_STATUSES)[number];
  @Flag("Only the user's own.", { byDefault: false }) mine = false;
}
