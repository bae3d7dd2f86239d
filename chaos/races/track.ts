import { Client as Sql } from 'pg';
import { Browser } from '../../test/support/browser';
import { authorize, Client, credentials, pkce, register, Tokens } from '../../test/support/oauth-flow';
import { newAddress, PASSWORD } from '../approver';
import { Answer, ask, KEPT } from '../ask';
import type { Dice } from '../dice';
import { pause } from '../pause';
import { Inspect, Stage } from '../stage';

/** No client may send more than 600 token requests a minute: that many clients take turns, where there are many rounds. */
const CLIENTS = 80;

export interface Redeemable {
  readonly client: Client;
  readonly code: string;
  readonly verifier: string;
}

export interface Connected {
  readonly client: Client;
  readonly tokens: Tokens;
}

/** Two processes of the product on one PostgreSQL, and all that a race needs to be set up quickly. */
export class Track {
  requests = 0;
  /** Answers that asked to try again: the machine was too busy for the database's patience. */
  again = 0;
  private turn = 0;
  private readonly browsers = new Map<string, { browser: Browser; headers: Record<string, string> }>();

  private constructor(
    readonly stage: Stage,
    readonly dice: Dice,
    readonly rounds: number,
    private readonly clients: readonly Client[],
    private readonly sql: Sql,
  ) {}

  static async open(dice: Dice, serverUrl: string, rounds: number): Promise<Track> {
    const stage = await Stage.open(dice, { serverUrl });
    const clients: Client[] = [];
    while (clients.length < Math.min(CLIENTS, 8 + rounds)) clients.push(await register(stage.origin('acme')));
    const sql = new Sql({ connectionString: stage.databaseUrl });
    await sql.connect();
    sql.on('error', () => undefined);
    return new Track(stage, dice, rounds, clients, sql);
  }

  async close(): Promise<void> {
    await this.sql.end();
    await this.stage.close();
  }

  readonly inspect: Inspect = async <R>(sql: string, parameters: unknown[] = []) => (await this.sql.query(sql, parameters)).rows as R[];

  /** Somebody's browser, signed in once; each time from another address, as limits per address are not on trial. */
  browserOf(who: string): Browser {
    const headers: Record<string, string> = {};
    const known = this.browsers.get(who) ?? { browser: new Browser(headers), headers };
    this.browsers.set(who, known);
    known.headers['x-forwarded-for'] = newAddress();
    return known.browser;
  }

  nextClient(): Client {
    this.turn += 1;
    return this.clients[this.turn % this.clients.length] as Client;
  }

  /** A code fresh from the consent page. */
  async code(who = 'viewer', client = this.nextClient()): Promise<Redeemable> {
    const { verifier, challenge } = pkce();
    const user = { email: `${who}@acme.example`, password: PASSWORD };
    const { answer } = await authorize(this.stage.origin('acme'), user, client, challenge, { browser: this.browserOf(who) });
    return { client, code: answer['code'] as string, verifier };
  }

  async connected(client?: Client): Promise<Connected & { readonly from: Redeemable }> {
    const from = await this.code('viewer', client);
    const answer = await this.redeem(0, from);
    if (answer.status !== 200) throw new Error(`A fresh code was answered ${answer.status}: ${answer.body}`);
    return { client: from.client, tokens: tokensOf(answer), from };
  }

  redeem(at: number, { client, code, verifier }: Redeemable): Promise<Answer> {
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: client.redirectUri };
    return this.post(at, '/api/mcp/oauth/token', { ...form, ...credentials(client) });
  }

  refresh(at: number, client: Client, token: string): Promise<Answer> {
    return this.post(at, '/api/mcp/oauth/token', { grant_type: 'refresh_token', refresh_token: token, ...credentials(client) });
  }

  revoke(at: number, client: Client, token: string): Promise<Answer> {
    return this.post(at, '/api/mcp/oauth/revoke', { token, ...credentials(client) });
  }

  /** What the resource server says to an access token. */
  async status(at: number, accessToken: string): Promise<number> {
    const json = { jsonrpc: '2.0', id: 1, method: 'ping' };
    return (await this.send(at, '/api/mcp', { json, headers: { authorization: `Bearer ${accessToken}` } })).status;
  }

  private post(at: number, path: string, form: Record<string, string>): Promise<Answer> {
    return this.send(at, path, { form });
  }

  /** @param at which of the processes, counted on */
  private async send(at: number, path: string, content: Content): Promise<Answer> {
    const { port } = this.stage.replicas[at % this.stage.replicas.length] as { port: number };
    const headers = { 'x-forwarded-for': newAddress(), ...content.headers };
    for (let attempt = 0; attempt < 20; attempt += 1) {
      this.requests += 1;
      const answer = await ask({ ...content, port, path, host: this.stage.host('acme'), headers }, KEPT);
      if (!answer) throw new Error(`${path} was cut.`);
      if (answer.status !== 503) return answer;
      this.again += 1;
      await pause(this.dice.between(100, 500));
    }
    throw new Error(`${path} asked 20 times to try again.`);
  }
}

type Content = { form?: Record<string, string>; json?: unknown; headers?: Record<string, string> };

export function tokensOf({ body }: Answer): Tokens {
  return JSON.parse(body) as Tokens;
}
