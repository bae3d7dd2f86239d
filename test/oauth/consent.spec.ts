import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { authorize, authorizeUrl, Client, connect, pkce, redeem, redirected, register, statusAt, toConsent } from '../support/oauth-flow';
import { createOrganization, createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('sign-in, picker and consent', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let user: TestUser;
  let client: Client;
  let origin: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: '127.0.0.1' });
    tenant = await createTenant(app.db, { name: 'Acme' });
    user = await createUser(app.db, 'member', tenant.orgId);
    origin = app.origin(tenant.slug);
    client = await register(origin, {
      client_name: 'Claude <script>',
      redirect_uris: ['https://client.test/cb', 'http://localhost/cb', 'cursor://x/cb'],
    });
  });
  afterAll(() => app.close());

  const { challenge, verifier } = pkce();
  const grants = async (): Promise<number> =>
    (await app.db.admin<{ n: number }>('select count(*)::int as n from platform.oauth_grant'))[0]!.n;
  const consent = (who: TestUser = user): Promise<{ browser: Browser; page: LoadedPage }> => toConsent(origin, who, client, challenge);
  const form = (page: LoadedPage): Record<string, string> => ({ ...page.forms[0]!.fields });
  const action = (): string => `${origin}/api/mcp/oauth/authorize`;

  it('CONS-1 asks again for every authorization, whatever was approved before', async () => {
    const { browser } = await connect(origin, user, { client });
    const page = await browser.get(authorizeUrl(origin, client, challenge));
    expect(page.html).toContain('value="approve"');
  });

  it('CONS-2 shows app, redirect host, organization, account and scopes in words', async () => {
    const { page } = await consent();
    for (const text of ['Claude &lt;script&gt;', 'client.test', `Acme (Tenant ${tenant.slug})`, user.email, 'Costs, pay and budgets'])
      expect(page.html).toContain(text);
    expect(page.html).not.toContain('runs on your own device');
    for (const redirectUri of ['http://localhost/cb', 'cursor://x/cb']) {
      const { page: local } = await toConsent(origin, user, { ...client, redirectUri }, challenge);
      expect(local.html).toContain('runs on your own device');
    }
  });

  it("CONS-3 refuses a form without its token, with another session's, from another origin, or sent again", async () => {
    const { browser, page } = await consent();
    const before = await grants();
    const other = await consent();
    for (const token of ['', 'x', form(other.page)['token']!])
      expect((await browser.post(action(), { ...form(page), token, decision: 'approve' })).status).toBe(403);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const cookie = `flowstate=${browser.cookie(new URL(origin).host, 'flowstate')}`;
      const body = new URLSearchParams({ ...form(page), decision: 'approve' });
      expect((await fetch(action(), { method: 'POST', body, redirect: 'manual', headers: { ...headers, cookie } })).status).toBe(403);
    }
    expect(await grants()).toBe(before);
    expect(redirected(await browser.submit(page, { decision: 'approve' }))).toHaveProperty('code');
    expect((await browser.submit(page, { decision: 'approve' })).status).toBe(403);
    expect(await grants()).toBe(before + 1);
  });

  it('CONS-4 goes on in the browser that started, and in no other', async () => {
    const started = await new Browser().get(authorizeUrl(origin, client, challenge));
    expect((await new Browser().submit(started, { email: user.email, password: user.password })).status).toBe(403);
    const { page } = await consent();
    const before = await grants();
    const sameUser = (await consent()).browser;
    const another = (await consent(await createUser(app.db, 'member', tenant.orgId))).browser;
    for (const other of [sameUser, another]) {
      expect((await other.submit(page, { decision: 'approve' })).status).toBe(403);
      expect((await other.get(`${action()}?txn=${form(page)['txn']}`)).status).toBe(403);
    }
    expect(await grants()).toBe(before);
    const stranger = new Browser();
    expect((await stranger.get(`${action()}?txn=${form(page)['txn']}`)).status).toBe(403);
  });

  it('CONS-5 allows nothing on its pages but its own styles', async () => {
    const { page } = await consent();
    const policy = page.headers.get('content-security-policy');
    expect(policy).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' https://client.test; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).not.toMatch(/<script|onclick|style=|javascript:/i);
  });

  it('CONS-6 shows nothing of the logo and the links that a client registers', async () => {
    const hostile = await register(origin, {
      client_name: '<img src=https://tracker.test/x>',
      redirect_uris: ['https://client.test/cb'],
      logo_uri: 'https://tracker.test/logo.png',
      client_uri: 'javascript:alert(1)',
      policy_uri: 'https://tracker.test/policy',
      tos_uri: 'http://tracker.test/terms',
      software_statement: 'https://tracker.test/statement',
    });
    const browser = new Browser();
    const asked = await browser.get(authorizeUrl(origin, hostile, challenge));
    const page = await browser.submit(asked, { email: user.email, password: user.password });
    expect(page.html).toContain('&lt;img src=https://tracker.test/x&gt;');
    for (const { html } of [asked, page]) {
      expect(html).not.toMatch(/<img|<iframe|<object|javascript:|logo\.png|\/policy|\/terms|\/statement/i);
      for (const [, target = ''] of html.matchAll(/(?:href|src|action)="([^"]*)"/g)) expect(target).toMatch(/^(?:\/|#)(?!\/)/);
    }
  });

  it('CONS-7 lets its form lead to the one redirect, by origin or by scheme', async () => {
    const { page: web } = await consent();
    expect(web.headers.get('content-security-policy')).toContain("form-action 'self' https://client.test;");
    const { page: local } = await toConsent(origin, user, { ...client, redirectUri: 'cursor://x/cb' }, challenge);
    expect(local.headers.get('content-security-policy')).toContain("form-action 'self' cursor:;");
  });

  it('CONS-8 leaves no grant behind when the user denies', async () => {
    const before = await grants();
    const { answer } = await authorize(origin, user, client, challenge, { decision: 'deny' });
    expect(answer).toMatchObject({ error: 'access_denied', iss: origin });
    expect(await grants()).toBe(before);
    const [event] = await app.db.admin("select outcome from platform.audit_event where kind = 'grant.denied' and user_id = $1", [user.id]);
    expect(event).toEqual({ outcome: 'refused' });
  });

  it("CONS-9 binds the connection to the picked organization, which has to be the user's own", async () => {
    const labs = `${tenant.orgId}_labs`;
    await createOrganization(app.db, tenant.id, labs, 'Labs');
    const other = await createTenant(app.db);
    const both = await createUser(app.db, 'viewer', tenant.orgId, labs, other.orgId);
    const { browser, page } = await toConsent(origin, both, client, challenge, { organization: labs });
    expect(page.html).toContain('Labs');
    for (const organization of [other.orgId, 'org_x', ''])
      expect((await browser.submit(page, { decision: 'approve', organization })).status).toBe(403);
    const code = redirected(await browser.submit(page, { decision: 'approve' }))['code']!;
    const tokens = (await (await redeem(origin, client, code, verifier)).json()) as { access_token: string };
    expect(await statusAt(origin, tokens.access_token)).toBe(200);
    await app.db.admin('delete from platform.membership where org_id = $1 and user_id = $2', [labs, both.id]);
    expect(await statusAt(origin, tokens.access_token)).toBe(401);
  });

  it('CONS-10 makes one code of two clicks', async () => {
    const { browser, page } = await consent();
    const before = await grants();
    const codes = async (): Promise<number> =>
      (await app.db.admin<{ n: number }>('select count(*)::int as n from platform.authorization_code'))[0]!.n;
    const codesBefore = await codes();
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.submit(page, { decision: 'approve' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403, 403, 403]);
    expect([await grants(), await codes()]).toEqual([before + 1, codesBefore + 1]);
  });

  it('offers nothing to someone who may not connect apps, and says so', async () => {
    const outsider = await createUser(app.db, 'member');
    const browser = new Browser();
    const page = await browser.submit(await browser.get(authorizeUrl(origin, client, challenge)), {
      email: outsider.email,
      password: outsider.password,
    });
    expect(page.status).toBe(403);
    expect(page.html).toContain('Nothing to connect');
    expect(redirected(await browser.submit(page, { decision: 'deny' }))['error']).toBe('access_denied');
  });

  it('needs connections.authorize, which a custom role may lack or hold', async () => {
    await app.db.admin(
      `insert into platform.role (org_id, name, permissions) values ($1, 'reader', '{people.read}'), ($1, 'linker', '{people.read,connections.authorize}')`,
      [tenant.orgId],
    );
    const [reader, linker] = [await createUser(app.db, 'reader', tenant.orgId), await createUser(app.db, 'linker', tenant.orgId)];
    await expect(connect(origin, reader, { client })).rejects.toThrow('Nothing to connect');
    expect((await connect(origin, linker, { client })).token_type).toBe('Bearer');
  });

  it('lets the user leave out areas, of everything or of what was asked', async () => {
    const wide = await connect(origin, user, { client, leaveOut: ['costs.read', 'scenarios.write'] });
    expect(wide.scope.split(' ')).toEqual(expect.arrayContaining(['openid', 'people.read', 'projects.read']));
    expect(wide.scope).not.toMatch(/costs\.read|scenarios\.write/);
    const narrow = await connect(origin, user, { client, scope: 'openid people.read teams.read', leaveOut: ['teams.read', 'everything'] });
    expect(narrow.scope).toBe('openid people.read');
  });

  it('lets the user change the account on the way', async () => {
    const { browser, page } = await consent();
    const signIn = await browser.submit(page, { decision: 'switch' });
    expect(signIn.html).toContain('type="password"');
    const second = await createUser(app.db, 'viewer', tenant.orgId);
    const again = await browser.submit(signIn, { email: second.email, password: second.password });
    expect(again.html).toContain(second.email);
  });
});
