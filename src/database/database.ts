import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { Config } from '../config';
import { type ChangeEvent, ChangeListener, changeListener } from './changes';
import { CONNECT_TIMEOUT, type Place, runtimeSource } from './data-source';
import { assertLeastPrivilege } from './privileges';
import { Login } from './roles';
import { CallScope, callSettings, Scope, scopeSettings, startTransaction } from './scope';
import { sharesOf, Turns } from './turns';

/** Milliseconds that a call waits for its turn: as long as a pool waits for a connection. */
const PATIENCE = CONNECT_TIMEOUT;

const OUTCOMES = { keep: 'commit', discard: 'rollback', none: 'end' } as const;

/** The run-time logins, and the only ways to use them. */
@Injectable()
export class Database implements OnApplicationShutdown {
  private constructor(
    private readonly sources: Record<Login, DataSource>,
    private readonly changes: ChangeListener,
    private readonly turns: Turns,
    private readonly place: Place,
    private readonly closePlace: () => Promise<void>,
  ) {}

  static async open(config: Config, place: Place, closePlace: () => Promise<void>): Promise<Database> {
    const sources = {
      app: runtimeSource(config, place, 'app'),
      mcp: runtimeSource(config, place, 'mcp'),
      audit: runtimeSource(config, place, 'audit'),
    };
    for (const login of Object.keys(sources) as Login[]) {
      await sources[login].initialize();
      await assertLeastPrivilege(sources[login], login);
    }
    const turns = new Turns(sharesOf(place.kind === 'embedded' ? 1 : config.set.databasePool), PATIENCE);
    return new Database(sources, await changeListener(place, sources.app), turns, place, closePlace);
  }

  /** A transaction of the web, OAuth and import side (login flowstate_app), limited to the scope's rows. */
  app<T>(scope: Scope, work: (db: EntityManager) => Promise<T>): Promise<T> {
    return transaction(this.sources.app, scopeSettings(scope), work);
  }

  /** The transaction of one MCP call (login flowstate_mcp), once it is the turn of its user: read only unless it writes a scenario. */
  async call<T>(scope: CallScope, work: (db: EntityManager) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const giveBack = await this.turns.take([scope.tenantId, scope.userId], signal);
    const { mcp } = this.sources;
    return transaction(mcp, callSettings(scope), cancellable(mcp, work, signal), OUTCOMES[scope.write ?? 'none'], giveBack);
  }

  /** One statement of the gates, outside any scope; only the gate functions answer it. */
  gate<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.sources.mcp.query<R[]>(sql, parameters);
  }

  /** One statement of the insert-only audit login. */
  async audit(sql: string, parameters: unknown[]): Promise<void> {
    await this.sources.audit.query(sql, parameters);
  }

  /** Hears of every committed change to access (toggle, plan, grant, membership, role, account), whichever process made it. */
  listen(handler: (event: ChangeEvent) => void): () => void {
    return this.changes.subscribe(handler);
  }

  /**
   * After a bulk load. A server's autovacuum does it by itself, but for the tables of scenarios, which have no rows of
   * their own; the embedded database has none and would scan whole tables.
   */
  async refreshStatistics(): Promise<void> {
    if (this.place.kind === 'server') {
      await this.app({}, (db) => db.query('set local statement_timeout = 60000; select platform.refresh_statistics()'));
      return;
    }
    const { session } = this.place;
    await session.acquire();
    await session.database.exec('set session authorization postgres; analyze').finally(() => session.release());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.changes.close();
    await Promise.all(Object.values(this.sources).map((source) => source.destroy()));
    await this.closePlace();
  }
}

/** A caller who hangs up takes the query along: PostgreSQL is asked to cancel it, from a second connection of the same login. */
function cancellable<T>(
  source: DataSource,
  work: (db: EntityManager) => Promise<T>,
  signal?: AbortSignal,
): (db: EntityManager) => Promise<T> {
  if (signal === undefined) return work;
  return async (db) => {
    signal.throwIfAborted();
    const { processID } = (await db.queryRunner?.connect()) as { processID?: number };
    let cancelling: Promise<unknown> = Promise.resolve();
    const cancel = (): void => {
      // The embedded database has no second connection to cancel from.
      if (processID !== undefined) cancelling = source.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await work(db);
    } finally {
      signal.removeEventListener('abort', cancel);
      // A cancellation that is still under way must not meet the next transaction of this connection.
      await cancelling;
    }
  };
}

/**
 * TypeORM must know of the transaction (a raw BEGIN would be committed by the next `save()`, role and organization
 * gone), so it is opened through the query runner, which sends the scope along.
 *
 * @param outcome `end` for one that can only read: nothing depends on how it ends, so nobody waits for that
 * @param released its connection is back in the pool
 */
async function transaction<T>(
  source: DataSource,
  settings: string,
  work: (db: EntityManager) => Promise<T>,
  outcome: 'commit' | 'rollback' | 'end' = 'commit',
  released: () => void = () => undefined,
): Promise<T> {
  const runner = source.createQueryRunner();
  let ended: Promise<void> = Promise.resolve();
  try {
    await startTransaction(runner, settings);
    const result = await work(runner.manager);
    ended = outcome === 'rollback' ? runner.rollbackTransaction() : runner.commitTransaction();
    if (outcome !== 'end') await ended;
    return result;
  } catch (error) {
    // A broken connection cannot roll back; the server does it, and the first error is the one that matters.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    void ended
      .catch(() => undefined)
      .then(() => runner.release())
      .finally(released);
  }
}
