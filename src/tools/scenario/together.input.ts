import { FreeObject, Parts, ScenarioWrite, Text } from '../fields';

export class OneOfSeveral {
  @Text('Name of a tool that changes a scenario.', { max: 64 }) tool: string;
  @FreeObject('Its arguments without planId. "$1" is the id that the first change makes.') arguments: Readonly<Record<string, unknown>>;
}

export class ApplyChanges extends ScenarioWrite {
  @Parts(() => OneOfSeveral, 'In their order.', { least: 1, most: 50 }) changes: OneOfSeveral[];
}
