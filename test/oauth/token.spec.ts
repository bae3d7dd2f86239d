import { startApp, TestApp } from '../support/app';
import {
  authorize,
  Client,
  connect,
  credentials,
  decodeJwt,
  pkce,
  postForm,
  postJson,
  redeem,
  refresh,
  register,
  statusAt,
  token,
  Tokens,
} from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('token endpoint: codes (RFC 6749 §4.1.3, RFC 7636)', () => {
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
    client = await register(origin);
  });
  afterAll(() => app.close());

  const { verifier, challenge } = pkce();
  const newCode = async (of = client): Promise<string> => (await authorize(origin, user, of, challenge)).answer['code']!;
  const refused = async (response: Response, error: string, status = 400): Promise<void> => {
    expect(await response.json()).toMatchObject({ error, error_description: expect.any(String) });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toContain('application/json');
  };

  it('TOK-1 answers with exactly the five members', async () => {
    const response = await redeem(origin, client, await newCode(), verifier);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^fsr_[A-Za-z0-9_-]{43}$/),
      scope: 'openid profile',
    });
  });

  it('AT-1 signs claims without a name, a mail address or pay', async () => {
    const { claims } = decodeJwt((await connect(origin, user, { client })).access_token);
    expect(Object.keys(claims).sort()).toEqual(['aud', 'client_id', 'exp', 'gid', 'iat', 'iss', 'jti', 'org', 'scope', 'sub', 'tid']);
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
  });

  it('TOK-2 takes the registered authentication method and no other', async () => {
    const code = await newCode();
    const wrong = { client_secret: '0'.repeat(64) };
    await refused(await redeem(origin, client, code, verifier, wrong), 'invalid_client', 401);
    await refused(await redeem(origin, { ...client, secret: undefined }, code, verifier), 'invalid_client', 401);
    await refused(await redeem(origin, { ...client, id: 'mcp_00000000000000000000000000000000' }, code, verifier), 'invalid_client', 401);
    await refused(await redeem(origin, client, code, verifier, { client_id: '' }), 'invalid_client', 401);
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: client.redirectUri };
    const basic = { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` };
    const endpoint = `${origin}/api/mcp/oauth/token`;
    const withHeader = await postForm(endpoint, form, basic);
    expect(withHeader.headers.get('www-authenticate')).toMatch(/^Basic/);
    await refused(withHeader, 'invalid_client', 401);
    await refused(await postForm(endpoint, { ...form, ...credentials(client) }, basic), 'invalid_client', 401);
    await refused(await postForm(`${endpoint}?client_secret=${client.secret}`, { ...form, client_id: client.id }), 'invalid_client', 401);
    const open = await register(origin, { token_endpoint_auth_method: 'none' });
    await refused(await redeem(origin, open, await newCode(open), verifier, { client_secret: 'x' }), 'invalid_client', 401);
    expect((await redeem(origin, client, code, verifier)).status).toBe(200);
  });

  it('DCR-13 knows no client of another tenant', async () => {
    const other = await createTenant(app.db);
    const response = await redeem(app.origin(other.slug), client, 'fsc_x', verifier);
    const unknown = await redeem(app.origin(other.slug), { ...client, id: 'mcp_00000000000000000000000000000000' }, 'fsc_x', verifier);
    expect([response.status, await response.text()]).toEqual([unknown.status, await unknown.text()]);
  });

  it('TOK-3 does not let another client redeem a code, nor spoil it', async () => {
    const code = await newCode();
    await refused(await redeem(origin, await register(origin), code, verifier), 'invalid_grant');
    expect((await redeem(origin, client, code, verifier)).status).toBe(200);
  });

  it('TOK-4 touches nothing for a made-up code', async () => {
    const { access_token: alive } = await connect(origin, user, { client });
    await refused(await redeem(origin, client, `fsc_${'a'.repeat(43)}`, verifier), 'invalid_grant');
    expect(await statusAt(origin, alive)).toBe(200);
  });

  it('TOK-5 TOK-6 TOK-9 binds a code to redirect URI and verifier, and spends it only when all is right', async () => {
    const code = await newCode();
    await refused(await redeem(origin, client, code, verifier, { redirect_uri: '' }), 'invalid_grant');
    await refused(await redeem(origin, client, code, verifier, { redirect_uri: 'http://127.0.0.1:1/callback' }), 'invalid_grant');
    for (const wrong of ['', pkce().verifier, verifier.slice(1), 'a'.repeat(129), `${verifier.slice(1)}!`])
      await refused(await redeem(origin, client, code, wrong), 'invalid_grant');
    await refused(await redeem(origin, client, code, verifier, { resource: 'https://other.test/' }), 'invalid_target');
    expect((await redeem(origin, client, code, verifier)).status).toBe(200);
  });

  it('TOK-7 ends the connection when a code comes twice, and tells the audit trail', async () => {
    const code = await newCode();
    const tokens = (await (await redeem(origin, client, code, verifier)).json()) as Tokens;
    await refused(await redeem(origin, client, code, 'a'.repeat(43)), 'invalid_grant');
    expect(await statusAt(origin, tokens.access_token)).toBe(200);
    await refused(await redeem(origin, client, code, verifier), 'invalid_grant');
    expect(await statusAt(origin, tokens.access_token)).toBe(401);
    await refused(await refresh(origin, client, tokens.refresh_token), 'invalid_grant');
    const [event] = await app.db.admin("select severity from platform.audit_event where kind = 'token.reuse' and grant_id = $1", [
      decodeJwt(tokens.access_token).claims['gid'],
    ]);
    expect(event).toEqual({ severity: 'high' });
  });

  it('TOK-8 gives one of fifty parallel redemptions its tokens', async () => {
    const code = await newCode();
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await redeem(origin, client, code, verifier)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 400)).toHaveLength(49);
  });

  it("TOK-10 forgets a code after five minutes of the database's clock", async () => {
    const late = await newCode();
    await app.db.admin("update platform.authorization_code set expires_at = expires_at - interval '301 seconds' where used_at is null");
    await refused(await redeem(origin, client, late, verifier), 'invalid_grant');
    const timely = await newCode();
    await app.db.admin("update platform.authorization_code set expires_at = expires_at - interval '295 seconds' where used_at is null");
    expect((await redeem(origin, client, timely, verifier)).status).toBe(200);
  });

  it('TOK-11 answers every odd body with invalid_request', async () => {
    const endpoint = `${origin}/api/mcp/oauth/token`;
    const raw = (body: string | Buffer, type: string) =>
      fetch(endpoint, { method: 'POST', body: body as string, headers: { 'content-type': type } });
    const form = 'application/x-www-form-urlencoded';
    await refused(await postJson(endpoint, { grant_type: 'refresh_token' }), 'invalid_request');
    await refused(await raw('grant_type=refresh_token', 'text/plain'), 'invalid_request');
    await refused(await raw('grant_type=refresh_token', `${form}; charset=utf-16`), 'invalid_request');
    await refused(await raw('', form), 'invalid_request');
    await refused(await raw('grant_type=refresh_token&grant_type=refresh_token', form), 'invalid_request');
    await refused(await raw('grant_type=refresh_token&refresh_token=%00', form), 'invalid_request');
    await refused(await raw(`grant_type=${'x'.repeat(1024 * 1024)}`, form), 'invalid_request');
    await refused(await raw(Buffer.from([0xff, 0xfe, 0x00]), form), 'invalid_request');
    await refused(await fetch(endpoint, { method: 'POST' }), 'invalid_request');
    expect((await fetch(endpoint)).status).toBe(404);
  });

  it('TOK-12 offers registered clients no other grant type', async () => {
    for (const grant_type of [
      'password',
      'client_credentials',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ])
      await refused(
        await token(origin, { grant_type, ...credentials(client), username: user.email, password: user.password }),
        'unsupported_grant_type',
      );
  });

  it('SEC-1 stores no usable code or token', async () => {
    const code = await newCode();
    const tokens = (await (await redeem(origin, client, code, verifier)).json()) as Tokens;
    const tables = ['authorization_code', 'refresh_token', 'oauth_grant', 'audit_event'];
    const dump = JSON.stringify(await Promise.all(tables.map((table) => app.db.admin(`select t::text from platform.${table} t`))));
    for (const secret of [code, tokens.refresh_token, tokens.access_token, client.secret!, verifier]) {
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
