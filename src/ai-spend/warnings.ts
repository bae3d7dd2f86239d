/** Cost that is in no figure for want of an exchange rate. */
export interface SpendWarning {
  code: 'FX_MISSING';
  currency: string;
  /** Accounts. */
  count: number;
  message: string;
}

export interface Unrated {
  readonly currency: string;
  readonly amount: string;
  readonly count: number;
}

/** @param into the currency of the figures */
export function spendWarnings(unrated: readonly Unrated[], into: string): SpendWarning[] {
  return unrated.map(({ currency, amount, count }) => ({
    code: 'FX_MISSING',
    currency,
    count,
    message: `${amount} ${currency} of ${count} account${count === 1 ? '' : 's'} left out: there is no exchange rate into ${into} for these days.`,
  }));
}
