import { OneOf, OPTIONAL, ScenarioId, Text, WriteOptions } from '../fields';

const TYPES = ['what_if', 'hiring', 'restructure', 'cost_reduction', 'budget', 'ai_adoption'] as const;

export class CreateScenario extends WriteOptions {
  @Text('Title.') title: string;
  @OneOf(TYPES, 'Kind.', { byDefault: 'what_if' }) type: (typeof TYPES)[number] = 'what_if';
  @Text('What it is for.', { ...OPTIONAL, max: 2_000 }) description?: string;
  @ScenarioId('Scenario to copy.', OPTIONAL) sourcePlanId?: string;
}
