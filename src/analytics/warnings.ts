import type { Warning } from './query';

/** What a source says that its figures lack. */
export interface LeftOut {
  readonly code: 'FX_MISSING';
  readonly currency: string;
  readonly count: number;
}

export function warningsOf(rows: readonly LeftOut[], currency: string): Warning[] {
  return rows.map(({ code, currency: from, count }) => ({
    code,
    currency: from,
    count,
    message: `${count === 1 ? 'One amount is' : `${count} amounts are`} left out: there is no exchange rate between ${from} and ${currency} for the day.`,
  }));
}
