import type { Entity } from '../entities';
import type { Draft } from '../write';

export type Subject = 'employee_id' | 'contractor_id' | 'vacancy_id' | 'ai_agent_id' | 'team_id' | 'target_team_id' | 'target_project_id';

interface Allocation {
  readonly id: string;
  readonly start_date: string;
  readonly end_date: string | null;
}

const of = (column: Subject): string => `
  select a.id, a.start_date, a.end_date from allocation a where a.org_id = $1 and a.${column} = any ($2)`;

/** Allocations of or to these end with the day; what would begin later falls away. */
export async function endAllocations(draft: Draft, column: Subject, ids: readonly string[], day: string): Promise<void> {
  for (const allocation of await allocations(draft, column, ids)) {
    if (allocation.start_date > day) draft.delete('allocation', allocation.id);
    else if (allocation.end_date === null || allocation.end_date > day) draft.update('allocation', allocation.id, { end_date: day });
  }
}

/** Allocations of or to these fall away altogether, their past included. */
export async function deleteAllocations(draft: Draft, column: Subject, ids: readonly string[]): Promise<void> {
  for (const { id } of await allocations(draft, column, ids)) draft.delete('allocation', id);
}

async function allocations({ ctx }: Draft, column: Subject, ids: readonly string[]): Promise<Allocation[]> {
  return ids.length === 0 ? [] : ctx.db.query<Allocation[]>(of(column), [ctx.orgId, ids]);
}

/** Rows of another entity that belong to one that is deleted. */
export async function deleteOwned(draft: Draft, entity: Entity, column: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await draft.ctx.db.query<{ id: string }[]>(`select id from ${entity} where org_id = $1 and ${column} = any ($2)`, [
    draft.ctx.orgId,
    ids,
  ]);
  for (const { id } of rows) draft.delete(entity, id);
}
