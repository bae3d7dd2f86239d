import { declared, ENTITY_NAMES, type Entity } from '../entities';
import { mayPlan } from '../may-plan';
import { dayAfter } from '../changes/terms';
import type { Draft, Fields } from '../write';

export interface RowOfPlan {
  readonly entity: Entity;
  readonly id: string;
  readonly patch: Fields;
}

const OWNED = ENTITY_NAMES.filter((entity) => declared(entity).of !== undefined);

const ofRow = (entity: Entity): string =>
  `coalesce(${declared(entity)
    .of!.map((column) => `x.${column}`)
    .join(', ')})`;
const ofBase = [...new Set(OWNED.flatMap((entity) => declared(entity).of!))].map((column) => `c.base->>'${column}'`).join(', ');

/** Of each row whom it is about; a row that the scenario has deleted is as it was before. $1 organization · $2 scenario · $3 rows */
export const SUBJECTS = `
  ${OWNED.map((entity) => `select x.id, ${ofRow(entity)} as subject from ${entity} x where x.org_id = $1 and x.id = any ($3)`).join('\n  union ')}
  union select c.entity_id, coalesce(${ofBase}) from plan_change c
    where c.org_id = $1 and c.plan_id = $2 and c.op = 'delete' and c.entity_id = any ($3)`;

/** Rows about one that others know by its id: its terms, pay, rates and allocations. $1 organization · $2 scenario · $3 whose */
export const BELONGINGS = `
  ${OWNED.map(
    (entity) =>
      `select x.id from ${entity} x where x.org_id = $1 and (${declared(entity)
        .of!.map((column) => `x.${column} = $3`)
        .join(' or ')})`,
  ).join('\n  union ')}
  union select c.entity_id from plan_change c where c.org_id = $1 and c.plan_id = $2 and c.op = 'delete' and $3 in (${ofBase})`;

/** What the caller may not plan, they may not take back either. */
export function mayRevise({ ctx }: Draft, rows: readonly RowOfPlan[]): void {
  mayPlan(
    ctx,
    rows.map(({ entity }) => entity),
  );
}

/** Has the heads, FTE and costs measured that the rows make a difference to. */
export async function touch(draft: Draft, rows: readonly RowOfPlan[]): Promise<void> {
  for (const { patch } of rows) draft.from(dayOf(patch));
  const owned = rows.filter(({ entity }) => declared(entity).of !== undefined).map(({ id }) => id);
  if (owned.length === 0) return;
  const subjects = await draft.ctx.db.query<{ subject: string | null }[]>(SUBJECTS, [draft.ctx.orgId, draft.planId, owned]);
  for (const { subject } of subjects) {
    if (subject === null || subject.startsWith('team_')) continue;
    draft.resources.add(subject);
    if (subject.startsWith('emp_')) draft.employees.add(subject);
  }
}

const FIRST_DAYS = ['start_date', 'effective_from', 'effective_date', 'target_start_date'];

/** The day on which all of it makes its difference. */
function dayOf(patch: Fields): string | undefined {
  const days = FIRST_DAYS.map((column) => patch[column]).filter((day) => typeof day === 'string');
  const end = patch['end_date'];
  return [...days, ...(typeof end === 'string' ? [dayAfter(end)] : [])].sort().at(-1);
}
