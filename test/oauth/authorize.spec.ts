import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { authorize, authorizeUrl, Client, connect, decodeJwt, pkce, redirected, register, Wishes } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('authorization endpoint (RFC 6749, RFC 7636, RFC 8707, RFC 9207)', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let user: TestUser;
  let client: Client;
  let origin: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: '127.0.0.1' });
    tenant = await createTenant(app.db);
    user = await createUser(app.db, 'member', tenant.orgId);
    origin = app.origin(tenant.slug);
    client = await register(origin, { redirect_uris: ['https://client.test/cb?app=1', 'http://localhost:5000/cb'] });
  });
  afterAll(() => app.close());

  const { challenge } = pkce();
  const open = (wishes: Wishes = {}): Promise<LoadedPage> => new Browser().get(authorizeUrl(origin, client, challenge, wishes));
  const with_ = (parameters: Record<string, string>): Promise<LoadedPage> => open({ parameters });
  const pageOnly = (page: LoadedPage): void => {
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
    expect(page.html).not.toContain('href="https://evil');
  };
  const errorOf = (page: LoadedPage): Readonly<Record<string, string>> => {
    expect(page.status).toBe(303);
    const answer = redirected(page);
    expect(answer).toMatchObject({ iss: origin, state: 'a state' });
    return answer;
  };

  it('AUTHZ-1 shows a page, and redirects nowhere, for an unknown client or redirect URI', async () => {
    pageOnly(await with_({ client_id: 'mcp_00000000000000000000000000000000' }));
    pageOnly(await with_({ client_id: "' or 1=1 --" }));
    pageOnly(await with_({ redirect_uri: 'https://evil.test/cb' }));
    pageOnly(await with_({ redirect_uri: '' }));
  });

  it('AUTHZ-2 reports nothing to an unchecked redirect URI, whatever else is wrong', async () => {
    pageOnly(await with_({ redirect_uri: 'https://evil.test/cb', response_type: 'token', scope: 'nonsense' }));
  });

  it('AUTHZ-3 compares redirect URIs as strings', async () => {
    for (const uri of [
      'https://client.test/cb',
      'https://client.test/cb?app=1&x=2',
      'https://CLIENT.test/cb?app=1',
      'https://client.test:443/cb?app=1',
      'https://client.test/cb?app=%31',
    ])
      pageOnly(await with_({ redirect_uri: uri }));
  });

  it('AUTHZ-4 lets a loopback client choose its port', async () => {
    expect((await with_({ redirect_uri: 'http://localhost:61234/cb' })).status).toBe(200);
    pageOnly(await with_({ redirect_uri: 'http://127.0.0.1:5000/cb' }));
  });

  it('AUTHZ-5 refuses a repeated parameter', async () => {
    const url = authorizeUrl(origin, client, challenge);
    pageOnly(await new Browser().get(`${url}&client_id=${client.id}`));
    pageOnly(await new Browser().get(`${url}&redirect_uri=https%3A%2F%2Fevil.test`));
    expect(errorOf(await new Browser().get(`${url}&scope=openid&scope=profile`))['error']).toBe('invalid_request');
  });

  it('AUTHZ-6 insists on PKCE with S256', async () => {
    const wrong: Record<string, string>[] = [
      { code_challenge: '' },
      { code_challenge_method: '' },
      { code_challenge_method: 'plain' },
      { code_challenge: 'short' },
      { code_challenge: `${challenge}=` },
    ];
    for (const parameters of wrong) expect(errorOf(await with_(parameters))['error']).toBe('invalid_request');
  });

  it('AUTHZ-7 knows response_type=code and response_mode=query', async () => {
    for (const type of ['token', 'id_token', 'none', 'code id_token'])
      expect(errorOf(await with_({ response_type: type }))['error']).toBe('unsupported_response_type');
    expect(errorOf(await with_({ response_mode: 'fragment' }))['error']).toBe('invalid_request');
  });

  it('AUTHZ-8 drops unknown scopes, and says what was granted', async () => {
    expect((await connect(origin, user, { scope: 'openid profile people.read nonsense' })).scope).toBe('openid profile people.read');
    expect(errorOf(await with_({ scope: 'nonsense' }))['error']).toBe('invalid_scope');
  });

  it('AUTHZ-9 gives every name of our resource the one audience, and no other a token', async () => {
    for (const resource of [
      origin,
      `${origin}/`,
      `${origin}/api/mcp`,
      `${origin}/api/mcp/`,
      `${origin}/api/mcp/protocol`,
      `${origin}/mcp`,
    ]) {
      expect(decodeJwt((await connect(origin, user, { resource })).access_token).claims['aud']).toBe(`${origin}/api/mcp`);
    }
    for (const resource of [
      'https://other.test/api/mcp',
      app.origin(),
      `${origin}/api/mcp#x`,
      `${origin}/api/mcp?x`,
      `${origin}/other`,
      'api/mcp',
    ])
      expect(errorOf(await open({ resource }))['error']).toBe('invalid_target');
  });

  it('AUTHZ-10 neither skips consent nor fetches anything', async () => {
    expect(errorOf(await with_({ prompt: 'none' }))['error']).toBe('login_required');
    const { browser } = await connect(origin, user);
    expect(errorOf(await browser.get(authorizeUrl(origin, client, challenge, { parameters: { prompt: 'none' } })))['error']).toBe(
      'consent_required',
    );
    expect(errorOf(await with_({ request_uri: 'http://127.0.0.1:1/x' }))['error']).toBe('request_uri_not_supported');
    expect(errorOf(await with_({ request: 'x' }))['error']).toBe('request_not_supported');
  });

  it('AUTHZ-11 AUTHZ-12 redirects back by 303 with code, state and iss, leaving no trace', async () => {
    const { browser, page } = await consent();
    const decided = await browser.submit(page, { decision: 'approve' });
    expect(decided.status).toBe(303);
    expect(decided.headers.get('referrer-policy')).toBe('no-referrer');
    expect(decided.headers.get('cache-control')).toBe('no-store');
    expect(decided.headers.get('location')).toMatch(/^https:\/\/client\.test\/cb\?app=1&code=/);
    expect(redirected(decided)).toMatchObject({ code: expect.any(String), state: 'a state', iss: origin });
  });

  it('AUTHZ-13 returns the state byte for byte', async () => {
    for (const state of ['x'.repeat(4_096), 'a\r\nSet-Cookie: b=c', 'größe 漢字 🙂 &=?#"<>%25']) {
      const { answer } = await authorize(origin, user, client, challenge, { state, decision: 'deny' });
      expect(answer).toMatchObject({ error: 'access_denied', state });
    }
  });

  it('AUTHZ-14 stops at every step while the toggle is off', async () => {
    const { browser, page } = await consent();
    await app.db.admin(`update platform.tenant set features = '{"mcp_external_access": false}' where id = $1`, [tenant.id]);
    try {
      expect((await open()).status).toBe(403);
      expect((await browser.submit(page, { decision: 'approve' })).status).toBe(403);
    } finally {
      await app.db.admin(`update platform.tenant set features = '{"mcp_external_access": true}' where id = $1`, [tenant.id]);
    }
  });

  it('takes the request as a form, too', async () => {
    const url = new URL(authorizeUrl(origin, client, challenge));
    const page = await new Browser().post(`${url.origin}${url.pathname}`, Object.fromEntries(url.searchParams));
    expect(page.html).toContain('Sign in');
  });

  async function consent(): Promise<{ browser: Browser; page: LoadedPage }> {
    const browser = new Browser();
    const asked = await browser.get(authorizeUrl(origin, client, challenge));
    return { browser, page: await browser.submit(asked, { email: user.email, password: user.password }) };
  }
});
