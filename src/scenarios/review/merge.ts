import type { EntityManager } from 'typeorm';
import { declared, type Entity, ENTITY_NAMES } from '../entities';
import { ReviewRefused } from './review-acts';

/** Longest statement of a merge, and how long it waits for a live write before it, in milliseconds. */
const PATIENCE = `select set_config('statement_timeout', '60000', true), set_config('lock_timeout', '15000', true)`;

const RAISE_REVISION = 'update organization set live_rev = live_rev + 1 where id = $1';

/** $1 organization · $2 scenario. Its hash, computed anew from its changes. */
const HASH = `
  with recursive chain (seq, hash) as (
    select 0, ''
    union all
    select c.seq, encode(sha256(convert_to(concat_ws(E'\\n', chain.hash, c.seq, c.op, c.entity, c.entity_id, c.patch), 'UTF8')), 'hex')
    from chain join plan_change c on c.org_id = $1 and c.plan_id = $2 and c.seq = chain.seq + 1)
  select hash from chain order by seq desc limit 1`;

/** $1 organization · $2 scenario · $3 user · $4 hash */
const NOTE = `insert into merge (org_id, plan_id, user_id, content_hash, live_rev) select o.id, $2, $3, $4, o.live_rev from organization o where o.id = $1`;

/** Begins as every live write does: that row lock orders them, so that nothing comes between what is checked and what is done. */
export async function beginMerge(db: EntityManager, orgId: string): Promise<void> {
  await db.query(PATIENCE);
  await db.query(RAISE_REVISION, [orgId]);
}

interface Merged {
  readonly id: string;
  readonly contentHash: string;
}

/**
 * Makes the scenario live (migrations/merge) and holds it to the rules that wait for the end of a transaction. The
 * caller holds organization and scenario, and has checked what can be told from the scenario.
 * @throws ReviewRefused, or an error of the database that mergeRefusal tells in words
 */
export async function applyPlan(db: EntityManager, orgId: string, userId: string, plan: Merged): Promise<void> {
  const [{ hash }] = await db.query<[{ hash: string }]>(HASH, [orgId, plan.id]);
  if (hash !== plan.contentHash) throw new ReviewRefused('The changes of the scenario are not those that were approved.');
  await db.query('select merge_plan($1, $2)', [orgId, plan.id]);
  await db.query('set constraints all immediate');
  await db.query(NOTE, [orgId, plan.id, userId, hash]);
}

interface Fault {
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
}

/** Rules of live that a merge can break because live has moved since the scenario was written, in words. */
const RULES: Readonly<Record<string, string>> = {
  employee_email: 'Two people who are employed at the same time would have the same e-mail address.',
  employment_terms_cover: 'The employment terms of somebody would not cover their employment without gap or overlap.',
  manager_graph_acyclic: 'Somebody would report to themselves, over others.',
  team_tree_acyclic: 'A team would be below itself.',
  team_name_among_siblings: 'Two teams below the same team would have the same name.',
  allocation_one_open_primary: 'Somebody would have two main teams at the same time.',
  allocation_one_open_primary_other: 'Somebody would have two main teams at the same time.',
  merge_rows: 'A row that the scenario changes is no longer there.',
};

/** What live data has against the scenario; undefined where the error is another one. The database's own words are not for people. */
export function mergeRefusal(error: unknown): string | undefined {
  const { code = '', constraint = '', table = '' } = (error as { driverError?: Fault }).driverError ?? {};
  if (!/^23/.test(code)) return undefined;
  return moved(RULES[constraint] ?? ofTable(code, table));
}

export function moved(rule: string): string {
  return `Live data has moved since the scenario was written, so it cannot be merged as it is. ${rule} Withdraw it, mend it and have it approved again.`;
}

function ofTable(code: string, table: string): string {
  const words = isEntity(table) ? declared(table).words : 'row';
  if (code === '23503') return `A row refers to another that is no longer there, or would not be (${words}).`;
  if (code === '23505') return `Two rows would be the same where only one can be (${words}).`;
  return `A value is not allowed any more (${words}).`;
}

function isEntity(table: string): table is Entity {
  return (ENTITY_NAMES as string[]).includes(table);
}
