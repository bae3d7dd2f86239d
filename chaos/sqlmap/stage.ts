import { Client as Database } from 'pg';
import { Client, Connection, connect, pkce, register } from '../../test/support/oauth-flow';
import { Product, startProduct } from '../../test/support/product';
import type { Facts } from '../fuzz/facts';
import { learnFacts } from '../fuzz/learn';
import { FreshValues } from './fresh';
import { INJECTABLE, InjectableServer } from './injectable';
import { oauthTargets, pageTargets } from './page-targets';
import { Relay } from './relay';
import { scan } from './scan';
import { POINT, pointsOf, requestText, Target } from './target';
import { rpcTargets } from './tool-targets';

const PASSWORD = 'flowstate-demo';
const MEMBER = { email: 'member@acme.example', password: PASSWORD };

/** Registrations are limited per tenant and hour, so they go round tenants that exist for nothing else. */
const REGISTRATION_TENANTS = 12;
const CLIENTS = 30;

/** sqlmap goes on when its requests fail; with fewer than this for each point, they have. */
const LEAST_REQUESTS = 80;

export interface Result {
  readonly target: string;
  readonly points: number;
  readonly requests: number;
  readonly problems: readonly string[];
}

/** The product with its demo data on a database of its own, and whom sqlmap pretends to be. */
export class Stage {
  private turn = 0;

  private constructor(
    private readonly product: Product,
    private readonly database: Database,
    private readonly owner: Connection,
    private readonly clients: readonly Client[],
    private readonly facts: Facts,
  ) {}

  static async open(): Promise<Stage> {
    const product = await startProduct({ REDIS_URL: '', RATE_LIMIT_PER_MINUTE: '1000000000', TRUST_PROXY: '127.0.0.1' });
    return Stage.set(product).catch(async (error: unknown) => {
      await product.stop();
      throw error;
    });
  }

  private static async set(product: Product): Promise<Stage> {
    const acme = product.origin('acme');
    const owner = await connect(acme, { email: 'owner@acme.example', password: PASSWORD });
    const globex = await connect(product.origin('globex'), { email: 'admin@globex.example', password: PASSWORD });
    const { facts } = await learnFacts(product, owner.access_token, globex.access_token);
    const database = new Database({ connectionString: product.databaseUrl });
    await database.connect();
    for (let one = 0; one < REGISTRATION_TENANTS; one += 1)
      await database.query(
        `insert into platform.tenant (id, slug, name, plan, features) values ($1, $1, $1, 'business', '{"mcp_external_access": true}')`,
        [`reg${one}`],
      );
    const clients: Client[] = [];
    while (clients.length < CLIENTS) clients.push(await register(acme));
    return new Stage(product, database, owner, clients, facts);
  }

  /** The same marks, relay and reading of sqlmap's words find what is there to be found. */
  async proveThatItFinds(): Promise<boolean> {
    const server = await InjectableServer.listen(this.product.databaseUrl ?? '');
    let found = true;
    for (const target of INJECTABLE) {
      const relay = await this.relay(target, server.port);
      const { findings } = await scan(requestText(target, relay.host));
      relay.close();
      console.log(`${findings.length > 0 ? 'found, as it must' : 'NOT FOUND'}: ${target.name} of a server that is injectable on purpose`);
      found &&= findings.length > 0;
    }
    await server.close();
    return found;
  }

  async scanAll(only: string, parallel: number): Promise<Result[]> {
    const origin = this.product.origin('acme');
    const targets = [
      ...rpcTargets(this.facts, this.owner.access_token),
      ...oauthTargets(this.clients[0]?.id ?? '', pkce().challenge, `${origin}/api/mcp`),
      ...pageTargets(),
    ].filter(({ name }) => name.includes(only));
    const results: Result[] = [];
    const worker = async (): Promise<void> => {
      for (let target = targets.shift(); target; target = targets.shift()) results.push(await this.scanOne(target));
    };
    await Promise.all(Array.from({ length: parallel }, worker));
    return results;
  }

  async close(): Promise<void> {
    await this.database.end();
    await this.product.stop();
  }

  private async scanOne(target: Target): Promise<Result> {
    const relay = await this.relay(target, this.product.port);
    const began = performance.now();
    const { tested, findings, unfinished } = await scan(requestText(target, relay.host));
    relay.close();
    const points = pointsOf(target);
    // A cookie counts twice, as a header and as a cookie.
    const marked = tested.filter((name) => name.includes(POINT));
    const statuses = [...relay.statuses].map(([status, count]) => `${status}×${count}`);
    const failed = [...relay.statuses.keys()].filter((status) => status >= 500);
    const problems = [
      ...findings,
      ...(unfinished === undefined ? [] : [`sqlmap did not finish: ${unfinished}`]),
      ...(marked.length >= points || findings.length > 0 ? [] : [`${marked.length} of ${points} points were tested`]),
      ...failed.map((status) => `answered with ${status}`),
      ...relay.failures,
      ...(relay.requests < points * LEAST_REQUESTS ? [`only ${relay.requests} requests arrived`] : []),
    ];
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    console.log(`${problems.length === 0 ? 'clean' : 'PROBLEM'}: ${target.name} (${points} points, ${statuses.join(' ')}, ${seconds} s)`);
    for (const problem of problems) console.log(`  ${problem}`);
    return { target: target.name, points, requests: relay.requests, problems };
  }

  private relay(target: Target, port: number): Promise<Relay> {
    const { host } = new URL(this.product.origin());
    const asker = { origin: this.product.origin('acme'), clients: this.clients, person: MEMBER, bearer: this.owner.access_token };
    const registers = target.path.endsWith('/register');
    return Relay.listen({
      port,
      host: () => `${registers ? `reg${(this.turn += 1) % REGISTRATION_TENANTS}` : 'acme'}.${host}`,
      fresh: new FreshValues(asker),
      prepare: async () => {
        if (target.body?.includes('password')) await this.database.query('delete from platform.sign_in_failure');
      },
    });
  }
}
