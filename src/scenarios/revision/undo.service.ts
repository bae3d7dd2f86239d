import { Injectable } from '@nestjs/common';
import { ToolError } from '../../access';
import { type Draft, invalid, type Step } from '../write';
import { mayRevise } from './may-revise';
import { buildsOn, type PastChange, rootOf, saidBefore, stepOf } from './step-history';

/**
 * The step of a change, with all that was ever said about its rows, and what was said later of others by the ids that it
 * made. $1 organization · $2 scenario · $3 change
 */
const HISTORY = `
  with target as (select c.id, c.cause->>'step' as step from plan_change c where c.org_id = $1 and c.plan_id = $2 and c.id = $3),
  step as materialized (
    select c.* from target t join plan_change c on c.org_id = $1 and c.plan_id = $2 and (c.id = t.id or c.cause->>'step' = t.step))
  select c.seq, c.id, c.op, c.entity, c.entity_id as "entityId", c.reason, c.cause,
    (select coalesce(jsonb_object_agg(key, case jsonb_typeof(value) when 'number' then to_jsonb(value #>> '{}') else value end), '{}') from jsonb_each(c.patch)) as patch
  from plan_change c
  where c.org_id = $1 and c.plan_id = $2 and (c.entity_id in (select entity_id from step)
    or c.cause ?| array['undoes', 'redoes']
    or exists (select from step s join jsonb_each_text(c.patch) v on v.value = s.entity_id where s.op = 'create' and s.seq < c.seq))
  order by c.seq`;

/** Takes one change of a scenario back, with all that the same call changed along with it; that can be taken back in turn. */
@Injectable()
export class Undo {
  undo(changeId: string): Step {
    return async (draft) => {
      const history = await draft.ctx.db.query<PastChange[]>(HISTORY, [draft.ctx.orgId, draft.planId, changeId]);
      const target = history.find(({ id }) => id === changeId);
      if (target === undefined)
        throw new ToolError('NOT_FOUND', 'This scenario has no such change, or you may not see it.', {
          hint: 'scenario_history lists the changes with their ids.',
          details: { field: 'changeId' },
        });
      const step = history.filter((one) => stepOf(one) === stepOf(target));
      if (step.length < (target.cause.of ?? 1))
        throw new ToolError('PERMISSION_DENIED', 'That change came with one of pay or rates, which you may not see.', {
          hint: 'Somebody who may see pay has to undo it.',
        });
      isInForce(history, target);
      nothingBuildsOn(history, step);
      mayRevise(draft, step);
      for (const change of [...step].reverse()) takeBack(draft, history, change);
      if (draft.changes.length === 0) throw invalid('That change only took note of what is live: there is nothing to undo.');
      const root = rootOf(target);
      draft.takesBack = target.cause.undoes === undefined ? { undoes: root } : { redoes: root };
      return { type: 'scenario', id: draft.planId, ids: [...new Set(step.map(({ entityId }) => entityId))].slice(0, 100) };
    };
  }
}

/** The last that was said of a step counts: itself, that it is undone, or that it is done again. */
function isInForce(history: readonly PastChange[], target: PastChange): void {
  const last = history.findLast((one) => rootOf(one) === rootOf(target))!;
  if (stepOf(last) === stepOf(target)) return;
  throw invalid(`That change was undone already, by ${last.id}. Undo that one to have it again.`, [
    { field: 'changeId', problem: 'was undone' },
  ]);
}

function nothingBuildsOn(history: readonly PastChange[], step: readonly PastChange[]): void {
  const last = step.at(-1)!.seq;
  const undone = (change: PastChange): boolean => history.findLast((one) => rootOf(one) === rootOf(change))!.cause.undoes !== undefined;
  const later = history.find(
    (one) => one.seq > last && rootOf(one) === stepOf(one) && !undone(one) && step.some((change) => buildsOn(one, change)),
  );
  if (later === undefined) return;
  throw invalid(`A later change builds on it: ${later.id}, ${later.cause.tool ?? later.op} of ${later.entityId}. Undo that one first.`, [
    { field: 'changeId', problem: `${later.id} builds on it` },
  ]);
}

/** Says of the row what was said of it before. */
function takeBack(draft: Draft, history: readonly PastChange[], change: PastChange): void {
  const { op, entity, entityId: id, patch } = change;
  const before = saidBefore(history, change);
  if (op === 'create') return draft.delete(entity, id);
  if (op === 'delete') return before?.op === 'create' ? draft.recreate(entity, id, before.patch) : draft.restore(entity, id);
  if (op === 'rebase') return;
  const said = Object.keys(patch).filter((column) => before !== undefined && column in before.patch);
  const unsaid = op === 'update' ? Object.keys(patch).filter((column) => !said.includes(column)) : [];
  draft.update(entity, id, Object.fromEntries(said.map((column) => [column, before!.patch[column]])));
  if (unsaid.length > 0) draft.restore(entity, id, unsaid);
  if (op === 'restore' && before?.op === 'delete') draft.delete(entity, id);
}
