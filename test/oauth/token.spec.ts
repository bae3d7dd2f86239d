import crypto from 'node:crypto';
import { Database } from '../../src/database';
import { startApp, TestApp } from '../support/app';
import { itOnServer } from '../support/database';
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

  it('TOK-3 does not let another client redeem a code, nor spoil it', async () => {
    const code = await newCode();
    await refused(await redeem(origin, await register(origin), code, verifier), 'invalid_grant');
    expect((await redeem(origin, client, code, verifier)).status).toBe(200);
  });

  it('TOK-4 touches nothing for a made-up code', async () => {
    const { access_token: alive } = await connect(origin, user, { client });
    const grants = (): Promise<object[]> => app.db.admin('select g::text from platform.oauth_grant g order by id');
    const before = await grants();
    for (const code of [`fsc_${'a'.repeat(43)}`, `fsc_${'A'.repeat(43)}`, 'fsc_', '0'])
      await refused(await redeem(origin, client, code, verifier), 'invalid_grant');
    expect(await grants()).toEqual(before);
    expect(await statusAt(origin, alive)).toBe(200);
  });

  it('TOK-2 does the same work for an unknown client as for a wrong secret', async () => {
    const statements = jest.spyOn(app.app.get(Database), 'app');
    const comparisons = jest.spyOn(crypto, 'timingSafeEqual');
    const work = async (one: Client): Promise<number[]> => {
      const before = [statements.mock.calls.length, comparisons.mock.calls.length];
      await refused(await redeem(origin, one, 'fsc_x', verifier), 'invalid_client', 401);
      return [statements.mock.calls.length - before[0]!, comparisons.mock.calls.length - before[1]!];
    };
    const wrong = await work({ ...client, secret: '0'.repeat(64) });
    expect(wrong).toEqual([1, 1]);
    expect(await work({ ...client, id: 'mcp_00000000000000000000000000000000' })).toEqual(wrong);
    jest.restoreAllMocks();
  });

  it('TOK-5 binds a code to the redirect URI of its authorization', async () => {
    const code = await newCode();
    for (const redirect_uri of ['', 'http://127.0.0.1:1/callback', `${client.redirectUri}/`, 'https://evil.test/'])
      await refused(await redeem(origin, client, code, verifier, { redirect_uri }), 'invalid_grant');
    expect((await redeem(origin, client, code, verifier)).status).toBe(200);
  });

  it('TOK-6 binds a code to its verifier, and redeems none without a stored challenge', async () => {
    const code = await newCode();
    const illegal = ['!', '=', '+', ' ', 'é'].map((character) => verifier.slice(1) + character);
    for (const wrong of ['', pkce().verifier, verifier.slice(1), 'a'.repeat(42), 'a'.repeat(129), challenge, ...illegal])
      await refused(await redeem(origin, client, code, wrong), 'invalid_grant');
    expect((await redeem(origin, client, code, verifier)).status).toBe(200);
    const open = await newCode();
    for (const stored of ['', verifier, 'plain']) {
      await app.db.admin('update platform.authorization_code set code_challenge = $1 where used_at is null', [stored]);
      for (const tried of ['', verifier, 'plain']) await refused(await redeem(origin, client, open, tried), 'invalid_grant');
    }
    const missing = app.db.admin('update platform.authorization_code set code_challenge = null where used_at is null');
    await expect(missing).rejects.toThrow(/null value/);
  });

  it('TOK-9 spends neither code nor refresh token on a request that turns out to be wrong', async () => {
    const code = await newCode();
    for (const resource of ['https://other.test/', `${origin}/other`, 'x'])
      await refused(await redeem(origin, client, code, verifier, { resource }), 'invalid_target');
    const first = await redeem(origin, client, code, verifier);
    expect(first.status).toBe(200);
    const { refresh_token: value } = (await first.json()) as Tokens;
    await refused(await refresh(origin, client, value, { resource: 'https://other.test/' }), 'invalid_target');
    await refused(await refresh(origin, client, value, { scope: 'costs.read' }), 'invalid_scope');
    await refused(await refresh(origin, client, value, { scope: 'a  b' }), 'invalid_scope');
    const rows = await app.db.admin('select used_at from platform.refresh_token where hash = sha256($1)', [Buffer.from(value)]);
    expect(rows).toEqual([{ used_at: null }]);
    expect((await refresh(origin, client, value)).status).toBe(200);
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

  it("TOK-10 forgets a code after five minutes of the database's clock, and not a moment before", async () => {
    const lifetimes = await app.db.admin<{ seconds: number }>(
      `select extract(epoch from c.expires_at - g.created_at)::float as seconds
       from platform.authorization_code c join platform.oauth_grant g on g.id = c.grant_id`,
    );
    for (const { seconds } of lifetimes.slice(0, 1)) expect(Math.round(seconds)).toBe(300);
    const late = await newCode();
    const unused = 'where used_at is null';
    await app.db.admin(`update platform.authorization_code set expires_at = expires_at - interval '301 seconds' ${unused}`);
    await refused(await redeem(origin, client, late, verifier), 'invalid_grant');
    await app.db.admin(`delete from platform.authorization_code ${unused}`);
    // Redeemed within the last second of its life; where the machine took longer than that second, it is tried again.
    for (let inTime = false; !inTime;) {
      const timely = await newCode();
      await app.db.admin(`update platform.authorization_code set expires_at = clock_timestamp() + interval '1 second' ${unused}`);
      const { status } = await redeem(origin, client, timely, verifier);
      const [row] = await app.db.admin<{ in_time: boolean }>(
        'select expires_at > clock_timestamp() as in_time from platform.authorization_code where code_hash = sha256($1)',
        [Buffer.from(timely)],
      );
      inTime = row!.in_time;
      if (inTime) expect(status).toBe(200);
    }
  });

  itOnServer('TOK-10 does not ask the clock of the replica, which may be a minute off', async () => {
    const unused = 'where used_at is null';
    for (const skew of [-60_000, 60_000]) {
      const [young, old] = [await newCode(), await newCode()];
      const hashed = (code: string): Buffer => Buffer.from(code);
      const age = (code: string, seconds: number): Promise<unknown> =>
        app.db.admin(
          `update platform.authorization_code set expires_at = expires_at - make_interval(secs => $2) ${unused} and code_hash = sha256($1)`,
          [hashed(code), seconds],
        );
      await age(young, 270);
      await age(old, 301);
      const real = Date.now.bind(Date);
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + skew);
      const statuses = [(await redeem(origin, client, young, verifier)).status, (await redeem(origin, client, old, verifier)).status];
      clock.mockRestore();
      expect([skew, ...statuses]).toEqual([skew, 200, 400]);
    }
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
