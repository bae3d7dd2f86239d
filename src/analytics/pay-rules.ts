import { type CallContext, can, ToolError } from '../access';
import { isWholeMonths } from './calendar';
import { spansOf } from './comparison';
import type { DimensionName } from './dimensions';
import { PERIOD } from './query';
import type { Question } from './question';

/** By these, one at a time, somebody without compensation.read may split and filter what people cost. */
const FIXED: readonly string[] = ['team', 'cost_centre', 'project', 'geography', 'value_stream', 'job_role'];

const COARSE: readonly string[] = ['month', 'quarter', 'year', 'total'];

/** How somebody who may see costs but not pay asks for what people cost. */
export interface GuardedPay {
  readonly dimension?: DimensionName;
  /** The one filter on it. */
  readonly within?: { readonly op: 'eq' | 'under'; readonly id: string };
}

/**
 * Two totals whose difference is one person give their pay away. So who sees costs but not pay gets live costs only, by one
 * fixed dimension at a time, by whole months, filtered by equality or subtree; and small groups are hidden (guarded-groups.ts).
 * This narrows what can be inferred, and does not end it (docs/adr/0016).
 *
 * @returns undefined where the question holds no pay or the caller may see it
 * @throws ToolError PERMISSION_DENIED
 */
export function guardedPay(
  ctx: CallContext,
  question: Question,
  resolved: readonly { readonly values: readonly string[] }[],
): GuardedPay | undefined {
  const { metrics, splits, filters, granularity, comparison, thresholds } = question;
  const pay = metrics.filter((one) => one.pay).map(({ name }) => name);
  if (pay.length === 0 || can(ctx, 'compensation.read')) return undefined;
  const refuse = (problem: string, hint: string): ToolError =>
    new ToolError('PERMISSION_DENIED', `Without compensation.read, ${pay.join(', ')} ${problem}.`, {
      hint,
      details: { missing: ['compensation.read'] },
    });
  if (ctx.plan || comparison?.planId) throw refuse('cannot be read in a scenario', 'Leave planId and a scenario in compareTo out.');
  const dimensions = [...new Set([...splits.filter((one) => one !== PERIOD), ...filters.map(({ field }) => field)])];
  if (dimensions.length > 1 || !dimensions.every((name) => FIXED.includes(name)))
    throw refuse(`can be split and filtered by one of ${FIXED.join(', ')} at a time`, 'Ask by one of them.');
  const [filter] = filters;
  if (filters.length > 1 || (filter && ((filter.op !== 'eq' && filter.op !== 'under') || filter.given.length > 1)))
    throw refuse('can be filtered by one value with eq, or one team with under', 'Use one such filter.');
  if (!COARSE.includes(granularity) || !spansOf(question).every(isWholeMonths))
    throw refuse(
      'can be asked for whole months only',
      'Use granularity month or coarser, and a period from a first to a last day of a month.',
    );
  if (thresholds.some(({ metric }) => pay.includes(metric))) throw refuse('cannot be compared with a number', 'Leave out filters on it.');
  return {
    ...(dimensions.length > 0 && { dimension: dimensions[0] }),
    ...(filter && { within: { op: filter.op as 'eq' | 'under', id: resolved[0]?.values[0] as string } }),
  };
}
