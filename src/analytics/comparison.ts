import { previousSpan, type Span } from './calendar';
import type { Metric } from './declare';
import { invalid } from './invalid';
import type { AnalyticsQuery } from './query';

/** What a question can be compared with besides a scenario, whose id says so. */
export const COMPARED = ['previous_period', 'live', 'budget'] as const;

/** What stands beside each value; its column is called after `with`. */
export interface Comparison {
  readonly with: 'before' | 'live' | 'scenario' | 'budget';
  /** Of the period before. */
  readonly span?: Span;
  /** Of the scenario. */
  readonly planId?: string;
}

/** @throws ToolError VALIDATION where nothing would be compared */
export function comparisonOf({ compareTo, planId }: AnalyticsQuery, metrics: readonly Metric[], span: Span): Comparison | undefined {
  switch (compareTo) {
    case undefined:
      return undefined;
    case 'previous_period':
      return { with: 'before', span: previousSpan(span) };
    case 'live':
      if (planId === undefined) throw invalid('compareTo', 'compareTo live is for a scenario: pass its planId, too.');
      return { with: 'live' };
    case 'budget':
      metrics.forEach(mustBeBudgeted);
      return { with: 'budget' };
    default:
      if (compareTo === planId) throw invalid('compareTo', 'compareTo is the scenario that is read: name another one, or live.');
      return { with: 'scenario', planId: compareTo };
  }
}

/** The periods that figures are reckoned of. */
export function spansOf({ span, comparison }: { readonly span: Span; readonly comparison?: Comparison }): readonly Span[] {
  return [span, ...(comparison?.span ? [comparison.span] : [])];
}

function mustBeBudgeted({ name, budgeted }: Metric): void {
  if (budgeted) return;
  throw invalid('compareTo', `${name} has no budget: compare cost_total with it.`);
}
