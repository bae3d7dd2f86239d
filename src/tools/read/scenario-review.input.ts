import { Flag, Id, Paged } from '../fields';

export class OneScenario {
  @Id('plan', 'The scenario.') planId: string;
}

export class PagesOfScenario extends Paged {
  @Id('plan', 'The scenario.') planId: string;
}

export class DiffOfScenario extends PagesOfScenario {
  @Flag('Only rows whose live data moved away from what the scenario was written against.', { byDefault: false }) onlyConflicts = false;
}
