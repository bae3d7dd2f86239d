import { field } from '../../mcp';
import { Flag } from './choice.decorator';
import { PlanId } from './id.decorator';
import { OPTIONAL, rule } from './rule';
import { isLine } from './text.decorator';

/** In every tool that changes scenarios, so in few words: a client pays for them forty times. */
function Short(description: string, max: number): PropertyDecorator {
  return field({
    schema: { type: 'string', description },
    rules: [rule('text', (value) => isLine(value, max), `text of 1 to ${max} characters without control characters`)],
    optional: true,
  });
}

/** Input of a tool that changes scenarios besides what it is about: inherit it. */
export abstract class WriteOptions {
  @Short('For reviewers.', 1_000) reason?: string;
  @Flag('Preview only.', OPTIONAL) dryRun = false;
  @Short('Makes a repeat safe.', 100) idempotencyKey?: string;
  @Short('From CONFIRMATION_REQUIRED.', 500) confirmationToken?: string;
}

/** Input of a tool that changes one scenario: inherit it. */
export abstract class ScenarioWrite extends WriteOptions {
  @PlanId({ scenario: 'changed' }) planId: string;
}
