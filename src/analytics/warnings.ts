import { type CostWarningRow, toWarnings } from '../costs';
import type { Warning } from './query';

/** What a source says that its figures lack; `of` amounts where it is nobody's cost. */
export type LeftOut = CostWarningRow & { readonly of?: 'amounts' };

export function warningsOf(rows: readonly LeftOut[], currency: string): Warning[] {
  return rows.flatMap(({ of, ...row }) => (of === 'amounts' ? [unrated(row, currency)] : toWarnings([row], currency)));
}

function unrated({ code, currency: from, count }: CostWarningRow, currency: string): Warning {
  const message = `${count === 1 ? 'One amount is' : `${count} amounts are`} left out: there is no exchange rate between ${from} and ${currency} for the day.`;
  return { code, currency: from ?? '', count, message };
}
