import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import {
  authorize,
  authorizeUrl,
  Client,
  connect,
  decodeJwt,
  pkce,
  redeem,
  redirected,
  register,
  toConsent,
  Wishes,
} from '../support/oauth-flow';
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
    expect(page.html).not.toContain('evil.test');
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

  /** Everything that can be wrong with a request besides client and redirect URI, and what its client hears of it. */
  const FAULTS: [string, Record<string, string>][] = [
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { response_type: '' }],
    ['invalid_request', { response_mode: 'form_post' }],
    ['invalid_request', { code_challenge: '' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_scope', { scope: 'nonsense' }],
    ['invalid_scope', { scope: 'a  b' }],
    ['invalid_target', { resource: 'https://other.test/' }],
    ['request_not_supported', { request: 'x' }],
    ['request_uri_not_supported', { request_uri: 'https://evil.test/x' }],
    ['registration_not_supported', { registration: '{}' }],
    ['login_required', { prompt: 'none' }],
  ];
  it.each(FAULTS)(
    'AUTHZ-2 tells the client of %s by redirect, and nobody of it where the redirect URI is not its own',
    async (error, wrong) => {
      expect(errorOf(await with_(wrong))['error']).toBe(error);
      pageOnly(await with_({ ...wrong, redirect_uri: 'https://evil.test/cb' }));
      pageOnly(await with_({ ...wrong, client_id: 'mcp_00000000000000000000000000000000' }));
    },
  );

  it('AUTHZ-3 compares redirect URIs as strings', async () => {
    for (const uri of [
      'https://client.test/cb',
      'https://client.test/cb?app=1&x=2',
      'https://CLIENT.test/cb?app=1',
      'https://client.test:443/cb?app=1',
      'https://client.test/cb?app=%31',
      'https://client.test/cb/?app=1',
      'https://client.test/cb/more?app=1',
      'https://client.test/cb?app=1#',
      'https://client.test/c%62?app=1',
      'http://client.test/cb?app=1',
    ])
      pageOnly(await with_({ redirect_uri: uri }));
  });

  it('AUTHZ-4 lets a loopback client choose its port', async () => {
    const { challenge: own } = pkce();
    const registered = await register(origin, {
      redirect_uris: ['http://127.0.0.1/cb?x=1&y=2', 'http://[::1]:5000/cb', 'http://localhost:5000/cb'],
    });
    const status = async (redirectUri: string): Promise<number> =>
      (await new Browser().get(authorizeUrl(origin, { ...registered, redirectUri }, own))).status;
    for (const uri of ['http://127.0.0.1:61234/cb?x=1&y=2', 'http://[::1]/cb', 'http://localhost:1/cb', 'http://localhost/cb'])
      expect([uri, await status(uri)]).toEqual([uri, 200]);
    for (const uri of [
      'http://localhost:61234/cb?x=1&y=2',
      'http://127.0.0.1:61234/cb?y=2&x=1',
      'http://127.0.0.1:61234/cb',
      'http://127.0.0.1:5000/cb2?x=1&y=2',
      'https://localhost:5000/cb',
      'http://127.0.0.1:5000/cb',
      'http://localhost:80@evil.test/cb',
    ])
      expect([uri, await status(uri)]).toEqual([uri, 400]);
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
      { code_challenge: challenge.slice(1) },
      { code_challenge: `${challenge.slice(1)}+` },
      { code_challenge: `${challenge}a` },
      { code_challenge_method: 's256' },
    ];
    for (const parameters of wrong) expect(errorOf(await with_(parameters))['error']).toBe('invalid_request');
  });

  it('AUTHZ-7 knows response_type=code and response_mode=query', async () => {
    for (const type of ['token', 'id_token', 'none', 'code id_token'])
      expect(errorOf(await with_({ response_type: type }))['error']).toBe('unsupported_response_type');
    for (const mode of ['fragment', 'form_post', 'query.jwt'])
      expect(errorOf(await with_({ response_mode: mode }))['error']).toBe('invalid_request');
    expect((await with_({ response_mode: 'query' })).status).toBe(200);
  });

  it('AUTHZ-8 drops unknown scopes, and says what was granted', async () => {
    expect((await connect(origin, user)).scope).toBe('openid profile');
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
      `${origin}/api/mcp/x/people/readonly`,
    ]) {
      expect(decodeJwt((await connect(origin, user, { resource })).access_token).claims['aud']).toBe(`${origin}/api/mcp`);
    }
    for (const resource of [
      'https://other.test/api/mcp',
      app.origin(),
      `${app.origin((await createTenant(app.db)).slug)}/api/mcp`,
      `${origin}/api/mcp#x`,
      `${origin}/api/mcp?x`,
      `${origin}/other`,
      `${origin}/api/mcp/x/everything`,
      'api/mcp',
    ])
      expect(errorOf(await open({ resource }))['error']).toBe('invalid_target');
  });

  it('AUTHZ-10 neither skips consent nor fetches anything', async () => {
    const asked: string[] = [];
    const listener = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const trap = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/request.jwt`;
    const { browser } = await connect(origin, user);
    const signedIn = async (parameters: Record<string, string>): Promise<LoadedPage> =>
      browser.get(authorizeUrl(origin, client, challenge, { parameters }));
    expect(errorOf(await with_({ prompt: 'none' }))['error']).toBe('login_required');
    expect(errorOf(await signedIn({ prompt: 'none' }))['error']).toBe('consent_required');
    expect(errorOf(await signedIn({ prompt: 'none login' }))['error']).toBe('consent_required');
    for (const name of ['request_uri', 'request', 'registration'])
      for (const page of [await with_({ [name]: trap }), await signedIn({ [name]: trap })])
        expect(errorOf(page)['error']).toBe(`${name}_not_supported`);
    const wishes: Record<string, string>[] = [
      { approval_prompt: 'auto' },
      { skip_consent: 'true' },
      { consent: 'granted' },
      { prompt: 'login' },
    ];
    for (const parameters of wishes) expect((await signedIn(parameters)).html).toContain('value="approve"');
    await new Promise((resolve) => listener.close(resolve));
    expect(asked).toEqual([]);
  });

  it('AUTHZ-11 names the issuer beside code and state, and beside every error', async () => {
    const { browser, page } = await consent();
    const decided = await browser.submit(page, { decision: 'approve' });
    expect(decided.headers.get('location')).toMatch(/^https:\/\/client\.test\/cb\?app=1&code=/);
    expect(redirected(decided)).toMatchObject({ code: expect.any(String), state: 'a state', iss: origin });
    const { answer } = await authorize(origin, user, client, challenge, { decision: 'deny' });
    expect(answer).toMatchObject({ error: 'access_denied', state: 'a state', iss: origin });
  });

  it('AUTHZ-12 redirects after every form by 303, leaving neither referrer nor cache', async () => {
    const started = new Browser();
    const asked = await started.get(authorizeUrl(origin, client, challenge));
    const form = asked.forms[0]!;
    const signIn = await fetch(new URL(form.action, origin), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `flowstate-form=${started.cookie(new URL(origin).host, 'flowstate-form')}` },
      body: new URLSearchParams({ ...form.fields, email: user.email, password: user.password }),
    });
    const answers = [{ status: signIn.status, headers: signIn.headers }];
    for (const decision of ['approve', 'deny']) {
      const { browser, page } = await consent();
      answers.push(await browser.submit(page, { decision }));
    }
    for (const { status, headers } of answers) {
      expect(status).toBe(303);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('AUTHZ-13 returns the state byte for byte, once, and within the one header', async () => {
    for (const state of ['x'.repeat(4_096), 'a\r\nSet-Cookie: b=c\r\n\r\n<html>', 'größe 漢字 🙂 &=?#"<>%25', 'a&state=b&code=c']) {
      const { browser, page } = await toConsent(origin, user, client, challenge, { state });
      const answer = await browser.submit(page, { decision: 'deny' });
      const { searchParams } = new URL(answer.headers.get('location')!);
      expect([searchParams.getAll('state'), searchParams.has('code')]).toEqual([[state], false]);
      expect([answer.headers.getSetCookie(), answer.html]).toEqual([[], '']);
    }
  });

  it('AUTHZ-14 stops at every step while the toggle is off, and the code is worth nothing once it is too old', async () => {
    const toggle = (on: boolean): Promise<unknown> =>
      app.db.admin('update platform.tenant set features = $2 where id = $1', [tenant.id, JSON.stringify({ mcp_external_access: on })]);
    const { verifier, challenge: own } = pkce();
    const { answer } = await authorize(origin, user, client, own);
    const { browser, page } = await consent();
    await toggle(false);
    try {
      const token = await redeem(origin, client, answer['code']!, verifier);
      for (const { status, text } of [
        await open().then(({ status, html }) => ({ status, text: html })),
        await browser.submit(page, { decision: 'approve' }).then(({ status, html }) => ({ status, text: html })),
        { status: token.status, text: await token.text() },
      ]) {
        expect([status, text]).toEqual([
          403,
          '{"error":"mcp_disabled","error_description":"MCP external access is not enabled for this organization"}',
        ]);
      }
      await app.db.admin("update platform.authorization_code set expires_at = expires_at - interval '5 minutes' where used_at is null");
    } finally {
      await toggle(true);
    }
    const late = await redeem(origin, client, answer['code']!, verifier);
    expect([late.status, ((await late.json()) as { error: string }).error]).toEqual([400, 'invalid_grant']);
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
