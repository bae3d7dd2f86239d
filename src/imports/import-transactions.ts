import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import type { Organization } from '../tenants';
import type { ImportRun } from './entity';

type Transactions = Pick<ImportRun, 'read' | 'write'>;

/** Longest statement and commit of an import, in milliseconds; a batch takes a second, an all-or-nothing run checks its rules in one go. */
const PATIENCE = 60_000;

/** Thrown to undo a transaction whose work is not wanted, and caught where it was opened. */
class Undone<T> extends Error {
  constructor(readonly result: T) {
    super('undone');
  }
}

/**
 * Each write in a transaction of its own, so that others get in between. As the tables double, their statistics are
 * refreshed where nobody else does it.
 */
export function separately(database: Database, { id, tenantId }: Organization): Transactions {
  const scope = { tenantId, orgId: id };
  let writes = 0;
  return {
    read: (work) => database.app(scope, work),
    write: async (work) => {
      const result = await keptIfChanged((inside) => database.app(scope, (db) => prepare(db).then(() => inside(db))), work);
      writes += 1;
      if (Number.isInteger(Math.log2(writes))) await database.refreshStatistics();
      return result;
    },
  };
}

/** Everything in one transaction, each write a part that can fail alone. @param keep whether it is to stay, asked at the end */
export async function together<T>(
  database: Database,
  { id, tenantId }: Organization,
  work: (transactions: Transactions) => Promise<T>,
  keep: (result: T) => boolean,
): Promise<T> {
  return keptIfChanged(
    (inside) => database.app({ tenantId, orgId: id }, inside),
    async (db) => {
      const result = await work({
        read: (query) => query(db),
        write: (part) => keptIfChanged((inside) => db.transaction(inside), checkedAtOnce(part)),
      });
      return { result, changed: keep(result) };
    },
  );
}

/** Rules that wait for the commit are judged with each part, as if it were one. */
function checkedAtOnce<R>(work: (db: EntityManager) => Promise<R>): (db: EntityManager) => Promise<R> {
  return async (db) => {
    await prepare(db);
    const result = await work(db);
    await db.query('set constraints all immediate');
    await db.query('set constraints all deferred');
    return result;
  };
}

async function keptIfChanged<T>(
  open: (work: (db: EntityManager) => Promise<T>) => Promise<T>,
  work: (db: EntityManager) => Promise<{ result: T; changed: boolean }>,
): Promise<T> {
  try {
    return await open(async (db) => {
      const { result, changed } = await work(db);
      if (!changed) throw new Undone(result);
      return result;
    });
  } catch (error) {
    if (error instanceof Undone) return error.result as T;
    throw error;
  }
}

/**
 * The triggers' queries keep the plans of their first run, when tables were small or empty: each part of a long import
 * has them planned afresh, or the time would grow with the square of the rows.
 */
async function prepare(db: EntityManager): Promise<void> {
  const limits = `select set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true)`;
  await db.query(limits, [String(PATIENCE)]);
  await db.query('discard plans');
}
