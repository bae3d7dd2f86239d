import { startApp, TestApp } from '../support/app';
import { fromElsewhere } from '../support/browser';
import { postForm, postJson, REDIRECT, register } from '../support/oauth-flow';
import { createTenant, TestTenant } from '../support/people';

describe('registration (RFC 7591)', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let endpoint: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: '127.0.0.1' });
    tenant = await createTenant(app.db);
    endpoint = `${app.origin(tenant.slug)}/api/mcp/oauth/register`;
  });
  afterAll(() => app.close());

  const send = (body: unknown) => postJson(endpoint, body, fromElsewhere());
  const count = async (): Promise<number> =>
    (await app.db.admin<{ n: number }>('select count(*)::int as n from platform.oauth_client'))[0]!.n;
  const refused = async (response: Response, error: string, status = 400): Promise<void> => {
    expect(await response.json()).toMatchObject({ error });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
  };

  it('DCR-1 gives an id and a secret, once, in exactly the documented members', async () => {
    const response = await send({ client_name: 'Claude', redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const reply = (await response.json()) as Record<string, unknown>;
    expect(reply).toEqual({
      client_id: expect.stringMatching(/^mcp_[0-9a-f]{32}$/),
      client_secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      client_name: 'Claude',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      client_id_issued_at: expect.any(Number),
      client_secret_expires_at: 0,
    });
    const stored = JSON.stringify(await app.db.admin('select * from platform.oauth_client where id = $1', [reply['client_id']]));
    expect(stored).not.toContain(reply['client_secret']);
  });

  it('DCR-2 takes one JSON object of at most 16 KiB and nothing else', async () => {
    const before = await count();
    const raw = (body: string, type = 'application/json') =>
      fetch(endpoint, { method: 'POST', body, headers: { 'content-type': type, ...fromElsewhere() } });
    await refused(await postForm(endpoint, { client_name: 'x' }, fromElsewhere()), 'invalid_client_metadata', 415);
    await refused(await raw('{}', 'text/html'), 'invalid_client_metadata', 415);
    for (const body of ['[]', '"x"', 'null', '', '{', '{"client_name":"\\ud800"'])
      await refused(await raw(body), 'invalid_client_metadata');
    await refused(await raw(`{"redirect_uris":["${REDIRECT}"],"redirect_uris":["https://evil.test/"]}`), 'invalid_client_metadata');
    await refused(await raw(`{"redirect_uris":["${REDIRECT}"],"redirect_ur\\u0069s":["https://evil.test/"]}`), 'invalid_client_metadata');
    await refused(await send({ redirect_uris: [REDIRECT], client_name: 'x'.repeat(17_000) }), 'invalid_client_metadata', 413);
    expect(await count()).toBe(before);
  });

  it('DCR-3 refuses the whole registration for one malformed or dangerous redirect URI', async () => {
    const before = await count();
    for (const uri of [
      'https://a.example/#x',
      'https://u@a.example/',
      'https://*.example/',
      '/cb',
      'javascript:alert(1)',
      'data:text/html,x',
      ' https://a.example/',
    ])
      await refused(await send({ redirect_uris: [REDIRECT, uri] }), 'invalid_redirect_uri');
    await refused(await send({ redirect_uris: [] }), 'invalid_redirect_uri');
    await refused(await send({ redirect_uris: Array(11).fill(REDIRECT) }), 'invalid_redirect_uri');
    await refused(await send({}), 'invalid_redirect_uri');
    await refused(await send({ redirect_uris: 'https://a.example/' }), 'invalid_redirect_uri');
    expect(await count()).toBe(before);
  });

  it('DCR-6 leaves out a redirect URI that may not be used here, and refuses when none is left', async () => {
    const response = await send({
      redirect_uris: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'http://a.example/cb',
        'unknownapp://cb',
        'http://localhost:8787/callback',
      ],
    });
    expect(await response.json()).toMatchObject({
      redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback', 'http://localhost:8787/callback'],
    });
    await refused(await send({ redirect_uris: ['unknownapp://cb', 'http://localhost.evil.test/'] }), 'invalid_redirect_uri');
  });

  it('DCR-7 does not let a client register its own trust', async () => {
    const response = await send({
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code', 'client_credentials'],
      client_id: 'mcp_00000000000000000000000000000000',
      client_secret: 'mine',
      skip_consent: true,
      trusted: true,
      tenant_id: 'tnt_other',
      scope: 'admin',
    });
    const reply = (await response.json()) as Record<string, unknown>;
    expect(reply['client_id']).not.toBe('mcp_00000000000000000000000000000000');
    expect(reply['client_secret']).not.toBe('mine');
    expect(reply['grant_types']).toEqual(['authorization_code', 'refresh_token']);
    for (const member of ['skip_consent', 'trusted', 'tenant_id', 'scope']) expect(reply).not.toHaveProperty(member);
    await refused(await send({ redirect_uris: [REDIRECT], grant_types: ['client_credentials'] }), 'invalid_client_metadata');
  });

  it('DCR-8 gives a public client no secret, and every other the one method there is', async () => {
    const reply = (await (await send({ redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' })).json()) as Record<string, unknown>;
    expect(reply['token_endpoint_auth_method']).toBe('none');
    expect(reply).not.toHaveProperty('client_secret');
    expect(Object.values(reply)).not.toContain(null);
    expect(await (await send({ redirect_uris: [REDIRECT], token_endpoint_auth_method: 'client_secret_basic' })).json()).toMatchObject({
      token_endpoint_auth_method: 'client_secret_post',
    });
  });

  it('DCR-9 offers no management of clients', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) expect((await fetch(endpoint, { method })).status).toBe(404);
    expect((await fetch(`${endpoint}/mcp_x`, { method: 'PUT' })).status).toBe(404);
  });

  it('DCR-10 limits registrations per address', async () => {
    const from = fromElsewhere();
    for (let at = 0; at < 20; at++) expect((await postJson(endpoint, { redirect_uris: [REDIRECT] }, from)).status).toBe(201);
    const response = await postJson(endpoint, { redirect_uris: [REDIRECT] }, from);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('DCR-11 stores a name without invisible and direction-changing characters', async () => {
    const reply = (await (await send({ redirect_uris: [REDIRECT], client_name: 'Cl\u200baude\u202e.ai\n<b>\u0007' })).json()) as {
      client_name: string;
    };
    expect(reply.client_name).toBe('Claude.ai <b>');
    expect((await (await send({ redirect_uris: [REDIRECT], client_name: 'n'.repeat(500) })).json()) as object).toMatchObject({
      client_name: 'n'.repeat(100),
    });
  });

  it('is served at the short alias, too', async () => {
    expect((await postJson(`${app.origin(tenant.slug)}/oauth/register`, { redirect_uris: [REDIRECT] }, fromElsewhere())).status).toBe(201);
  });

  it('limits redirects to the configured hosts', async () => {
    const strict = await startApp({ MCP_REDIRECT_DOMAINS: 'claude.ai', TRUST_PROXY: '127.0.0.1' });
    try {
      const origin = strict.origin((await createTenant(strict.db)).slug);
      const client = await register(origin, { redirect_uris: ['https://claude.ai/cb', 'https://evil.test/cb'] });
      expect(client.redirectUri).toBe('https://claude.ai/cb');
      await expect(register(origin, { redirect_uris: ['https://evil.test/cb'] })).rejects.toThrow('invalid_redirect_uri');
    } finally {
      await strict.close();
    }
  });
});
