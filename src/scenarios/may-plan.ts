import { type CallContext, can, missingPermissions } from '../access';
import { declared, type Entity } from './entities';

/** What somebody may not plan, they may neither take back nor copy. @throws ToolError PERMISSION_DENIED */
export function mayPlan(ctx: CallContext, entities: readonly Entity[]): void {
  const needed = new Set(entities.flatMap((entity) => declared(entity).needs ?? []));
  const missing = [...needed].filter((permission) => !can(ctx, permission));
  if (missing.length > 0) throw missingPermissions(ctx, missing);
}
