import { Client, credentials, REDIRECT, Tokens } from '../test/support/oauth-flow';
import { Answer, ask } from './ask';
import { Approver, newAddress } from './approver';
import type { Dice } from './dice';
import { pause } from './pause';
import { Planner } from './planner';
import { PATIENCE, World } from './world';

const CALLS = [
  { name: 'search_employees', arguments: { query: 'a', limit: 20 } },
  { name: 'search_employees', arguments: { limit: 5 } },
  { name: 'get_organization_context', arguments: {} },
];

/** An MCP client as it should be: it keeps the last refresh token that it received, and tries again until it is answered. */
export class ChaosClient {
  private readonly address = newAddress();
  private readonly approver: Approver;
  private readonly planner: Planner;
  private client: Client | undefined;
  private tokens: Tokens | undefined;
  private calls = 0;
  /** Refresh tokens of connections whose end was acknowledged. */
  private readonly ended: { client: Client; token: string }[] = [];

  constructor(
    readonly world: World,
    readonly slug: string,
    email: string,
    private readonly dice: Dice,
    /** Whether its account may write scenarios. */
    private readonly plans: boolean,
  ) {
    this.approver = new Approver(world, slug, email, dice.fork());
    this.planner = new Planner((name, args) => this.tool(name, args), world.ledger, this.address);
  }

  get accessToken(): string {
    return this.tokens?.access_token ?? '';
  }

  /** Something that clients do, the more often the likelier they do it. */
  async step(): Promise<void> {
    const thrown = this.dice.next();
    if (thrown < 0.4) return this.refresh();
    if (thrown < 0.46) return this.burst();
    if (thrown < 0.52) return this.connect();
    if (thrown < 0.55) return this.revoke();
    if (thrown < 0.8 && this.plans) return this.planner.write();
    return this.call();
  }

  async register(): Promise<void> {
    const answer = await this.persist('register', { json: { client_name: `Chaos of ${this.slug}`, redirect_uris: [REDIRECT] } });
    const { client_id: id, client_secret: secret } = JSON.parse(answer.body) as { client_id: string; client_secret?: string };
    this.client = { id, secret, redirectUri: REDIRECT };
  }

