import { type CallContext, can, missingPermissions, ToolError, visiblePlan } from '../access';
import { inWorld } from '../database';
import { type Asked, compileValues } from './compiler';
import type { OtherRow } from './other-rows';
import type { LeftOut } from './warnings';

export interface Other {
  readonly rows: readonly OtherRow[];
  readonly leftOut: readonly LeftOut[];
  readonly plan?: { readonly planId: string; readonly planRev: number };
}

const MOST_ROWS = 20_000;

/**
 * The same question in the world that it is compared with, if it is. Two worlds are never in one statement: what is found in one
 * goes into the statement of the other as values.
 *
 * @throws ToolError NOT_FOUND, PERMISSION_DENIED, RESULT_TOO_LARGE
 */
export async function readOther(ctx: CallContext, asked: Asked): Promise<Other | undefined> {
  const { comparison } = asked.question;
  if (comparison?.with !== 'live' && comparison?.with !== 'scenario') return undefined;
  const plan = comparison.planId === undefined ? undefined : await comparedPlan(ctx, comparison.planId, 'compareTo');
  const { sql, values } = compileValues(asked, MOST_ROWS + 1);
  const [found] = await inWorld(ctx.db, plan?.planId, () => ctx.db.query<[Other]>(sql, values));
  if (found.rows.length <= MOST_ROWS) return { ...found, ...(plan && { plan }) };
  throw new ToolError('RESULT_TOO_LARGE', `More than ${MOST_ROWS} groups cannot be compared.`, {
    hint: 'Ask for less: a coarser granularity, fewer dimensions, or a filter.',
  });
}

/** @throws ToolError NOT_FOUND, PERMISSION_DENIED */
export async function comparedPlan(ctx: CallContext, id: string, field: string): Promise<Other['plan']> {
  if (!can(ctx, 'scenarios.read')) throw missingPermissions(ctx, ['scenarios.read']);
  const { rev } = await visiblePlan(ctx.db, ctx.orgId, id, field);
  return { planId: id, planRev: rev };
}
