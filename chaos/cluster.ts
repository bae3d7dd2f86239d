import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onDatabase } from '../test/support/server';
import { atEnd } from './clean-up';
import { steadyPort } from './steady-port';

const execute = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';

/** A PostgreSQL server of this program's own, which it may stop and hurt. */
export class Cluster {
  readonly close = atEnd(async () => {
    await this.stop('immediate').catch(() => undefined);
    rmSync(this.folder, { recursive: true, force: true });
  });

  private constructor(
    private readonly programs: string,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Needs the server's programs, which Debian's package `postgresql` installs. */
  static async start(): Promise<Cluster> {
    const newest = readdirSync(INSTALLED)
      .sort((a, b) => Number(a) - Number(b))
      .at(-1);
    const folder = mkdtempSync(join(tmpdir(), 'flowstate-cluster-'));
    const cluster = new Cluster(join(INSTALLED, String(newest), 'bin'), folder, await steadyPort());
    chmodSync(folder, 0o777);
    await cluster.program('initdb', '-D', cluster.data, '-U', 'postgres', '-A', 'trust');
    await cluster.up();
    return cluster;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async up(): Promise<void> {
    const options = `-p ${this.port} -h 127.0.0.1 -k ${this.folder}`;
    await this.program('pg_ctl', '-s', '-w', '-D', this.data, '-o', options, '-l', join(this.folder, 'log'), 'start');
  }

  /** `fast` rolls back and closes; `immediate` is a crash, after which the server recovers from its log. */
  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    await this.program('pg_ctl', '-s', '-w', '-D', this.data, '-m', mode, 'stop');
  }

  /** Ends one connection of the product, any of them, whatever it is at. */
  async terminateOne(thrown: number): Promise<void> {
    await onDatabase(this.url, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename like 'flowstate%'
          order by pid offset (select floor($1::float8 * count(*))::bigint from pg_stat_activity where usename like 'flowstate%') limit 1`,
        [thrown],
      ),
    );
  }

  /** Connections of the product, by the name that it gives them. */
  async connections(): Promise<Map<string, number>> {
    const { rows } = await onDatabase(this.url, (client) =>
      client.query<{ name: string; count: number }>(
        `select application_name as name, count(*)::int from pg_stat_activity where usename like 'flowstate%' group by 1`,
      ),
    );
    return new Map(rows.map(({ name, count }) => [name, count]));
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  /** PostgreSQL refuses to run as root. */
  private async program(name: string, ...parameters: string[]): Promise<void> {
    const command = [join(this.programs, name), ...parameters];
    const asRoot = process.getuid?.() === 0;
    const [file = '', ...rest] = asRoot ? ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--init-groups', ...command] : command;
    // A server that inherits our pipes would keep them open for as long as it runs.
    await execute(file, rest, { cwd: this.folder, timeout: 60_000 });
  }
}

/** DATABASE_URL's server, or without one a server of this program's own for as long as the work takes. */
export async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const given = process.env['DATABASE_URL'];
  if (given) return work(given);
  const cluster = await Cluster.start();
  return work(cluster.url).finally(() => cluster.close());
}
