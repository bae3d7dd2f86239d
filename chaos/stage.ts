import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../src/database';
import { onDatabase, withDatabase } from '../test/support/server';
import { atEnd } from './clean-up';
import type { Dice } from './dice';
import { Relay } from './relay';
import { Replica } from './replica';
import { steadyPort } from './steady-port';

/** Asks the database past all roles and policies. */
export type Inspect = <R>(sql: string, parameters?: unknown[]) => Promise<R[]>;

export interface StageSettings {
  /** A PostgreSQL superuser's URL; without one the replica (then there is only one) has its embedded database. */
  readonly serverUrl?: string;
  readonly replicas?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

const SECRET = 'a secret of the tests, long enough';

/** Far above what anybody here sends: it is not the rate limit that is on trial. */
const UNLIMITED = '1000000';

/** The product as it is run for real: replicas on one database, behind one address. */
export class Stage {
  readonly close = atEnd(async () => {
    await this.relay.close();
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    rmSync(this.folder, { recursive: true, force: true });
    const { database } = this;
    if (database)
      await onDatabase(database.server, (client) => client.query(`drop database if exists ${database.name} with (force)`)).catch(
        () => undefined,
      );
  });

  private constructor(
    /** The address that clients know. */
    readonly port: number,
    readonly replicas: readonly Replica[],
    readonly relay: Relay,
    private readonly folder: string,
    private readonly database: { readonly server: string; readonly name: string } | undefined,
  ) {}

  static async open(dice: Dice, { serverUrl, replicas = 2, settings = {} }: StageSettings): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'flowstate-chaos-'));
    const port = await steadyPort();
    const name = `flowstate_chaos_${process.pid}_${port}`;
    const database = serverUrl === undefined ? undefined : { server: serverUrl, name };
    if (database) await onDatabase(database.server, (client) => client.query(`create database ${name}`));
    const environment = {
      BASE_DOMAIN: `localhost:${port}`,
      DATA_DIR: folder,
      APP_SECRET: SECRET,
      TRUST_PROXY: '127.0.0.1',
      RATE_LIMIT_PER_MINUTE: UNLIMITED,
      ...(database && { DATABASE_URL: withDatabase(database.server, name) }),
      ...settings,
    };
    const all: Replica[] = [];
    for (let count = 0; count < (database ? replicas : 1); count += 1) all.push(new Replica(await steadyPort(), environment));
    const ports = all.map((replica) => replica.port);
    const stage = new Stage(port, all, await Relay.start(port, ports, dice.fork()), folder, database);
    try {
      for (const replica of all) await replica.start();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  host(slug: string): string {
    return `${slug}.localhost:${this.port}`;
  }

  origin(slug: string): string {
    return `http://${this.host(slug)}`;
  }

  /** Undefined where the database is embedded. */
  get databaseUrl(): string | undefined {
    return this.database && withDatabase(this.database.server, this.database.name);
  }

  get output(): string {
    return this.replicas.map(({ output }) => output).join('');
  }

  /** Looks into the database; an embedded one is looked into from outside, so its replica is stopped first. */
  async inspect<T>(look: (inspect: Inspect) => Promise<T>): Promise<T> {
    if (this.database)
      return onDatabase(withDatabase(this.database.server, this.database.name), async (client) => {
        await client.query('set search_path = platform, live');
        return look(async <R>(sql: string, parameters: unknown[] = []) => (await client.query(sql, parameters)).rows as R[]);
      });
    for (const replica of this.replicas) await replica.stop();
    const embedded = await openEmbedded({ folder: join(this.folder, 'pglite') });
    try {
      await embedded.exec('set search_path = platform, live');
      return await look(async <R>(sql: string, parameters: unknown[] = []) => (await embedded.query<R>(sql, parameters)).rows);
    } finally {
      await embedded.close();
    }
  }
}
