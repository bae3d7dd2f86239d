import { newClientId, newClientSecret } from '../../src/oauth/secret-values';
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

  it('DCR-1 draws a million ids and secrets without giving one twice', () => {
    for (const [draw, shape] of [
      [newClientId, /^mcp_[0-9a-f]{32}$/],
      [newClientSecret, /^[0-9a-f]{64}$/],
    ] as const) {
      const drawn = new Set<string>();
      let misshapen = 0;
      for (let count = 0; count < 1_000_000; count += 1) {
        const value = draw();
        drawn.add(value);
        if (!shape.test(value)) misshapen += 1;
      }
      expect([drawn.size, misshapen]).toEqual([1_000_000, 0]);
    }
  });

  it('DCR-12 says when the id was issued and that a secret does not expire', async () => {
    const before = Math.floor(Date.now() / 1000);
    for (const method of [undefined, 'client_secret_post', 'client_secret_basic', 'none']) {
      const response = await send({ redirect_uris: [REDIRECT], ...(method && { token_endpoint_auth_method: method }) });
      const reply = (await response.json()) as Record<string, unknown>;
      expect(Number.isInteger(reply['client_id_issued_at'])).toBe(true);
      expect(Math.abs((reply['client_id_issued_at'] as number) - before)).toBeLessThan(60);
      expect(reply['client_secret_expires_at']).toBe(method === 'none' ? undefined : 0);
      expect(Object.values(reply)).not.toContain(null);
    }
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

  const SCHEMES = ['javascript', 'data', 'vbscript', 'blob', 'file', 'about', 'intent'];
  it.each(SCHEMES)('DCR-4 takes no redirect to %s, in any case and behind control characters', async (scheme) => {
    const mixed = [...scheme].map((letter, at) => (at % 2 ? letter : letter.toUpperCase())).join('');
    for (const spelt of [
      scheme,
      scheme.toUpperCase(),
      mixed,
      `\u0001${scheme}`,
      `\t${scheme}`,
      ` ${scheme}`,
      `${scheme.slice(0, 2)}\n${scheme.slice(2)}`,
    ])
      for (const rest of [':x', ':/x', '://localhost/x'])
        await refused(await send({ redirect_uris: [REDIRECT, spelt + rest] }), 'invalid_redirect_uri');
  });

  it('DCR-5 takes plain http to this machine, in three spellings and no other', async () => {
    const local = ['http://localhost/cb', 'http://localhost:80/cb', 'http://127.0.0.1:1/cb', 'http://[::1]:5000/cb'];
    expect(await (await send({ redirect_uris: local })).json()).toMatchObject({ redirect_uris: local });
    for (const uri of [
      'http://localhost.evil.test/cb',
      'http://127.0.0.1.nip.io/cb',
      'http://localhost:80@evil.test/cb',
      'http://[::ffff:127.0.0.1]/cb',
      'http://0x7f.1/cb',
      'http://127.1/cb',
      'http://2130706433/cb',
      'http://a.example/cb',
    ])
      await refused(await send({ redirect_uris: [uri] }), 'invalid_redirect_uri');
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
    const stored = JSON.stringify(await app.db.admin('select c::text from platform.oauth_client c where id = $1', [reply['client_id']]));
    expect(stored).toContain(tenant.id);
    for (const sent of ['mine', 'admin', 'tnt_other', 'client_credentials', 'skip_consent', 'trusted']) expect(stored).not.toContain(sent);
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

  it('DCR-11 stores a name without invisible and direction-changing characters', async () => {
    const reply = (await (await send({ redirect_uris: [REDIRECT], client_name: 'Cl\u200baude\u202e.ai\n<b>\u0007' })).json()) as {
      client_name: string;
    };
    expect(reply.client_name).toBe('Claude.ai <b>');
    expect((await (await send({ redirect_uris: [REDIRECT], client_name: 'n'.repeat(500) })).json()) as object).toMatchObject({
      client_name: 'n'.repeat(100),
    });
  });

  it('DCR-11 stores look-alike letters in their plain form, and keeps what was sent in the audit trail', async () => {
    const sent = ['\uff23\uff4c\uff41\uff55\uff44\uff45.ai', 'Cl\u200ba\u202eude<script>', '<b>Claude</b>'];
    for (const client_name of sent) {
      const reply = (await (await send({ redirect_uris: [REDIRECT], client_name })).json()) as Record<string, string>;
      expect(reply['client_name']).toMatch(/^[\x20-\x7e]+$/);
      const [event] = await app.db.admin(
        "select client_name from platform.audit_event where kind = 'client.registered' and client_id = $1",
        [reply['client_id']],
      );
      expect(event).toEqual({ client_name });
    }
  });

  it('IN-1 refuses metadata nested deeper than 64 levels', async () => {
    const metadata = (levels: number): string => `{"redirect_uris":["${REDIRECT}"],"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const raw = (body: string) =>
      fetch(endpoint, { method: 'POST', body, headers: { 'content-type': 'application/json', ...fromElsewhere() } });
    expect((await raw(metadata(63))).status).toBe(201);
    await refused(await raw(metadata(64)), 'invalid_client_metadata');
    await refused(await raw(metadata(8_000)), 'invalid_client_metadata');
  });

  it('IN-2 refuses members named like an object prototype, however written', async () => {
    const before = await count();
    for (const member of ['"__proto__":{"trusted":true}', '"\\u005f_proto__":{}', '"x":{"constructor":{"prototype":{"trusted":true}}}']) {
      const body = `{"redirect_uris":["${REDIRECT}"],${member}}`;
      const headers = { 'content-type': 'application/json', ...fromElsewhere() };
      await refused(await fetch(endpoint, { method: 'POST', body, headers }), 'invalid_client_metadata');
    }
    expect(({} as Record<string, unknown>)['trusted']).toBeUndefined();
    expect(await count()).toBe(before);
  });

  it('is served at the short alias, too', async () => {
    expect((await postJson(`${app.origin(tenant.slug)}/oauth/register`, { redirect_uris: [REDIRECT] }, fromElsewhere())).status).toBe(201);
  });

  it('DCR-6 limits redirects to the configured hosts and schemes', async () => {
    const strict = await startApp({ MCP_REDIRECT_DOMAINS: 'claude.ai', MCP_REDIRECT_SCHEMES: 'ownapp', TRUST_PROXY: '127.0.0.1' });
    try {
      const origin = strict.origin((await createTenant(strict.db)).slug);
      expect((await register(origin, { redirect_uris: ['ownapp://cb', 'cursor://x/cb'] })).redirectUri).toBe('ownapp://cb');
      await expect(register(origin, { redirect_uris: ['cursor://x/cb'] })).rejects.toThrow('invalid_redirect_uri');
      const client = await register(origin, { redirect_uris: ['https://claude.ai/cb', 'https://evil.test/cb'] });
      expect(client.redirectUri).toBe('https://claude.ai/cb');
      await expect(register(origin, { redirect_uris: ['https://evil.test/cb'] })).rejects.toThrow('invalid_redirect_uri');
    } finally {
      await strict.close();
    }
  });
});
