import type { NarrowingScope } from '../permissions';

/** Each area of the consent page in the words of the person who decides. */
export const AREA_WORDS: Readonly<Record<NarrowingScope, string>> = {
  'people.read': 'People, contractors and open positions',
  'org-units.read': 'Teams',
  'teams.read': 'Teams',
  'placements.read': 'Allocations to teams and projects',
  'projects.read': 'Projects',
  'costs.read': 'Costs, pay and budgets',
  'org-metrics.read': 'Analytics and key figures',
  'effort.read': 'Effort reported on projects',
  'ai-usage.read': 'AI usage and spend',
  'scenarios.read': 'Scenarios',
  'scenarios.write': 'Drafting changes in scenarios (live data is never changed)',
};
