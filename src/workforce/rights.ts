import { type CallContext, can, ToolError } from '../access';
import type { Permission } from '../permissions';

/** Refuses a filter on what the caller may not read: its answer would give the field away. */
export function mayFilter(ctx: CallContext, field: string, given: unknown, permission: Permission): void {
  if (given === undefined || can(ctx, permission)) return;
  throw new ToolError('PERMISSION_DENIED', `Filtering by ${field} needs the permission ${permission}.`, {
    hint: `Call again without ${field}.`,
    details: { missing: [permission], field },
  });
}

/** The second net below the tool's declaration: pay is read by nobody who may not, whoever calls the service. */
export function mustReadPay(ctx: CallContext): void {
  if (can(ctx, 'compensation.read')) return;
  throw new ToolError('PERMISSION_DENIED', 'Pay needs the permission compensation.read.', { details: { missing: ['compensation.read'] } });
}
