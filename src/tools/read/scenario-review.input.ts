import { Flag, Paged, ScenarioId } from '../fields';

export class OneScenario {
  @ScenarioId('The scenario.') planId: string;
}

export class PagesOfScenario extends Paged {
  @ScenarioId('The scenario.') planId: string;
}

export class DiffOfScenario extends PagesOfScenario {
  @Flag('Only rows whose live data moved away from what the scenario was written against.', { byDefault: false }) onlyConflicts = false;
}
