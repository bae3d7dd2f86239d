import { SCENARIO_STATUSES } from '../../scenarios';
import { Count, Id, ListOf, Moment, Nested, OneOf, OPTIONAL, PageOutput, Words } from '../fields';
import { Member } from '../fields/parts';

class Scenario {
  @Id('plan') id: string;
  @Words() title: string;
  @Words() type: string;
  @OneOf(SCENARIO_STATUSES) status: (typeof SCENARIO_STATUSES)[number];
  @Nested(() => Member) owner: Member;
  @Count('Rises with every change.') rev: number;
  @Id('plan', 'What it was copied from.', OPTIONAL) sourcePlanId?: string;
  @Moment() updatedAt: string;
}

export class ScenarioPage extends PageOutput {
  @ListOf(() => Scenario) items: Scenario[];
}
