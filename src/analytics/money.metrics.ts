import type { Metric } from './declare';

/** What may be spent, and what is. */
export const MONEY_METRICS: readonly Metric[] = [
  {
    ...{ name: 'budget_amount', unit: 'money', usual: 'this_year', measures: ['budgeted'], additive: true },
    definition:
      "Budget, spread evenly over its months: the organization's own, or by team, cost centre, project or value stream the ones set for these.",
    permissions: ['budgets.read'],
  },
  {
    ...{ name: 'avg_day_rate', unit: 'money', usual: 'today', additive: false },
    definition: 'Mean day rate of the contractors under contract on the last day of the period.',
    measures: ['day_rates', 'contractors_charging'],
    value: 'day_rates / nullif(contractors_charging, 0)',
    permissions: ['contractors.read', 'financials.read'],
  },
];
