import { OneOf, OPTIONAL, ScenarioId, ScenarioWrite, Text, Texts, WriteOptions } from '../fields';

const TYPES = ['what_if', 'hiring', 'restructure', 'cost_reduction', 'budget', 'ai_adoption'] as const;

export class CreateScenario extends WriteOptions {
  @Text('Title.') title: string;
  @OneOf(TYPES, 'Kind.', { byDefault: 'what_if' }) type: (typeof TYPES)[number] = 'what_if';
  @Text('What it is for.', { ...OPTIONAL, max: 2_000 }) description?: string;
  @ScenarioId('Scenario to copy.', OPTIONAL) sourcePlanId?: string;
}

export class UpdateScenario extends ScenarioWrite {
  @Text('Title.', OPTIONAL) title?: string;
  @OneOf(TYPES, 'Kind.', OPTIONAL) type?: (typeof TYPES)[number];
  @Text('What it is for.', { ...OPTIONAL, max: 2_000 }) description?: string;
  @Texts('All who may edit it, too: e-mail addresses or user ids.', { ...OPTIONAL, most: 50, max: 254 }) assignees?: string[];
}

/** Not in its world: whoever repeats the call hears the same when there is none any more. */
export class DeleteScenario extends WriteOptions {
  @ScenarioId('Scenario.', { scenario: 'changed' }) planId: string;
}

export class CommentOnScenario extends ScenarioWrite {
  @Text('What to say.', { max: 4_000, lines: true }) body: string;
}
