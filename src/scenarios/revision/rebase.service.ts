import { Injectable } from '@nestjs/common';
import { ToolError } from '../../access';
import { columnName } from '../entities';
import { type Draft, invalid, type Step } from '../write';
import { mayRevise, type RowOfPlan } from './may-revise';

export type Side = 'live' | 'plan';

/** What to do about one conflict, or about all of a row. */
export interface Resolution {
  readonly entityId: string;
  /** As get_scenario_conflicts names it; `row` where the row as a whole is in conflict. */
  readonly field?: string;
  readonly keep: Side;
}

export interface Rebase {
  /** The revision of live data that the conflicts were looked at in. */
  readonly expectedLiveRev: number;
  readonly resolutions?: readonly Resolution[];
  /** For all conflicts that no resolution is about. */
  readonly keep?: Side;
}

interface Moved extends RowOfPlan {
  readonly op: 'create' | 'update' | 'delete';
  /** Columns, or `*` for the row. */
  readonly conflicts: readonly string[];
  /** Live has deleted it. */
  readonly gone: boolean;
}

const MOVED = `
  select s.entity, s.id, s.op, s.patch, s.conflicts, s.live_version is null as gone
  from plan_state s
  where s.org_id = $1 and s.plan_id = $2 and (s.conflicts <> '{}' or s.live_version is distinct from s.base_version)
  order by s.entity, s.id`;

const LIVE_REV = `select live_rev::integer as "liveRev" from organization where id = $1`;

/** Brings a scenario up to what live has become below it. */
@Injectable()
export class Rebases {
  /** What moved without a conflict is taken as it is now; conflicts that nothing is said about are left, and named in a warning. */
  rebase({ expectedLiveRev, resolutions = [], keep }: Rebase): Step {
    return async (draft) => {
      const unmoved = (): Promise<void> => expect(draft, expectedLiveRev);
      await unmoved();
      draft.checks.push(unmoved);
      draft.mayBeEmpty = true;
      const rows = await draft.ctx.db.query<Moved[]>(MOVED, [draft.ctx.orgId, draft.planId]);
      const asked = wishes(rows, resolutions);
      mayRevise(draft, keep === undefined ? rows.filter(({ id }) => asked.has(id)) : rows.filter(({ conflicts }) => conflicts.length > 0));
      const restored = rows.filter((row) => settle(draft, row, (column) => asked.get(row.id)?.get(column) ?? keep));
      draft.removes = restored.length > 0;
      const left = rows.filter((row) => row.conflicts.some((column) => !settled(row, asked.get(row.id)?.get(column) ?? keep)));
      if (left.length > 0) warnOf(draft, left);
      return { type: 'scenario', id: draft.planId, ids: [...new Set(draft.changes.map(({ entityId }) => entityId))].slice(0, 100) };
    };
  }
}

async function expect({ ctx }: Draft, wanted: number): Promise<void> {
  const [{ liveRev }] = await ctx.db.query<[{ liveRev: number }]>(LIVE_REV, [ctx.orgId]);
  if (liveRev === wanted) return;
  throw new ToolError('LIVE_MOVED', 'Live data has changed since you looked at the conflicts. Nothing was changed.', {
    hint: 'Call get_scenario_conflicts again, and pass its liveRev as expectedLiveRev.',
    retryable: true,
    details: { liveRev },
  });
}

/** Row → column → side, of what was asked for. */
function wishes(rows: readonly Moved[], resolutions: readonly Resolution[]): Map<string, Map<string, Side>> {
  const asked = new Map<string, Map<string, Side>>();
  resolutions.forEach(({ entityId, field, keep }, at) => {
    const row = rows.find(({ id }) => id === entityId);
    const column = field === undefined ? undefined : field === 'row' ? '*' : columnName(field);
    const columns = row?.conflicts.filter((one) => column === undefined || one === column) ?? [];
    const refuse = (problem: string): never => {
      throw invalid(`resolutions[${at}]: ${problem}`, [{ field: `resolutions[${at}]`, problem }]);
    };
    if (row === undefined || columns.length === 0) return refuse('is not in conflict. get_scenario_conflicts lists what is.');
    if (!settled(row, keep)) return refuse('live has deleted the row, so only live can be kept. Plan a new row instead.');
    const own = asked.get(row.id) ?? new Map<string, Side>();
    asked.set(row.id, own);
    for (const one of columns) own.set(one, keep);
  });
  return asked;
}

/** Nothing can be planned about a row that is no more, except that it is no more. */
function settled({ op, gone }: Moved, side: Side | undefined): boolean {
  return side === 'live' || (side === 'plan' && !(gone && op === 'update'));
}

/** @returns whether something of the row follows live again */
function settle(draft: Draft, row: Moved, sideOf: (column: string) => Side | undefined): boolean {
  const { entity, id, op, patch, conflicts } = row;
  const [whole] = conflicts;
  if (whole === '*') {
    const side = sideOf(whole);
    if (!settled(row, side)) return false;
    if (side === 'plan') draft.rebase(entity, id);
    else giveBack(draft, row);
    return side === 'live';
  }
  const live = conflicts.filter((column) => sideOf(column) === 'live');
  const plan = conflicts.filter((column) => sideOf(column) === 'plan');
  if (live.length + plan.length === conflicts.length) plan.push(...Object.keys(patch).filter((column) => !conflicts.includes(column)));
  if (live.length > 0) draft.restore(entity, id, live);
  if (op !== 'update' || plan.length > 0) draft.rebase(entity, id, plan);
  return live.length > 0;
}

/** A row of live as it is live. */
export function giveBack(draft: Draft, { entity, id, op, patch }: RowOfPlan & Pick<Moved, 'op'>): void {
  if (op === 'delete') draft.restore(entity, id);
  const columns = Object.keys(patch);
  if (columns.length > 0) draft.restore(entity, id, columns);
}

function warnOf(draft: Draft, left: readonly Moved[]): void {
  const gone = left.some(({ op, gone: is }) => is && op === 'update');
  draft.warn(
    'CONFLICTS_LEFT',
    `${left.length === 1 ? 'One row is' : `${left.length} rows are`} still in conflict.${gone ? ' Of rows that live has deleted only live can be kept.' : ''}`,
    left.map(({ id }) => id),
  );
}
