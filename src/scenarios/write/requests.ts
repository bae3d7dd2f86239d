import { type CallContext, type PlanWrite, ToolError, type WriteMode } from '../../access';
import type { Confirmation } from './confirmation.service';
import { planError } from './plan-errors';

/** The answer that a key got first, with the call that it stood for. */
export interface Repeated<A> {
  readonly argumentsHash: string;
  readonly answer: A;
}

/** $1 organization · $2 user · $3 idempotency key */
const REPEATED = `(select json_build_object('argumentsHash', r.arguments_hash, 'answer', r.answer) from plan_request r where r.org_id = $1 and r.user_id = $2 and r.key = $3)`;

interface Before<A> {
  readonly writeMode: WriteMode;
  readonly today: string;
  readonly repeated: Repeated<A> | null;
}

const BEFORE = `
  select o.write_mode as "writeMode", (clock_timestamp() at time zone o.time_zone)::date as today, ${REPEATED} as repeated
  from organization o where o.id = $1`;

/** Goes with its scenario, so it names none where the call has deleted that. */
const REMEMBER = `insert into plan_request (org_id, user_id, key, arguments_hash, plan_id, answer)
  values ($1, $2, $3, $4, (select p.id from plan p where p.org_id = $1 and p.id = $5), $6)`;

/** Held until the transaction ends, so that of calls with one key each sees the answer of those before it. $1 organization · $2 user · $3 idempotency key */
const HOLD_KEY = `select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'idempotency key', $1::text, $2::text, $3::text), 0))`;

/**
 * Does what needs no lock of a scenario, once for a key.
 * @throws ToolError TOOL_DISABLED, PLAN_MOVED
 */
export async function once<A extends { readonly planId: string }>(
  ctx: CallContext,
  confirmation: Confirmation,
  work: (today: string, write: PlanWrite) => Promise<A>,
): Promise<A> {
  const { db, orgId, userId, write } = ctx;
  if (write === undefined) throw new Error('Scenarios are changed by scenario tools.');
  try {
    if (write.idempotencyKey !== undefined) await db.query(HOLD_KEY, [orgId, userId, write.idempotencyKey]);
    const [before] = await db.query<[Before<A>]>(BEFORE, [orgId, userId, write.idempotencyKey ?? null]);
    confirmation.allow(before.writeMode, ctx);
    if (before.repeated) return again(before.repeated, write);
    const answer = await work(before.today, write);
    await remember(ctx, answer);
    return answer;
  } catch (error) {
    throw planError(error);
  }
}

/** The answer that the call's key got before, if it has one. */
export async function repeatedOf<A>({ db, orgId, userId }: CallContext, { idempotencyKey }: PlanWrite): Promise<Repeated<A> | null> {
  if (idempotencyKey === undefined) return null;
  const [row] = await db.query<[{ repeated: Repeated<A> | null }]>(`select ${REPEATED} as repeated`, [orgId, userId, idempotencyKey]);
  return row.repeated;
}

/** Notes an answer under the key of its call; the same key gives it again. */
export async function remember({ db, orgId, userId, write }: CallContext, answer: { readonly planId: string }): Promise<void> {
  if (write?.idempotencyKey === undefined) return;
  const values = [orgId, userId, write.idempotencyKey, write.argumentsHash, answer.planId, JSON.stringify(answer)];
  await db.query(REMEMBER, values);
}

/** The first answer once more; a key stands for one call only. */
export function again<A>(repeated: Repeated<A>, write: PlanWrite): A {
  if (repeated.argumentsHash === write.argumentsHash) return repeated.answer;
  throw new ToolError('VALIDATION', 'This idempotencyKey was used for another call.', {
    hint: 'Use a new key for each different call.',
    details: { fields: [{ field: 'idempotencyKey', problem: 'was used for another call' }] },
  });
}
