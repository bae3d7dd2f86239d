import { type CostWarningRow, toWarnings } from '../costs';
import { addDays, daysBetween } from './calendar';
import type { Warning } from './query';
import type { Question } from './question';

/** What figures lack: somebody's cost, or `of` amounts that are nobody's, or of groups without a budget. */
export type LeftOut =
  | (CostWarningRow & { readonly of?: 'amounts' })
  | { readonly code: 'BUDGET_MISSING'; readonly currency: null; readonly count: number; readonly of: 'groups' };

export function warningsOf(rows: readonly LeftOut[], currency: string): Warning[] {
  return rows.flatMap((row) => {
    if (row.of === 'groups') return [unbudgeted(row.count)];
    return row.of === 'amounts' ? [unrated(row, currency)] : toWarnings([row], currency);
  });
}

function unbudgeted(count: number): Warning {
  const message = `${count === 1 ? 'One group has' : `${count} groups have`} cost but no budget: budget and difference are null there, and the total of the difference is of the groups that have one.`;
  return { code: 'BUDGET_MISSING', count, message };
}

function unrated({ code, currency: from, count }: CostWarningRow, currency: string): Warning {
  const message = `${count === 1 ? 'One amount is' : `${count} amounts are`} left out: there is no exchange rate between ${from} and ${currency} for the day.`;
  return { code, currency: from ?? '', count, message };
}

/** What the figures that are compared with lack, where that is not just the same: a difference would be taken for a change. */
export function warningsOfOther(here: readonly LeftOut[], there: readonly LeftOut[], currency: string): Warning[] {
  const same = (one: LeftOut, other: LeftOut): boolean =>
    one.code === other.code && one.currency === other.currency && one.count === other.count;
  const differing = there.filter((one) => !here.some((other) => same(one, other)));
  return warningsOf(differing, currency).map((one) => ({ ...one, message: `In what is compared with: ${one.message}` }));
}

/** By the names that freshness has. */
const ACTUAL: Readonly<Record<string, string>> = { effort: 'effort', aiUsage: 'AI usage' };

/** Actual figures that end before their period does, beside those of a whole period: they would be taken for less. */
export function endsEarly({ span, comparison }: Question, freshness: Readonly<Record<string, string>>): Warning[] {
  if (comparison?.with !== 'before') return [];
  const late = Object.entries(freshness).filter(([, day]) => day < span.to);
  return late.map(([name, day]) => ({
    code: 'ACTUALS_END_EARLY',
    count: daysBetween(day < span.from ? addDays(span.from, -1) : day, span.to),
    message: `The period runs until ${span.to}, its ${ACTUAL[name]} is known until ${day} and is held against a whole period. Compare equal stretches: give a period {from, to} that ends by then.`,
  }));
}
