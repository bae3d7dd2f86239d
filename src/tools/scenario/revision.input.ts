import { ENTITY_NAMES, type Entity } from '../../scenarios';
import { Count, Flag, OneOf, OPTIONAL, Parts, ScenarioWrite, Text } from '../fields';

const SIDES = ['live', 'plan'] as const;

export class ConflictResolution {
  @Text('Row.', { max: 40 }) entityId: string;
  @Text('Default all of the row.', { ...OPTIONAL, max: 60 }) field?: string;
  @OneOf(SIDES, 'Which value.') keep: (typeof SIDES)[number];
}

export class RebaseScenario extends ScenarioWrite {
  @Count('liveRev of get_scenario_conflicts.') expectedLiveRev: number;
  @Parts(() => ConflictResolution, 'One by one.', { most: 200 }) resolutions?: ConflictResolution[];
  @OneOf(SIDES, 'For all other conflicts.', OPTIONAL) keep?: (typeof SIDES)[number];
}

export class UndoChange extends ScenarioWrite {
  @Text('From scenario_history.', { max: 40 }) changeId: string;
}

export class DiscardChanges extends ScenarioWrite {
  @Text('One row, with its terms, pay, rates and allocations.', { ...OPTIONAL, max: 40 }) entityId?: string;
  @OneOf(ENTITY_NAMES, 'All rows of a kind.', OPTIONAL) entity?: Entity;
  @Flag('Everything.', { byDefault: false }) all = false;
}
