import type { Metric } from './declare';

const USED = { permissions: ['ai_usage.read'], personal: 'ai_usage.person.read', usual: 'last_3_months_to_date', liveOnly: true } as const;

/** What AI systems were used for and cost. */
export const AI_METRICS: readonly Metric[] = [
  {
    ...{ ...USED, unit: 'money', name: 'ai_actual_spend', measures: ['ai_spend'], additive: true },
    definition:
      'What the use of AI systems cost, at the exchange rate of each day; use that is matched to nobody included. By team, whoever is in several is divided by FTE.',
  },
  { ...USED, unit: 'tokens', name: 'ai_tokens_in', definition: 'Input tokens used.', measures: ['tokens_in'], additive: true },
  { ...USED, unit: 'tokens', name: 'ai_tokens_out', definition: 'Output tokens used.', measures: ['tokens_out'], additive: true },
  {
    ...{ ...USED, unit: 'people', name: 'ai_active_users', measures: ['ai_users'], additive: false },
    definition: 'Different employees who used AI in the period; of a team, those whose primary team it was on a day of use.',
  },
  {
    ...{ ...USED, unit: 'fraction', name: 'ai_adoption_rate', additive: false },
    definition: 'Part of the headcount on the last day of the period that used AI in it; of a team, of those whose primary team it is.',
    measures: ['ai_adopters', 'headcount'],
    value: 'ai_adopters / nullif(headcount, 0)',
    permissions: ['ai_usage.read', 'people.read'],
  },
  {
    ...{ ...USED, unit: 'money', name: 'ai_spend_per_active_user', additive: false },
    definition:
      'AI spend of employees divided by those it is of; of a team, all who have a share of it, also where another team is their primary one.',
    measures: ['ai_spend_of_people', 'ai_spenders'],
    value: 'ai_spend_of_people / nullif(ai_spenders, 0)',
  },
];
