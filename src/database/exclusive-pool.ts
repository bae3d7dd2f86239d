import { EventEmitter } from 'node:events';
import type { PGlite, Results } from '@electric-sql/pglite';
import { ScopedBegin } from './scope';
import { commandOf } from './sql-command';

type Callback<T extends unknown[]> = (error: Error | null, ...values: T) => void;
type Waiter = { go: () => void; timer: NodeJS.Timeout };

/** How long a caller waits for the one session of the embedded database, in milliseconds. */
const CHECKOUT_TIMEOUT = 5_000;

/** The one session of an embedded database, handed to one caller at a time, first come first served. */
export class Session {
  private busy = false;
  private readonly waiting: Waiter[] = [];

  constructor(readonly database: PGlite) {}

  acquire(): Promise<void> {
    if (!this.busy) {
      this.busy = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { go: resolve, timer: setTimeout(() => this.giveUp(waiter, reject), CHECKOUT_TIMEOUT) };
      this.waiting.push(waiter);
    });
  }

  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) {
      this.busy = false;
      return;
    }
    clearTimeout(next.timer);
    next.go();
  }

  private giveUp(waiter: Waiter, reject: (error: Error) => void): void {
    this.waiting.splice(this.waiting.indexOf(waiter), 1);
    reject(
      new Error(
        `The embedded database has one session and it was busy for ${CHECKOUT_TIMEOUT} ms: a transaction asked for a second connection, or a query runs too long.`,
      ),
    );
  }
}

/** One check-out: what TypeORM and our code use of a pg client. */
class Client extends EventEmitter {
  readonly begin = new ScopedBegin();

  constructor(private readonly session: Session) {
    super();
  }

  query(sql: string, parameters?: unknown[] | Callback<[unknown]>, callback?: Callback<[unknown]>): Promise<unknown> | void {
    const done = typeof parameters === 'function' ? parameters : callback;
    const result = this.run(this.begin.complete(sql), Array.isArray(parameters) ? parameters : undefined);
    if (done === undefined) return result;
    result.then(
      (value) => done(null, value),
      (error: Error) => done(error, undefined),
    );
  }

  private async run(sql: string, parameters?: unknown[]): Promise<unknown> {
    const { database } = this.session;
    // Without parameters a text may hold several statements (migrations do), which only the simple protocol takes.
    const results: Results<unknown>[] = parameters?.length ? [await database.query(sql, parameters)] : await database.exec(sql);
    const last = results.at(-1);
    const rows = last?.rows ?? [];
    return {
      rows,
      rowCount: last?.fields.length ? rows.length : (last?.affectedRows ?? 0),
      command: commandOf(sql),
      fields: last?.fields ?? [],
    };
  }
}

/**
 * A `pg.Pool` look-alike for TypeORM's `driver` option over the embedded database. Pools of different logins share the
 * one session, so each check-out states its login; whatever a caller left open is rolled back before the next one.
 */
export function exclusivePool(session: Session): { Pool: new (options: { user?: string }) => EventEmitter } {
  return {
    Pool: class ExclusivePool extends EventEmitter {
      private readonly login: string;

      constructor(options: { user?: string }) {
        super();
        this.login = options.user ?? 'postgres';
      }

      connect(callback: Callback<[Client?, (() => void)?]>): void {
        this.checkOut().then(
          (client) => callback(null, client, this.returner()),
          (error: Error) => callback(error),
        );
      }

      end(callback: () => void): void {
        callback();
      }

      private async checkOut(): Promise<Client> {
        await session.acquire();
        try {
          await session.database.exec(`set session authorization ${this.login}`);
          return new Client(session);
        } catch (error) {
          session.release();
          throw error;
        }
      }

      /** Gives the session back once, however often it is called. */
      private returner(): () => void {
        let returned = false;
        return () => {
          if (returned) return;
          returned = true;
          void session.database.exec('rollback').finally(() => session.release());
        };
      }
    },
  };
}
