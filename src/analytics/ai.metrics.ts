import type { Metric } from './declare';

const USED = { permissions: ['ai_usage.read'], personal: 'ai_usage.person.read', usual: 'last_3_months_to_date', liveOnly: true } as const;

/** What AI systems were used for and cost. */
export const AI_METRICS: readonly Metric[] = [
  {
    ...{ ...USED, unit: 'money', name: 'ai_actual_spend', measures: ['ai_spend'], additive: true },
    definition: 'What the use of AI systems cost, at the exchange rate of each day; use that is matched to nobody included.',
  },
  { ...USED, unit: 'tokens', name: 'ai_tokens_in', definition: 'Input tokens used.', measures: ['tokens_in'], additive: true },
  { ...USED, unit: 'tokens', name: 'ai_tokens_out', definition: 'Output tokens used.', measures: ['tokens_out'], additive: true },
  {
    ...{ ...USED, unit: 'people', name: 'ai_active_users', measures: ['ai_users'], additive: false },
    definition: 'Different employees who used AI in the period.',
  },
  {
    ...{ ...USED, unit: 'fraction', name: 'ai_adoption_rate', additive: false },
    definition: 'Active AI users divided by the headcount on the last day of the period.',
    measures: ['ai_users', 'headcount'],
    value: 'ai_users / nullif(headcount, 0)',
    permissions: ['ai_usage.read', 'people.read'],
  },
  {
    ...{ ...USED, unit: 'money', name: 'ai_spend_per_active_user', additive: false },
    definition: 'AI spend of employees divided by the active users among them.',
    measures: ['ai_spend_of_people', 'ai_users'],
    value: 'ai_spend_of_people / nullif(ai_users, 0)',
  },
];
