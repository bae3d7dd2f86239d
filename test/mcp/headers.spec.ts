import { GateService } from '../../src/access';
import { Database } from '../../src/database';
import { itOnServer, testDatabase } from '../support/database';
import { Connection, posted, World } from './world';
import { Answer, pause } from './wire';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const LIMITED = '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Rate limit exceeded. Try again shortly."},"id":null}';

const budget = ({ headers }: Answer): (number | undefined)[] =>
  ['x-ratelimit-limit', 'x-ratelimit-remaining'].map((name) => (headers[name] === undefined ? undefined : Number(headers[name])));

/** What may be wrong with an answer whoever asks. */
function expectClean({ body, headers }: Answer): void {
  expect(body).not.toMatch(/\n\s+at |node_modules|\/work\/|\.[jt]s:\d+|QueryFailed|ECONN/);
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers['cache-control']).toMatch(/no-store|no-cache/);
}

describe('every answer of the MCP surface', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start({ MCP_ALLOWED_ORIGINS: 'https://inspector.example' });
    acme = await world.connect(await world.tenant());
  });
  afterAll(() => world.close());

  /** An address of its own, so that the budget before sign-in is not used up. */
  const elsewhere = (): Record<string, string> => ({
    'x-forwarded-for': `10.9.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
  });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    world.send({ host: acme.host, path, method, headers: { ...elsewhere(), ...headers } });
  const form = (path: string, body: string): Promise<Answer> =>
    world.send({
      host: acme.host,
      path,
      method: 'POST',
      headers: { ...elsewhere(), 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  const off = async (): Promise<string> => world.host(await world.tenant({ mcp: false }));

  const protocol: [string, number, () => Promise<Answer>][] = [
    ['a result', 200, () => world.rpc(acme, 'tools/list')],
    ['a result of 2026', 200, () => world.modern(acme, 'tools/list')],
    ['a taken notification', 202, () => world.post(acme, { jsonrpc: '2.0', method: 'notifications/initialized' })],
    [
      'a preflight',
      204,
      () => get('/api/mcp', { origin: 'https://inspector.example', 'access-control-request-method': 'POST' }, 'OPTIONS'),
    ],
    ['broken JSON', 400, () => world.post(acme, '{')],
    ['no token', 401, () => get('/api/mcp')],
    ['a bad token', 401, () => get('/mcp', { authorization: 'Bearer x' })],
    ['a foreign origin', 403, () => get('/api/mcp', { origin: 'https://evil.example' })],
    ['a tenant that is off', 403, async () => world.send({ host: await off() })],
    ['an unknown tenant', 404, () => world.send({ host: world.host({ slug: 'nobody' }) })],
    ['an unknown path', 404, () => get('/api/mcp/none')],
    ['an unknown session', 404, () => world.post(acme, LIST, { 'mcp-session-id': 'x' })],
    ['a wrong method', 405, () => world.send({ host: acme.host, method: 'PUT', headers: { authorization: `Bearer ${acme.token}` } })],
    ['nothing acceptable', 406, () => world.post(acme, LIST, { accept: 'text/html' })],
    ['too much', 413, () => world.post(acme, 'x'.repeat(1024 * 1024 + 1))],
    ['another type', 415, () => world.post(acme, LIST, { 'content-type': 'text/plain' })],
  ];
  it.each(protocol)('HDR-1 HDR-3 says what is left, for %s (%i), in JSON', async (_, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(budget(answer)).toEqual([100, expect.any(Number)]);
    if (status !== 202 && status !== 204) expect(answer.headers['content-type']).toMatch(/^application\/json/);
    if (status !== 204) expectClean(answer);
    const literal = status === 401 || /mcp_disabled/.test(answer.body);
    if (status >= 400)
      expect(Object.keys(answer.json as object)).toEqual(literal ? ['error', 'error_description'] : ['jsonrpc', 'error', 'id']);
  });

  const others: [string, number, () => Promise<Answer>][] = [
    ['server metadata', 200, () => get('/.well-known/oauth-authorization-server')],
    ['resource metadata', 200, () => get('/.well-known/oauth-protected-resource/mcp')],
    ['unknown metadata', 404, () => get('/.well-known/none')],
    ['the keys', 200, () => get('/api/mcp/oauth/jwks')],
    ['a registration without a body', 415, () => form('/api/mcp/oauth/register', '')],
    ['a token for nobody', 401, () => form('/api/mcp/oauth/token', 'grant_type=refresh_token&client_id=mcp_x&refresh_token=x')],
    ['a token request of nonsense', 400, () => form('/oauth/token', 'a=b&a=c')],
    ['an unknown OAuth path', 404, () => get('/api/mcp/oauth/none')],
    ['a revocation by nobody', 401, () => form('/api/mcp/oauth/revoke', 'token=x&client_id=mcp_x')],
    ['a sign-in page that cannot be', 400, () => get('/api/mcp/oauth/authorize?client_id=mcp_x')],
  ];
  it.each(others)('HDR-1 HDR-3 says what is left, for %s (%i)', async (name, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(budget(answer)).toEqual([100, expect.any(Number)]);
    expect(answer.body).not.toMatch(/\n\s+at |node_modules|\.[jt]s:\d+/);
    if (status >= 400 && !/page/.test(name)) expect(Object.keys(answer.json as object).sort()).toEqual(['error', 'error_description']);
  });

  describe('when the database is away', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

    it('HDR-3 is 503 with a time to come back, in the form of its endpoint', async () => {
      const down = jest.spyOn(world.app.app.get(GateService), 'read').mockRejectedValue(away);
      for (const path of ['/api/mcp', '/api/mcp/oauth/token', '/.well-known/oauth-authorization-server']) {
        const answer = await get(path, {}, 'POST');
        expect([answer.status, answer.headers['retry-after'], ...budget(answer)]).toEqual([503, '5', 100, expect.any(Number)]);
        expectClean(answer);
        expect(path === '/api/mcp' ? answer.json.error.code : answer.json.error).toBe(
          path === '/api/mcp' ? -32000 : 'temporarily_unavailable',
        );
      }
      down.mockRestore();
    });

    it('HDR-3 is 500 with the request id and nothing else for a fault of ours', async () => {
      const broken = jest.spyOn(world.app.app.get(GateService), 'read').mockRejectedValue(new Error('secret detail'));
      const answer = await get('/api/mcp');
      broken.mockRestore();
      expect([answer.status, ...budget(answer)]).toEqual([500, 100, expect.any(Number)]);
      expect(answer.json.error.message).toMatch(/request id: [0-9a-f-]{36}\.$/);
      expect(answer.body).not.toContain('secret detail');
      expectClean(answer);
    });

    it('is a refusal worth another try where a tool finds out', async () => {
      const one = await world.connect(await world.tenant());
      const down = jest.spyOn(world.app.app.get(Database), 'call').mockRejectedValue(away);
      const answer = await world.call(one, 'get_organization_context');
      down.mockRestore();
      expect([answer.status, answer.json.result.isError]).toEqual([200, true]);
      expect(JSON.parse(answer.json.result.content[0].text)).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expectClean(answer);
    });

    itOnServer('comes back by itself when all its connections were cut', async () => {
      const one = await world.connect(await world.tenant());
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      for (let round = 0; round < 3; round += 1) {
        const calls = Array.from({ length: 10 }, () => world.call(one, 'get_organization_context'));
        await world.db.admin(cut);
        for (const answer of await Promise.all(calls)) {
          expect([200, 503]).toContain(answer.status);
          expectClean(answer);
        }
      }
      await pause(100);
      const last = await world.call(one, 'get_organization_context');
      expect([last.status, last.json.result.isError]).toEqual([200, undefined]);
    });
  });

  describe('the rate limit', () => {
    it('RL-1 lets 100 requests a minute in and answers the 101st with 429, the documented body and a time', async () => {
      const one = await world.connect(await world.tenant());
      const left: (number | undefined)[] = [];
      for (let count = 0; count < 100; count += 1) left.push(budget(await world.rpc(one, 'ping'))[1]);
      expect(left).toEqual(Array.from({ length: 100 }, (_, index) => 99 - index));
      for (const ask of [
        () => world.rpc(one, 'ping'),
        () => world.modern(one, 'tools/list'),
        () => world.post(one, '{'),
        () => world.send({ host: one.host, headers: { authorization: `Bearer ${one.token}` } }),
      ]) {
        const answer = await ask();
        expect([answer.status, answer.body, ...budget(answer)]).toEqual([429, LIMITED, 100, 0]);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
        expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(61);
        expectClean(answer);
      }
    });

    it('RL-3 is one for all connections of a person and nobody else', async () => {
      const tenant = await world.tenant();
      const one = await world.connect(tenant);
      const same = [await world.connect(tenant, { user: one.user }), await world.connect(tenant, { user: one.user, bare: true })];
      const others = [await world.connect(tenant), await world.connect(await world.tenant())];
      const seen = [];
      for (const connection of [one, ...same, one, ...others]) seen.push(budget(await world.rpc(connection, 'ping'))[1]);
      expect(seen).toEqual([99, 98, 97, 96, 99, 99]);
    });

    itOnServer('RL-4 holds for 500 requests at once to two replicas that share a Redis', async () => {
      if (!process.env['REDIS_URL']) return;
      const db = await testDatabase();
      const replicas = [await World.start({ BASE_DOMAIN: 'localhost:7' }, db), await World.start({ BASE_DOMAIN: 'localhost:7' }, db)];
      const one = await replicas[0]!.connect(await replicas[0]!.tenant());
      const statuses: number[] = [];
      // In waves, so that a busy machine does not make Redis late: late answers let requests pass (RL-7).
      for (let wave = 0; wave < 10; wave += 1)
        statuses.push(
          ...(await Promise.all(Array.from({ length: 50 }, async (_, at) => (await replicas[at % 2]!.rpc(one, 'ping')).status))),
        );
      expect([statuses.filter((status) => status === 200).length, statuses.filter((status) => status === 429).length]).toEqual([100, 400]);
      await Promise.all(replicas.map((replica) => replica.close()));
      await db.drop();
    });

    it('RL-4 holds for 150 requests at once', async () => {
      const one = await world.connect(await world.tenant());
      const answers = await Promise.all(Array.from({ length: 150 }, () => world.rpc(one, 'ping')));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(50);
    });

    it('counts each message of a batch, and takes all of one or none', async () => {
      const one = await world.connect(await world.tenant());
      const batch = (size: number): Promise<Answer> =>
        world.post(
          one,
          Array.from({ length: size }, (_, id) => ({ ...LIST, id, method: 'ping' })),
          { 'mcp-protocol-version': '2025-03-26' },
        );
      const left = [];
      for (const size of [10, 10, 10, 10, 10, 10, 10, 10, 10, 5]) left.push(budget(await batch(size))[1]);
      expect(left).toEqual([90, 80, 70, 60, 50, 40, 30, 20, 10, 5]);
      const tooMany = await batch(7);
      expect([tooMany.status, tooMany.body]).toEqual([429, LIMITED]);
      expect((await batch(2)).status).toBe(200);
    });

    it('is one per address for those who are nobody yet', async () => {
      const address = elsewhere();
      const asks = await Promise.all(
        Array.from({ length: 105 }, () =>
          world.send({ ...posted({ ...acme, token: 'x' }, LIST), headers: { ...address, authorization: 'Bearer x' } }),
        ),
      );
      expect(asks.filter(({ status }) => status === 401)).toHaveLength(100);
      expect(asks.filter(({ status, body }) => status === 429 && body === LIMITED)).toHaveLength(5);
      expect((await get('/api/mcp')).status).toBe(401);
    });
  });
});
