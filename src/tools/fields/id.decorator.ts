import { field, type FieldSpec } from '../../mcp';
import { described, FieldOptions, rule } from './rule';
import { isLine } from './text.decorator';

const NOUNS = {
  org: 'organization',
  usr: 'user',
  emp: 'employee',
  con: 'contractor',
  vac: 'vacancy',
  agt: 'AI agent',
  prj: 'project',
  bud: 'budget',
  wi: 'work item',
  acc: 'AI account',
  plan: 'scenario',
  team: 'team',
  geo: 'geography',
  role: 'job role',
  wt: 'work type',
  cc: 'cost centre',
  vs: 'value stream',
  alc: 'allocation',
} as const;

export type IdPrefix = keyof typeof NOUNS;

const MAX = 254;
const EXTERNAL = /^ext:./;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

const PLAN = /^plan_[a-z0-9]{1,40}$/;
const SCENARIO = rule('planId', (value) => typeof value === 'string' && PLAN.test(value), 'the id of a scenario (plan_…)');

type Needed = Pick<FieldSpec, 'scenario'>;

/** A scenario that the call is about; it is not read in its world. */
export function ScenarioId(description: string, { optional, scenario }: FieldOptions & Needed = {}): PropertyDecorator {
  return field({ schema: { type: 'string', description }, rules: [SCENARIO], optional, scenario });
}

/** The scenario that the call reads instead of live data, or cannot do without; whatever the tool asks is answered in its world. */
export function PlanId({ scenario }: Needed = {}): PropertyDecorator {
  const needed = scenario !== undefined;
  return field({
    schema: { type: 'string', description: needed ? 'Scenario.' : 'Scenario to read.' },
    rules: [SCENARIO],
    optional: !needed,
    choosesWorld: true,
    scenario,
  });
}

/** One of some words, or the id of a scenario. */
export function ScenarioOr(words: readonly string[], description: string, { byDefault }: { byDefault?: string } = {}): PropertyDecorator {
  const holds = (value: unknown): boolean => typeof value === 'string' && (words.includes(value) || PLAN.test(value));
  const wants = `${words.join(', ')} or the id of a scenario (plan_…)`;
  return field({
    schema: { type: 'string', ...(byDefault && { default: byDefault }), description: `${wants}. ${description}` },
    rules: [rule('scenarioOr', holds, wants)],
    optional: true,
  });
}

/**
 * A reference to a row: its id, `ext:` and the id that another system knows it by, or for an employee an e-mail address.
 * Whether it exists is the service's question: an unknown id and another organization's are the same NOT_FOUND.
 */
export function Id(prefix: IdPrefix, description?: string, { optional }: FieldOptions = {}): PropertyDecorator {
  const { holds, wants } = reference(prefix);
  return field({ schema: { type: 'string', ...described(description) }, rules: [rule('id', holds, wants)], optional });
}

/** Several references, at least one. */
export function Ids(prefix: IdPrefix, description: string, { most }: { readonly most: number }): PropertyDecorator {
  const { holds, wants } = reference(prefix);
  const all = (value: unknown): boolean => Array.isArray(value) && value.length >= 1 && value.length <= most && value.every(holds);
  return field({
    schema: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: most, description },
    rules: [rule('ids', all, `a list of 1 to ${most}, each ${wants}`)],
  });
}

function reference(prefix: IdPrefix): { holds: (value: unknown) => boolean; wants: string } {
  const own = new RegExp(`^${prefix}_[a-z0-9]{1,40}$`);
  const byEmail = prefix === 'emp';
  return {
    holds: (value) => isLine(value, MAX) && (own.test(value) || EXTERNAL.test(value) || (byEmail && EMAIL.test(value))),
    wants: `the id of ${byEmail ? 'an employee' : `a ${NOUNS[prefix]}`} (${prefix}_…), ext: and its external id${byEmail ? ', or an e-mail address' : ''}`,
  };
}
