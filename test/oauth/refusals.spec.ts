import { startApp, TestApp } from '../support/app';
import { Browser, fromElsewhere } from '../support/browser';
import {
  authorizeUrl,
  Client,
  credentials,
  pkce,
  postForm,
  postJson,
  REDIRECT,
  redeem,
  refresh,
  register,
  revoke,
} from '../support/oauth-flow';
import { createTenant, createUser } from '../support/people';

/** What is refused leaves one event in the audit trail and nothing else. */
describe('a refusal of the authorization server', () => {
  let app: TestApp;
  let origin: string;
  let client: Client;
  let email: string;
  beforeAll(async () => {
    app = await startApp();
    const tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    client = await register(origin);
    ({ email } = await createUser(app.db, 'member', tenant.orgId));
  });
  afterAll(() => app.close());

  const { challenge } = pkce();
  const open = (parameters: Record<string, string>): Promise<unknown> =>
    new Browser().get(authorizeUrl(origin, client, challenge, { parameters }));
  const enrol = (body: unknown): Promise<Response> => postJson(`${origin}/api/mcp/oauth/register`, body, fromElsewhere());
  const tables = ['oauth_client', 'oauth_grant', 'authorization_code', 'authorization_request', 'refresh_token', 'browser_session'];
  const rows = async (): Promise<unknown> =>
    (await app.db.admin(`select ${tables.map((table) => `(select count(*) from platform.${table}) as ${table}`).join(', ')}`))[0];
  const events = async (): Promise<{ outcome: string; error_code: string }[]> =>
    app.db.admin('select outcome, error_code from platform.audit_event order by seq');

  const refusals: [string, () => Promise<unknown>, string][] = [
    ['a registration that is no JSON', () => postForm(`${origin}/api/mcp/oauth/register`, {}, fromElsewhere()), 'invalid_client_metadata'],
    ['a registration with a bad redirect', () => enrol({ redirect_uris: ['javascript:x'] }), 'invalid_redirect_uri'],
    [
      'a registration with other grant types',
      () => enrol({ redirect_uris: [REDIRECT], grant_types: ['password'] }),
      'invalid_client_metadata',
    ],
    ['an authorization for an unknown client', () => open({ client_id: 'mcp_00000000000000000000000000000000' }), 'invalid_request'],
    ['an authorization to another redirect URI', () => open({ redirect_uri: 'https://evil.test/' }), 'invalid_request'],
    ['an authorization without PKCE', () => open({ code_challenge: '' }), 'invalid_request'],
    ['an authorization of another type', () => open({ response_type: 'token' }), 'unsupported_response_type'],
    ['an authorization for unknown scopes', () => open({ scope: 'nonsense' }), 'invalid_scope'],
    ['an authorization for another resource', () => open({ resource: 'https://other.test/' }), 'invalid_target'],
    ['an authorization without a page', () => open({ prompt: 'none' }), 'login_required'],
    ['a made-up code', () => redeem(origin, client, 'fsc_x', 'x'), 'invalid_grant'],
    ['a made-up refresh token', () => refresh(origin, client, 'fsr_x'), 'invalid_grant'],
    ['a token request with a wrong secret', () => refresh(origin, { ...client, secret: 'x' }, 'fsr_x'), 'invalid_client'],
    [
      'a token request of another type',
      () => postForm(`${origin}/oauth/token`, { grant_type: 'password', ...credentials(client) }),
      'unsupported_grant_type',
    ],
    ['a token request that is no form', () => postJson(`${origin}/oauth/token`, {}), 'invalid_request'],
    ['a revocation with a wrong secret', () => revoke(origin, { ...client, secret: 'x' }, 'fsr_x'), 'invalid_client'],
  ];
  it.each(refusals)('AUD-1 of %s is one event and no row', async (_, ask, code) => {
    const [before, known] = [await rows(), (await events()).length];
    await ask();
    expect((await events()).slice(known)).toEqual([{ outcome: 'refused', error_code: code }]);
    expect(await rows()).toEqual(before);
  });

  it('AUD-3 of a guess at a password is ranked medium, and the lock that follows high', async () => {
    const known = (await events()).length;
    const browser = new Browser();
    const page = await browser.get(`${origin}/sign-in`);
    for (let guess = 0; guess < 11; guess += 1) await browser.submit(page, { email, password: `guess ${guess}` }, 'password');
    const ranked = await app.db.admin<{ kind: string; severity: string }>(
      'select kind, severity from platform.audit_event order by seq offset $1',
      [known],
    );
    expect(ranked).toEqual([...Array(10).fill({ kind: 'sign_in', severity: 'medium' }), { kind: 'sign_in.lockout', severity: 'high' }]);
  });
});
