import type { Entity } from '../entities';
import { mayPlan } from '../may-plan';
import type { Draft, Fields } from '../write';

export interface RowOfPlan {
  readonly entity: Entity;
  readonly id: string;
  readonly patch: Fields;
}

/** What the caller may not plan, they may not take back either. */
export function mayRevise({ ctx }: Draft, rows: readonly Pick<RowOfPlan, 'entity'>[]): void {
  mayPlan(
    ctx,
    rows.map(({ entity }) => entity),
  );
}
