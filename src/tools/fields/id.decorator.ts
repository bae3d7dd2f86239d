import { field, type FieldSpec } from '../../mcp';
import { findingTool } from '../../workforce';
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
const WAYS = new Intl.ListFormat('en', { type: 'disjunction' });
const EXTERNAL = /^ext:./;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

/** Scenarios are known here only. */
const SCENARIO = reference('plan');
const IS_SCENARIO = rule('planId', SCENARIO.holds, SCENARIO.wants);

type Needed = Pick<FieldSpec, 'scenario'>;

/** A scenario that the call is about; it is not read in its world. */
export function ScenarioId(description: string, { optional, scenario }: FieldOptions & Needed = {}): PropertyDecorator {
  return field({ schema: { type: 'string', description }, rules: [IS_SCENARIO], optional, scenario, find: SCENARIO.find });
}

/** The scenario that the call reads instead of live data, or cannot do without; whatever the tool asks is answered in its world. */
export function PlanId({ scenario }: Needed = {}): PropertyDecorator {
  const needed = scenario !== undefined;
  return field({
    schema: { type: 'string', description: needed ? 'Scenario.' : 'Scenario to read.' },
    rules: [IS_SCENARIO],
    optional: !needed,
    choosesWorld: true,
    scenario,
    find: SCENARIO.find,
  });
}

/** One of some words, or the id of a scenario. */
export function ScenarioOr(words: readonly string[], description: string, { byDefault }: { byDefault?: string } = {}): PropertyDecorator {
  const holds = (value: unknown): boolean => SCENARIO.holds(value) || words.includes(value as string);
  const wants = `${words.join(', ')} or ${SCENARIO.wants}`;
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
  const { holds, wants, find } = reference(prefix);
  return field({ schema: { type: 'string', ...described(description) }, rules: [rule('id', holds, wants)], optional, find });
}

/** Several references, at least one. */
export function Ids(prefix: IdPrefix, description: string, { most }: { readonly most: number }): PropertyDecorator {
  const { holds, wants, find } = reference(prefix);
  const all = (value: unknown): boolean => Array.isArray(value) && value.length >= 1 && value.length <= most && value.every(holds);
  return field({
    schema: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: most, description },
    rules: [rule('ids', all, `a list of 1 to ${most}, each ${wants}`)],
    find,
  });
}

interface Reference {
  readonly holds: (value: unknown) => boolean;
  readonly wants: string;
  readonly find: string | undefined;
}

/** What other systems know, too, has their ids besides its own. */
function reference(prefix: IdPrefix): Reference {
  const own = new RegExp(`^${prefix}_[a-z0-9]{1,40}$`);
  const find = findingTool(prefix);
  const [external, email] = [find !== undefined, prefix === 'emp'];
  const ways = [
    `the id of ${/^[aeiou]/i.test(NOUNS[prefix]) ? 'an' : 'a'} ${NOUNS[prefix]} (${prefix}_…)`,
    ...(external ? ['ext: and its external id'] : []),
    ...(email ? ['an e-mail address'] : []),
  ];
  return {
    holds: (value) => isLine(value, MAX) && (own.test(value) || (external && EXTERNAL.test(value)) || (email && EMAIL.test(value))),
    wants: WAYS.format(ways),
    find: prefix === 'plan' ? 'list_scenarios' : find,
  };
}
