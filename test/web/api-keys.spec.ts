import { Database } from '../../src/database';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { connect, decodeJwt, refresh, register, statusAt, Tokens } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('web pages', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let user: TestUser;
  let origin: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: '127.0.0.1' });
    tenant = await createTenant(app.db, { name: 'Acme' });
    user = await createUser(app.db, 'member', tenant.orgId);
    origin = app.origin(tenant.slug);
  });
  afterAll(() => app.close());

  const grantOf = (tokens: Tokens): string => String(decodeJwt(tokens.access_token).claims['gid']);
  const signedIn = async (who = user, at = origin): Promise<{ browser: Browser; page: LoadedPage }> => {
    const browser = new Browser();
    const page = await browser.submit(await browser.get(`${at}/sign-in`), { email: who.email, password: who.password }, 'password');
    expect(page.url).toBe(`${at}/settings/api-keys`);
    return { browser, page };
  };
  const revokeForm = (page: LoadedPage, id: string): { url: string; fields: Record<string, string> } => {
    const form = page.forms.find(({ action }) => action.includes('/revoke'));
    return { url: `${origin}/settings/api-keys/${id}/revoke`, fields: { token: form?.fields['token'] ?? '' } };
  };

  it("CONS-11 lists a user's connections with app, organization, times and address", async () => {
    const client = await register(origin, { client_name: '<b>Claude</b>' });
    await connect(origin, user, { client });
    const { page } = await signedIn();
    for (const text of ['&lt;b&gt;Claude&lt;/b&gt;', 'Acme', '127.0.0.1', 'UTC', 'Everything you may do'])
      expect(page.html).toContain(text);
    expect(page.html).not.toContain('<b>Claude');
  });

  it('CONS-11 revokes at once, at refresh and at MCP', async () => {
    const tokens = await connect(origin, user);
    const { browser, page } = await signedIn();
    const { url, fields } = revokeForm(page, grantOf(tokens));
    expect((await browser.post(url, { ...fields, token: 'x' })).status).toBe(403);
    expect(await statusAt(origin, tokens.access_token)).toBe(200);
    const done = await browser.post(url, fields);
    expect(done.html).toContain('was revoked');
    expect(await statusAt(origin, tokens.access_token)).toBe(401);
    expect((await refresh(origin, tokens.client, tokens.refresh_token)).status).toBe(400);
  });

  it('CONS-11 asks for the password when the last one is more than ten minutes ago', async () => {
    const tokens = await connect(origin, user);
    const { browser, page } = await signedIn();
    await app.db.admin("update platform.browser_session set authenticated_at = authenticated_at - interval '11 minutes'");
    const { url, fields } = revokeForm(page, grantOf(tokens));
    const asked = await browser.post(url, fields);
    expect(asked.html).toContain('Confirm that it is you');
    expect(await statusAt(origin, tokens.access_token)).toBe(200);
    expect((await browser.submit(asked, { password: 'wrong' }, 'password')).status).toBe(401);
    expect((await browser.submit(asked, { password: user.password }, 'password')).html).toContain('was revoked');
    expect(await statusAt(origin, tokens.access_token)).toBe(401);
  });

  it("CONS-12 answers for another user's connection as for one that does not exist", async () => {
    const foreign = await connect(origin, await createUser(app.db, 'member', tenant.orgId));
    const elsewhere = await createTenant(app.db);
    await app.db.admin("insert into platform.membership (org_id, user_id, role) values ($1, $2, 'member')", [elsewhere.orgId, user.id]);
    const own = await connect(app.origin(elsewhere.slug), user);
    await connect(origin, user);
    const { browser, page } = await signedIn();
    const answers = await Promise.all(
      ['gnt_aaaaaaaaaaaa', grantOf(foreign), grantOf(own)].map((id) => browser.post(revokeForm(page, id).url, revokeForm(page, id).fields)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map(({ html }) => html)).size).toBe(1);
    expect(await statusAt(origin, foreign.access_token)).toBe(200);
    // The same statements for each: how long an answer takes tells nothing either.
    const statements = jest.spyOn(app.app.get(Database), 'app');
    const counts: number[] = [];
    for (const id of ['gnt_aaaaaaaaaaaa', grantOf(foreign), grantOf(own)]) {
      const before = statements.mock.calls.length;
      await browser.post(revokeForm(page, id).url, revokeForm(page, id).fields);
      counts.push(statements.mock.calls.length - before);
    }
    statements.mockRestore();
    expect(new Set(counts).size).toBe(1);
  });

  it("TEN-4 answers for a connection to another tenant, on the other tenant's host, as for one that does not exist", async () => {
    const other = await createTenant(app.db);
    await app.db.admin("insert into platform.membership (org_id, user_id, role) values ($1, $2, 'member')", [other.orgId, user.id]);
    const there = app.origin(other.slug);
    await connect(there, user);
    const here = await connect(origin, user);
    const { browser, page } = await signedIn(user, there);
    const { fields } = revokeForm(page, '');
    const [foreign, random] = await Promise.all(
      [grantOf(here), 'gnt_aaaaaaaaaaaa'].map((id) => browser.post(`${there}/settings/api-keys/${id}/revoke`, fields)),
    );
    expect([foreign!.status, foreign!.html]).toEqual([404, random!.html]);
    expect(page.html).not.toContain(grantOf(here));
    expect(await statusAt(origin, here.access_token)).toBe(200);
  });

  it('shows connections to every tenant on the bare host', async () => {
    const bare = app.origin();
    const second = await createTenant(app.db, { name: 'Second Org' });
    const wanderer = await createUser(app.db, 'member', tenant.orgId, second.orgId);
    await connect(origin, wanderer, { client: await register(origin, { client_name: 'From acme' }) });
    await connect(bare, wanderer, { client: await register(bare, { client_name: 'From bare' }), organization: second.orgId });
    const { page } = await signedIn(wanderer, bare);
    for (const text of ['From acme', 'From bare', 'Second Org']) expect(page.html).toContain(text);
    const { page: atTenant } = await signedIn(wanderer);
    expect(atTenant.html).toContain('From acme');
    expect(atTenant.html).not.toContain('From bare');
  });

  it('refuses a sign-in form that is not its own', async () => {
    const page = await new Browser().get(`${origin}/sign-in`);
    expect((await new Browser().submit(page, { email: user.email, password: user.password })).status).toBe(403);
  });

  it('CONS-13 has labelled fields, one heading, landmarks and a language on every page', async () => {
    const { browser } = await signedIn();
    const pages = [
      await new Browser().get(`${origin}/`),
      await new Browser().get(`${origin}/sign-in`),
      await browser.get(`${origin}/settings/api-keys`),
      await browser.get(`${origin}/`),
    ];
    for (const { html, headers } of pages) {
      expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
      expect(html).toMatch(/<html lang="en">/);
      expect(html).toMatch(/<main id="main">/);
      expect(html).toMatch(/<title>[^<]+ · Flowstate<\/title>/);
      for (const [, id] of html.matchAll(/<input\s[^>]*?id="(field-[^"]+)"/g)) expect(html).toContain(`<label for="${id}">`);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|style=/);
    }
    const failed = await new Browser().get(`${origin}/sign-in`).then((page) => page.html);
    expect(failed).toMatch(/autofocus/);
  });

  it('tells how to connect, or that the organization has not switched MCP on', async () => {
    expect((await new Browser().get(`${origin}/`)).html).toContain(`${origin}/api/mcp`);
    const closed = await createTenant(app.db, { mcp: false });
    expect((await new Browser().get(`${app.origin(closed.slug)}/`)).html).toContain('not enabled');
    const small = await createTenant(app.db, { plan: 'team' });
    expect((await new Browser().get(`${app.origin(small.slug)}/`)).html).toContain('plan of this organization does not include MCP');
    expect((await new Browser().get(`${app.origin()}/`)).html).toContain(`${app.origin()}/api/mcp`);
  });

  it('serves its stylesheets for ever, and only those', async () => {
    const { html } = await new Browser().get(`${origin}/`);
    for (const [, path] of html.matchAll(/href="(\/assets\/[^"]+)"/g)) {
      const response = await fetch(origin + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
    }
    for (const path of ['/assets/0/pico.css', '/assets/0/..%2f..%2fpackage.json']) expect((await fetch(origin + path)).status).toBe(404);
  });
});
