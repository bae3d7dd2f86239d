import type { Entity } from '../entities';
import type { Fields } from '../write';

/** A change as it stands in the history of a scenario. */
export interface PastChange {
  readonly seq: number;
  readonly id: string;
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'rebase';
  readonly entity: Entity;
  readonly entityId: string;
  /** Numbers as text: none is rounded. */
  readonly patch: Fields;
  readonly reason: string | null;
  readonly cause: {
    readonly tool?: string;
    /** The first change of those that were made together; a change from before there was such a mark stands alone. */
    readonly step?: string;
    readonly of?: number;
    readonly undoes?: string;
    readonly redoes?: string;
  };
}

/** What a scenario says about a row: nothing, or an operation and its columns. */
export type Said = { readonly op: 'create' | 'update' | 'delete'; readonly patch: Fields } | undefined;

export const stepOf = ({ id, cause }: PastChange): string => cause.step ?? id;

/** The step whose being in force the change decides: its own, or the one that it takes back or brings back. */
export const rootOf = (change: PastChange): string => change.cause.undoes ?? change.cause.redoes ?? stepOf(change);

/** What was said about a row before the change of that number (as accept-change.ts folds it). */
export function saidBefore(history: readonly PastChange[], { entityId, seq }: PastChange): Said {
  return history.filter((one) => one.entityId === entityId && one.seq < seq).reduce<Said>(fold, undefined);
}

function fold(said: Said, { op, patch }: PastChange): Said {
  switch (op) {
    case 'create':
      return { op, patch };
    case 'update':
      return { op: said?.op ?? 'update', patch: { ...said?.patch, ...patch } };
    case 'delete':
      return said?.op === 'create' ? undefined : { op, patch: said?.patch ?? {} };
    case 'restore':
      return restored(said, Object.keys(patch));
    case 'rebase':
      return said;
  }
}

function restored(said: Said, columns: readonly string[]): Said {
  const patch = Object.fromEntries(Object.entries(said?.patch ?? {}).filter(([column]) => !columns.includes(column)));
  const op = said?.op === 'create' ? 'create' : 'update';
  return op === 'update' && Object.keys(patch).length === 0 ? undefined : { op, patch };
}

/** Whether the later change could not have been made, or would read otherwise, without the earlier one. */
export function buildsOn(later: PastChange, earlier: PastChange): boolean {
  if (later.op === 'rebase' || earlier.op === 'rebase') return false;
  if (later.entityId !== earlier.entityId) return earlier.op === 'create' && Object.values(later.patch).includes(earlier.entityId);
  const whole = ({ op, patch }: PastChange): boolean =>
    op === 'create' || op === 'delete' || (op === 'restore' && Object.keys(patch).length === 0);
  return whole(later) || whole(earlier) || Object.keys(later.patch).some((column) => column in earlier.patch);
}
