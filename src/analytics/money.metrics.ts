import type { Metric } from './declare';

const COST = { unit: 'money', usual: 'this_month', permissions: ['financials.read'], additive: true } as const;
const WHOLE = { ...COST, pay: 'whole' } as const;
const PART = { ...COST, pay: 'part' } as const;
/** Whose groups cannot be kept apart well enough for the rules of pay. */
const OPEN = { ...COST, permissions: ['financials.read', 'compensation.read'] } as const;

/** What is planned to be spent, and what may be. */
export const MONEY_METRICS: readonly Metric[] = [
  {
    ...{ ...WHOLE, name: 'cost_total', measures: ['cost_total'], budgeted: true },
    definition: 'Planned cost of employees, contractors, vacancies and AI agents, by their shares; overhead and bonus included.',
  },
  { ...PART, name: 'cost_base', definition: 'Base pay of employees.', measures: ['cost_base'] },
  { ...PART, name: 'cost_overhead', definition: 'Overhead on base pay, by employment class.', measures: ['cost_overhead'] },
  { ...PART, name: 'cost_bonus', definition: 'Bonus of employees, accrued evenly.', measures: ['cost_bonus'] },
  { ...COST, name: 'cost_contractor', definition: 'Rates of contractors.', measures: ['cost_contractor'] },
  {
    ...{ ...COST, name: 'cost_vacancy', measures: ['cost_vacancy'] },
    definition: 'Open vacancies from their target start date on, by the middle of their salary range.',
  },
  {
    ...COST,
    name: 'ai_planned_cost',
    definition: 'AI agents as planned: seats and tokens; never add ai_actual_spend to it.',
    measures: ['cost_ai'],
  },
  { ...OPEN, name: 'capex_cost', definition: 'Cost of work on projects that are classed as capex.', measures: ['cost_capex'] },
  { ...OPEN, name: 'opex_cost', definition: 'Cost of work on projects that are classed as opex.', measures: ['cost_opex'] },
  {
    ...{ ...OPEN, name: 'effort_cost', measures: ['cost_of_effort'], usual: 'last_3_months_to_date', liveOnly: true },
    definition: 'Cost of the weeks that were handed in, by the fractions worked.',
    permissions: ['effort.read', 'financials.read', 'compensation.read'],
  },
  {
    ...{ ...COST, name: 'budget_amount', measures: ['budgeted'], usual: 'this_year', permissions: ['budgets.read'] },
    definition:
      "Budget, spread evenly over its months: the organization's own, or by team, cost centre, project or value stream those set for them. Null where there is none.",
  },
  {
    ...{ ...WHOLE, name: 'budget_variance', usual: 'this_year', permissions: ['budgets.read', 'financials.read'] },
    definition:
      'Budget less planned cost: negative where it costs more. Null without a budget; the total of a split is of the groups that have one. By team, of each without its subteams; get_budget_status counts those in.',
    measures: ['budgeted', 'cost_total'],
    totalOf: 'budgeted',
    value: 'budgeted - cost_total',
  },
  {
    ...{ ...WHOLE, name: 'budget_variance_pct', unit: 'fraction', usual: 'this_year', permissions: ['budgets.read', 'financials.read'] },
    definition: 'Budget variance divided by the budget.',
    measures: ['budgeted', 'cost_total'],
    totalOf: 'budgeted',
    value: '(budgeted - cost_total) / nullif(budgeted, 0)',
    additive: false,
  },
  {
    ...{ ...COST, name: 'avg_day_rate', usual: 'today', additive: false },
    definition: 'Mean day rate of the contractors under contract on the last day of the period.',
    measures: ['day_rates', 'contractors_charging'],
    value: 'day_rates / nullif(contractors_charging, 0)',
    permissions: ['contractors.read', 'financials.read'],
  },
];
