import { type CallContext, can } from '../access';
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
  readonly people: number;
  readonly minGroupSize: number;
  readonly warnings: CostWarningRow[];
}

/** Whether costs are computed, and whether those of single people and parts may be told, too. */
export function moneyRights(ctx: CallContext): { readonly whole: boolean; readonly parts: boolean } {
  const whole = can(ctx, 'financials.read');
  return { whole, parts: whole && can(ctx, 'compensation.read') };
}

/** The cost of the whole, or that it is kept back: of few people it would give pay away. */
export function effortCost(ctx: CallContext, row: MoneyRow | null): { cost: EffortCost } | { redacted: string[] } {
  const few = row !== null && row.people > 0 && row.people < row.minGroupSize;
  if (row === null || (few && !moneyRights(ctx).parts)) return { redacted: ['cost'] };
  const { currency, amount, warnings } = row;
  // Shares do not matter here: whoever worked, their whole week is divided by what they did.
  const leftOut = warnings.filter(({ code }) => code === 'FX_MISSING' || code === 'SALARY_MISSING');
  return { cost: { currency, amount, warnings: toWarnings(leftOut, currency) } };
}
