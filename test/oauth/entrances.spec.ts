import { RateLimiter } from '../../src/rate-limit';
import { Database } from '../../src/database';
import { startApp, TestApp } from '../support/app';
import { Browser, fromElsewhere, LoadedPage } from '../support/browser';
import { authorize, authorizeUrl, Client, connect, pkce, redeem, refresh, register, statusAt, toConsent } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

const MINUTE = 60_000;

describe('every entrance', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let client: Client;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    client = await register(origin);
  });
  afterAll(() => app.close());

  const { challenge, verifier } = pkce();
  const person = (): Promise<TestUser> => createUser(app.db, 'member', tenant.orgId);
  const isSignIn = (page: LoadedPage): boolean => page.html.includes('type="password"');
  const setStatus = (user: TestUser, status: string): Promise<unknown> =>
    app.db.admin('update platform.app_user set status = $2 where id = $1', [user.id, status]);

  /** The places that take a password, each with what a right one leads to. */
  const toAuthorize = async (email: string, password: string, browser = new Browser()): Promise<LoadedPage> =>
    browser.submit(await browser.get(authorizeUrl(origin, client, challenge)), { email, password });
  const toSettings = async (email: string, password: string, browser = new Browser()): Promise<LoadedPage> =>
    browser.submit(await browser.get(`${origin}/sign-in`), { email, password }, 'password');
  /** Settings asks again for the password of a session that is older than ten minutes, before it revokes. */
  const toRevoke = async (user: TestUser): Promise<(password: string) => Promise<LoadedPage>> => {
    await connect(origin, user, { client });
    const browser = new Browser();
    const list = await toSettings(user.email, user.password, browser);
    await app.db.admin(
      "update platform.browser_session set authenticated_at = authenticated_at - interval '11 minutes' where user_id = $1",
      [user.id],
    );
    const revoke = list.forms.find(({ action }) => action.endsWith('/revoke'))!;
    const asked = await browser.post(origin + revoke.action, revoke.fields);
    return (password) => browser.submit(asked, { password }, 'password');
  };

  it('LOGIN-5 stops a disabled account at sign-in, consent, code, refresh, settings and MCP', async () => {
    const leaver = await person();
    const connection = await connect(origin, leaver, { client });
    const { answer } = await authorize(origin, leaver, client, challenge);
    const { browser, page } = await toConsent(origin, leaver, client, challenge);
    await setStatus(leaver, 'disabled');
    expect(await statusAt(origin, connection.access_token)).toBe(401);
    for (const response of [
      await refresh(origin, client, connection.refresh_token),
      await redeem(origin, client, answer['code']!, verifier),
    ])
      expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, 'invalid_grant']);
    expect((await browser.submit(page, { decision: 'approve' })).status).toBe(403);
    expect(isSignIn(await connection.browser.get(authorizeUrl(origin, client, challenge)))).toBe(true);
    expect((await connection.browser.get(`${origin}/settings/api-keys`)).url).toBe(`${origin}/sign-in`);
    expect((await toAuthorize(leaver.email, leaver.password)).status).toBe(401);
    expect((await toSettings(leaver.email, leaver.password)).status).toBe(401);
    await setStatus(leaver, 'active');
    expect((await refresh(origin, client, connection.refresh_token)).status).toBe(200);
  });

  it('LOGIN-5 stops a locked account wherever a password is asked for, whichever place it was locked at', async () => {
    for (const lockAt of ['authorize', 'settings', 'revoke']) {
      const victim = await person();
      const revoke = await toRevoke(victim);
      const guess = { authorize: toAuthorize, settings: toSettings, revoke: (_: string, password: string) => revoke(password) }[lockAt]!;
      for (let count = 0; count < 10; count += 1) expect((await guess(victim.email, `guess ${count}`)).status).toBe(401);
      for (const answer of [
        await toAuthorize(victim.email, victim.password),
        await toSettings(victim.email, victim.password),
        await revoke(victim.password),
      ]) {
        expect([lockAt, answer.status]).toEqual([lockAt, 429]);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
  });

  it('LOGIN-2 starts counting anew for an account that signed in', async () => {
    const forgetful = await person();
    for (const password of [forgetful.password, 'still wrong']) {
      for (let count = 0; count < 9; count += 1) expect((await toAuthorize(forgetful.email, `guess ${count}`)).status).toBe(401);
      expect((await toAuthorize(forgetful.email, password)).status).toBe(password === 'still wrong' ? 401 : 200);
    }
    expect((await toAuthorize(forgetful.email, forgetful.password)).status).toBe(429);
  });

  it('LOGIN-9 leads where it always leads, whatever return address comes along', async () => {
    const user = await person();
    for (const to of [
      '//evil.test',
      '/\\evil.test',
      'https:evil.test',
      'https://evil.test/',
      '%0d%0aLocation:%20//evil.test',
      'javascript:alert(1)',
    ])
      for (const name of ['return_to', 'next', 'redirect']) {
        const browser = new Browser();
        const page = await browser.get(`${origin}/sign-in?${name}=${to}`);
        expect(page.html).not.toContain('evil.test');
        const fields = { ...page.forms[0]!.fields, email: user.email, password: user.password, [name]: decodeURIComponent(to) };
        const done = await browser.post(`${origin}/sign-in?${name}=${to}`, fields);
        expect([done.status, done.url]).toEqual([200, `${origin}/settings/api-keys`]);
      }
    const page = await new Browser().get(`${authorizeUrl(origin, client, challenge)}&return_to=//evil.test`);
    expect(page.html).not.toContain('evil.test');
  });

  describe('has a limit of its own', () => {
    const spend = async (key: string, limit: number, from: Record<string, string>): Promise<void> => {
      const { remaining } = await app.app.get(RateLimiter).hit(`${key}:${from['x-forwarded-for']}`, limit, MINUTE, limit);
      expect(remaining).toBe(0);
    };
    const withinLimits = (headers: Headers): unknown[] => [
      headers.get('x-ratelimit-limit'),
      /^\d+$/.test(headers.get('x-ratelimit-remaining') ?? ''),
      Number(headers.get('retry-after')) > 0,
    ];
    const endpoints: [string, string, number, (headers: Record<string, string>) => Promise<Response>][] = [
      [
        'the token endpoint, per address',
        'token',
        20_000,
        (headers) => fetch(`${origin}/api/mcp/oauth/token`, { method: 'POST', headers, body: new URLSearchParams({ grant_type: 'x' }) }),
      ],
      ['registration', 'register', 20, (headers) => fetch(`${origin}/api/mcp/oauth/register`, { method: 'POST', headers, body: '{}' })],
      ['the authorization page', 'authorize', 240, (headers) => fetch(authorizeUrl(origin, client, challenge), { headers })],
    ];
    it.each(endpoints)('RL-9 %s, and says when to come back', async (_, key, limit, ask) => {
      const from = fromElsewhere();
      await spend(key, limit, from);
      const refused = await ask(from);
      expect([refused.status, ...withinLimits(refused.headers)]).toEqual([429, '100', true, true]);
      expect((await ask(fromElsewhere())).status).not.toBe(429);
    });

    it('RL-9 the token endpoint, per client', async () => {
      const busy = await register(origin);
      await app.app.get(RateLimiter).hit(`token:${busy.id}`, 600, MINUTE, 600);
      const refused = await refresh(origin, busy, 'fsr_x');
      expect([refused.status, ...withinLimits(refused.headers)]).toEqual([429, '100', true, true]);
      expect((await refresh(origin, client, 'fsr_x')).status).toBe(400);
    });

    it('RL-8 RL-9 sign-in, before it costs a statement or a password hash', async () => {
      const from = fromElsewhere();
      const browser = new Browser(from);
      const page = await browser.get(`${origin}/sign-in`);
      await spend('sign-in', 240, from);
      const statements = jest.spyOn(app.app.get(Database), 'app');
      const refused = await browser.submit(page, { email: 'a@example.test', password: 'x' }, 'password');
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0, statements.mock.calls]).toEqual([429, true, []]);
      statements.mockRestore();
      expect(refused.html).toContain('Too many requests');
    });
  });

  it('RL-8 counts floods by nobody per address, and runs for them the statement of the gates and that of the audit trail alone', async () => {
    const headers = { ...fromElsewhere(), authorization: 'Bearer made-up', 'content-type': 'application/json' };
    const database = app.app.get(Database);
    const spies = (['app', 'call', 'gate', 'audit'] as const).map((name) => jest.spyOn(database, name));
    const statuses: number[] = [];
    for (let count = 0; count < 105; count += 1) {
      const { status } = await fetch(`${origin}/api/mcp`, { method: 'POST', headers, body: '{}' });
      statuses.push(status);
    }
    expect([statuses.filter((status) => status === 401).length, statuses.slice(100)]).toEqual([100, Array(5).fill(429)]);
    expect(spies.map(({ mock }) => mock.calls.length)).toEqual([0, 0, 105, 105]);
    jest.restoreAllMocks();
  });
});
