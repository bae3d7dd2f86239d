import { HousekeepingService } from '../../src/oauth';
import { RateLimiter } from '../../src/rate-limit';
import { startApp, TestApp } from '../support/app';
import { fromElsewhere } from '../support/browser';
import { authorizeUrl, Client, connect, pkce, postJson, REDIRECT, redeem, register, revoke } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant } from '../support/people';

const LISTED = 'https://inspector.example';
const HOUR = 3_600_000;

describe('registered clients', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let origin: string;
  let endpoint: string;
  beforeAll(async () => {
    app = await startApp({ MCP_ALLOWED_ORIGINS: LISTED });
    tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    endpoint = `${origin}/api/mcp/oauth/register`;
  });
  afterAll(() => app.close());

  const stored = (id: string): Promise<object[]> => app.db.admin('select c::text from platform.oauth_client c where id = $1', [id]);
  const send = (headers: Record<string, string>, at = endpoint): Promise<Response> => postJson(at, { redirect_uris: [REDIRECT] }, headers);

  it('DCR-9 cannot be read, changed or deleted, whoever asks, and are told no address for it', async () => {
    const reply = (await (await send(fromElsewhere())).json()) as Record<string, string>;
    for (const member of ['registration_client_uri', 'registration_access_token']) expect(reply).not.toHaveProperty(member);
    const before = await stored(reply['client_id']!);
    for (const path of [endpoint, `${endpoint}/${reply['client_id']}`, `${endpoint}?client_id=${reply['client_id']}`])
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const body =
          method === 'PUT' || method === 'PATCH' ? JSON.stringify({ ...reply, redirect_uris: ['https://evil.test/'] }) : undefined;
        const headers = { authorization: `Bearer ${reply['client_secret']}`, ...(body && { 'content-type': 'application/json' }) };
        const response = await fetch(path, { method, headers, ...(body && { body }) });
        expect([method, path, response.status, await response.text()]).toEqual([method, path, 404, expect.not.stringContaining(REDIRECT)]);
      }
    expect(await stored(reply['client_id']!)).toEqual(before);
  });

  it('DCR-10 are limited to 20 a minute from one address', async () => {
    const from = fromElsewhere();
    for (let at = 0; at < 20; at++) expect((await send(from)).status).toBe(201);
    const response = await send(from);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(fromElsewhere())).status).toBe(201);
  });

  it('DCR-10 are limited to 200 an hour for one tenant, wherever they come from', async () => {
    const [full, other] = [await createTenant(app.db), await createTenant(app.db)];
    const at = `${app.origin(full.slug)}/api/mcp/oauth/register`;
    for (let count = 0; count < 3; count++) expect((await send(fromElsewhere(), at)).status).toBe(201);
    const budget = await app.app.get(RateLimiter).hit(`register:${full.id}`, 200, HOUR, 197);
    expect(budget).toMatchObject({ allowed: true, remaining: 0 });
    const response = await send(fromElsewhere(), at);
    expect([response.status, await response.json()]).toEqual([429, { error: 'slow_down', error_description: expect.any(String) }]);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect((await send(fromElsewhere(), `${app.origin(other.slug)}/api/mcp/oauth/register`)).status).toBe(201);
  });

  it('DCR-10 are forgotten when nobody connected them for 90 days, and kept while somebody is connected', async () => {
    const user = await createUser(app.db, 'member', tenant.orgId);
    const [unused, used, recent] = [await register(origin), await register(origin), await register(origin)];
    await connect(origin, user, { client: used });
    await app.db.admin(
      "update platform.oauth_client set created_at = created_at - interval '91 days', last_used_at = last_used_at - interval '91 days' where id = any($1)",
      [[unused.id, used.id]],
    );
    await app.app.get(HousekeepingService, { strict: false }).run();
    const left = await app.db.admin<{ id: string }>('select id from platform.oauth_client where id = any($1)', [
      [unused.id, used.id, recent.id],
    ]);
    expect(left.map(({ id }) => id).sort()).toEqual([used.id, recent.id].sort());
  });

  it('DCR-13 are unknown at every other host, at each endpoint, as ids that never were', async () => {
    const client = await register(origin);
    const never: Client = { ...client, id: 'mcp_00000000000000000000000000000000' };
    const { challenge, verifier } = pkce();
    for (const elsewhere of [app.origin((await createTenant(app.db)).slug), app.origin()]) {
      const answers = async (one: Client): Promise<unknown[]> => {
        const asked = [
          await redeem(elsewhere, one, 'fsc_x', verifier),
          await revoke(elsewhere, one, 'fsr_x'),
          await fetch(authorizeUrl(elsewhere, one, challenge), { redirect: 'manual' }),
        ];
        return Promise.all(asked.map(async (answer) => [answer.status, answer.headers.get('location'), await answer.text()]));
      };
      const foreign = await answers(client);
      expect(foreign).toEqual(await answers(never));
      expect(foreign[0]).toEqual([401, null, expect.stringContaining('"invalid_client"')]);
      expect(foreign[2]).toEqual([400, null, expect.not.stringContaining(client.id)]);
    }
  });

  it('DCR-14 come from browsers of listed origins only, and nothing is sent with cookies', async () => {
    const count = async (): Promise<unknown> => (await app.db.admin('select count(*) as n from platform.oauth_client'))[0];
    const before = await count();
    const preflight = (origin: string) =>
      fetch(endpoint, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', ...fromElsewhere() } });
    for (const origin of ['https://evil.example', 'null', `${LISTED}.evil.example`])
      for (const answer of [await send({ origin, ...fromElsewhere() }), await preflight(origin)]) {
        expect([origin, answer.status]).toEqual([origin, 403]);
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    expect(await count()).toEqual(before);
    for (const [answer, status] of [
      [await send({ origin: LISTED, ...fromElsewhere() }), 201],
      [await preflight(LISTED), 204],
    ] as const) {
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, LISTED]);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});