  /** Its user approves, and it redeems the code. A code whose answer was cut may be spent: then the user approves again. */
  async connect(): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { code, verifier } = await this.approver.approve(this.own);
      const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT, ...credentials(this.own) };
      const before = this.world.ledger.total('cut');
      const answer = await this.persist('redeem', { form });
      if (answer.status === 200) return this.keep(answer);
      if (this.world.ledger.total('cut') === before && this.world.ledger.total('answered 503') === 0)
        return this.fault(`a fresh code was refused: ${answer.body}`);
      this.world.ledger.count('connected anew after a cut');
    }
    this.fault('could not connect in 50 attempts');
  }

  async refresh(): Promise<void> {
    const answer = await this.persist('refresh', { form: this.refreshForm() });
    if (answer.status === 200) return this.keep(answer);
    this.fault(`locked out: its last refresh token was answered ${answer.status} ${answer.body}`);
    return this.connect();
  }

  /** Several windows of one app that wake up at once. */
  private async burst(): Promise<void> {
    const form = this.refreshForm();
    const answers = await Promise.all(Array.from({ length: 4 }, () => this.send('refresh', { form })));
    const good = answers.filter((answer) => answer?.status === 200) as Answer[];
    const refused = answers.find((answer) => answer && answer.status !== 200 && answer.status < 500);
    if (refused) this.fault(`locked out by its own burst: ${refused.status} ${refused.body}`);
    const successors = new Set(good.map(({ body }) => (JSON.parse(body) as Tokens).refresh_token));
    if (successors.size > 1) this.fault('parallel refreshes got different successors');
    if (good[0]) return this.keep(good[0]);
    return this.refresh();
  }

  async call(): Promise<void> {
    const { name, arguments: args } = this.dice.pick(CALLS);
    await this.tool(name, args);
  }

  /** A tool call, in whose result no failure may hide; undefined where it says that trying again may help. */
  private async tool(name: string, args: object): Promise<Record<string, unknown> | undefined> {
    this.calls += 1;
    const id = this.calls;
    const json = { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } };
    const answer = await this.persist('call', { json, headers: { authorization: `Bearer ${this.accessToken}` } });
    if (answer.status !== 200) return this.fault(`a call was answered ${answer.status} ${answer.body.slice(0, 200)}`);
    const reply = JSON.parse(answer.body) as { id?: unknown; result?: { isError?: boolean; structuredContent?: Record<string, unknown> } };
    if (reply.id !== id) this.fault(`call ${id} got the answer of ${String(reply.id)}`);
    if (reply.result && reply.result.isError !== true) return reply.result.structuredContent;
    if (!RETRYABLE.test(answer.body)) this.fault(`a call of ${name} failed: ${answer.body.slice(0, 300)}`);
    return undefined;
  }

  /** Ends its connection and makes another one; what was acknowledged as ended stays so. */
  private async revoke(): Promise<void> {
    const { access_token: access, refresh_token: token } = this.tokens as Tokens;
    const answer = await this.persist('revoke', { form: { token, ...credentials(this.own) } });
    if (answer.status !== 200) this.fault(`a revocation was answered ${answer.status} ${answer.body}`);
    this.ended.push({ client: this.own, token });
    const json = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const refused = await this.persist('call', { json, headers: { authorization: `Bearer ${access}` } }, ['auth.failure']);
    if (refused.status !== 401) this.fault(`a revoked connection could call: ${refused.status}`);
    return this.connect();
  }

  /** At the end: its tokens work, and those of connections that it ended do not. */
  async settle(): Promise<void> {
    await this.refresh();
    await this.call();
    for (const { client, token } of this.ended.slice(-20)) {
      const form = { grant_type: 'refresh_token', refresh_token: token, ...credentials(client) };
      const answer = await this.persist('refresh', { form });
      if (answer.status !== 400) this.fault(`an ended connection came back to life: ${answer.status}`);
    }
  }

  private get own(): Client {
    if (!this.client) throw new Error('The client has not registered.');
    return this.client;
  }

  private refreshForm(): Record<string, string> {
    return { grant_type: 'refresh_token', refresh_token: (this.tokens as Tokens).refresh_token, ...credentials(this.own) };
  }

  private keep({ body }: Answer): void {
    this.tokens = JSON.parse(body) as Tokens;
    this.world.ledger.token(this.tokens.refresh_token);
  }

  private fault(what: string): undefined {
    this.world.ledger.fault(`${this.slug}: ${what}`);
  }

  private async persist(what: What, content: Content, kinds: readonly string[] = KINDS[what]): Promise<Answer> {
    for (const began = Date.now(); Date.now() - began < PATIENCE; await pause(this.dice.between(20, 120))) {
      const answer = await this.send(what, content, kinds);
      if (answer && answer.status < 500) return answer;
    }
    throw new Error(`A client of ${this.slug} was not answered for ${PATIENCE} ms (${what}).`);
  }

  private async send(what: What, { headers, ...content }: Content, kinds: readonly string[] = KINDS[what]): Promise<Answer | undefined> {
    const { stage, ledger, marks } = this.world;
    const tag = ledger.tag();
    const answer = await ask({
      ...{ port: stage.port, host: stage.host(this.slug), path: PATHS[what] },
      ...{ ...content, headers: { 'user-agent': tag, 'x-forwarded-for': this.address, ...headers } },
    });
    ledger.count(what);
    const again = ledger.judge(what, answer);
    const failed = what === 'call' && answer !== undefined && RETRYABLE.test(answer.body);
    if (failed) ledger.count('failed inside a 200');
    if (answer && !again && !failed) ledger.expected.set(tag, { kinds, what: `a ${what} answered ${answer.status}` });
    for (const [slug, mark] of answer ? marks : []) {
      const seen = mark.in(answer as Answer);
      if (seen !== undefined && slug === this.slug) ledger.count('own marks seen');
      if (seen !== undefined && slug !== this.slug) this.fault(`the ${what} answer holds "${seen}" of ${slug}`);
    }
    return answer;
  }
}

/** A failure inside a 200 is honest where it says that trying again may help; like a 503 it may have found no audit trail. */
const RETRYABLE = /"retryable\\?":true/;

type What = keyof typeof PATHS;
type Content = { form?: Record<string, string>; json?: unknown; headers?: Record<string, string> };

const PATHS = {
  register: '/api/mcp/oauth/register',
  redeem: '/api/mcp/oauth/token',
  refresh: '/api/mcp/oauth/token',
  revoke: '/api/mcp/oauth/revoke',
  call: '/api/mcp',
} as const;

/** The kinds of event that tell of an answer. */
const TOKEN_KINDS = ['token.issued', 'token.refused', 'token.reuse'];
const KINDS: Record<What, readonly string[]> = {
  register: ['client.registered'],
  redeem: TOKEN_KINDS,
  refresh: TOKEN_KINDS,
  revoke: ['grant.revoked'],
  call: ['mcp.request'],
};
