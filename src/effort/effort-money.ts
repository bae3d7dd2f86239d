import { type CostWarning, type CostWarningRow, toWarnings } from '../costs';

/** What effort cost; a decimal string in `currency`. */
export interface EffortCost {
  currency: string;
  amount: string;
  warnings: CostWarning[];
}

export interface MoneyRow {
  readonly currency: string;
  readonly amount: string;
  readonly warnings: CostWarningRow[];
}

/** The cost of the whole, or that it is kept back. */
export function effortCost(row: MoneyRow | null): { cost: EffortCost } | { redacted: string[] } {
  if (row === null) return { redacted: ['cost'] };
  const { currency, amount, warnings } = row;
  // Shares do not matter here: whoever worked, their whole week is divided by what they did.
  const leftOut = warnings.filter(({ code }) => code === 'FX_MISSING' || code === 'SALARY_MISSING');
  return { cost: { currency, amount, warnings: toWarnings(leftOut, currency) } };
}
