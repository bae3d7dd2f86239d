import { type CallContext, can, ToolError } from '../access';
import type { Permission } from '../permissions';
import type { Page } from './cursor';

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

/** What each field needs besides the permission to read its row. */
export type FieldRights<T> = { readonly [F in keyof T]?: Permission | readonly Permission[] };

/** A list without the fields that the caller may not read; `redacted` names them. */
export function redactItems<T extends object>(
  ctx: CallContext,
  page: Page<T>,
  rights: NoInfer<FieldRights<T>>,
): Page<T> & { redacted?: string[] } {
  const fields = withheld(ctx, rights);
  return { ...page, items: page.items.map((item) => without(item, fields)), ...(fields.length > 0 && { redacted: fields }) };
}

/** The same for one record. */
export function redactRecord<T extends object>(ctx: CallContext, record: T, rights: NoInfer<FieldRights<T>>): T & { redacted?: string[] } {
  const fields = withheld(ctx, rights);
  return { ...without(record, fields), ...(fields.length > 0 && { redacted: fields }) };
}

function withheld<T>(ctx: CallContext, rights: FieldRights<T>): string[] {
  const needs = Object.entries(rights) as [string, Permission | readonly Permission[]][];
  return needs.filter(([, needed]) => ![needed].flat().every((permission) => can(ctx, permission))).map(([field]) => field);
}

function without<T extends object>(record: T, fields: readonly string[]): T {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field))) as T;
}
