import { createTenant, createUser, TestTenant, TestUser } from '../support/people';
import { authorizeUrl, Client, pkce } from '../support/oauth-flow';
import { Answer } from '../mcp/wire';
import { posted, World } from '../mcp/world';

/** The product behind a proxy that ends TLS: it hears plain http, from the proxy, about an https site. */
describe('behind a proxy that ends TLS', () => {
  let world: World;
  let tenant: TestTenant;
  let user: TestUser;
  let host: string;
  let origin: string;
  let client: Client;
  beforeAll(async () => {
    world = await World.start({ BASE_DOMAIN: 'flowstate.test' });
    tenant = await createTenant(world.db);
    user = await createUser(world.db, 'member', tenant.orgId);
    host = world.host(tenant);
    origin = `https://${host}`;
    const made = await send(
      '/api/mcp/oauth/register',
      { 'content-type': 'application/json' },
      '{"redirect_uris":["https://client.test/cb"]}',
    );
    client = { id: made.json.client_id, secret: made.json.client_secret, redirectUri: 'https://client.test/cb' };
  });
  afterAll(() => world.close());

  const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.5' };
  const send = (path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> =>
    world.send({
      host,
      path,
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...proxied, ...headers },
      ...(body !== undefined && { body }),
    });
  const form = (path: string, cookie: string, fields: Record<string, string>): Promise<Answer> =>
    send(path, { 'content-type': 'application/x-www-form-urlencoded', origin, cookie }, new URLSearchParams(fields).toString());
  const cookiesOf = ({ headers }: Answer): string[] => headers['set-cookie'] ?? [];
  const pair = (line: string | undefined): string => line?.split(';')[0] ?? '';
  const hidden = ({ body }: Answer): Record<string, string> =>
    Object.fromEntries([...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const path = (url: string): string => url.slice(origin.length);
  const signedIn = async (): Promise<{ answer: Answer; cookie: string }> => {
    const page = await send('/sign-in');
    const fields = { ...hidden(page), email: user.email, password: user.password };
    const answer = await form('/sign-in', pair(cookiesOf(page)[0]), fields);
    return { answer, cookie: pair(cookiesOf(answer).find((line) => line.startsWith('__Host-flowstate='))) };
  };

  it('META-4 names only https URLs of the issuer, without user information or fragment', async () => {
    for (const name of ['oauth-authorization-server', 'oauth-protected-resource', 'oauth-protected-resource/mcp']) {
      const { json } = await send(`/.well-known/${name}`);
      const urls = Object.values(json as Record<string, unknown>)
        .flat()
        .filter((value): value is string => /:\/\//.test(String(value)));
      expect(urls.length).toBeGreaterThan(2);
      for (const value of urls) {
        const url = new URL(value);
        expect([url.origin, url.username, url.password, value.includes('#')]).toEqual([origin, '', '', false]);
      }
    }
  });

  it('LOGIN-4 gives cookies with the __Host- prefix, Secure, HttpOnly and SameSite, 256 random bits each, and stores a hash', async () => {
    const shape = (name: string): RegExp => new RegExp(`^__Host-${name}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure$`);
    expect(cookiesOf(await send('/sign-in'))).toEqual([expect.stringMatching(shape('flowstate-form'))]);
    const values = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const { answer, cookie } = await signedIn();
      expect([answer.status, answer.headers.location]).toEqual([303, '/settings/api-keys']);
      expect(cookiesOf(answer)[0]).toMatch(shape('flowstate'));
      expect(cookiesOf(answer)[1]).toMatch(/^__Host-flowstate-form=; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=0$/);
      values.add(cookie.split('=')[1]!);
    }
    expect(values.size).toBe(3);
    const stored = JSON.stringify(await world.db.admin("select encode(id_hash, 'hex') as hex, s::text from platform.browser_session s"));
    for (const value of values) {
      expect(stored).not.toContain(value);
      expect(stored).not.toContain(Buffer.from(value, 'base64url').toString('hex'));
    }
  });

  it('LOGIN-4 takes no cookie without the prefix', async () => {
    const { cookie } = await signedIn();
    expect((await send('/settings/api-keys', { cookie })).status).toBe(200);
    expect((await send('/settings/api-keys', { cookie: cookie.replace('__Host-', '') })).headers.location).toBe('/sign-in');
  });

  it('CONS-5 protects every page, with or without somebody signed in, also those that refuse', async () => {
    const { cookie } = await signedIn();
    const { challenge } = pkce();
    const consent = await send(path(authorizeUrl(origin, client, challenge)), { cookie });
    const anonymous = path(authorizeUrl(origin, client, challenge));
    const pages = [
      ...(await Promise.all(['/', '/sign-in', anonymous].map((at) => send(at)))),
      ...(await Promise.all(['/', '/settings/api-keys'].map((at) => send(at, { cookie })))),
      consent,
      await send('/nothing-here', { accept: 'text/html' }),
      await send('/api/mcp/oauth/authorize?client_id=mcp_x'),
      await form('/sign-in', cookie, { token: 'x' }),
      await form('/settings/api-keys/gnt_x/revoke', cookie, { token: 'x' }),
      await form('/api/mcp/oauth/authorize', cookie, { ...hidden(consent), token: 'x', decision: 'approve' }),
    ];
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 404, 400, 403, 403, 403]);
    for (const { headers, body } of pages) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      });
      expect(body).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:/i);
    }
  });

  it('HDR-2 insists on TLS with every answer, and sends nobody to http', async () => {
    const connection = await world.connect(tenant);
    const { challenge } = pkce();
    const { answer, cookie } = await signedIn();
    const consent = await send(path(authorizeUrl(origin, client, challenge)), { cookie });
    const answers = [
      answer,
      await form('/api/mcp/oauth/authorize', cookie, { ...hidden(consent), decision: 'approve' }),
      await send('/settings/api-keys'),
      await send('/'),
      await send('/api/mcp'),
      await send('/.well-known/oauth-authorization-server'),
      await form('/api/mcp/oauth/token', '', { grant_type: 'x' }),
      await world.send(posted(connection, { jsonrpc: '2.0', id: 1, method: 'tools/list' }, { 'mcp-protocol-version': '2025-06-18' })),
      // As it came from a browser that was told http: it is answered, not led on with whatever it carries.
      await world.send({ host, path: '/settings/api-keys', headers: { cookie, 'x-forwarded-proto': 'http' } }),
      await world.send({ host: world.host({ slug: 'nobody' }), path: '/api/mcp' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 200, 401, 200, 400, 200, 200, 404]);
    for (const { headers } of answers) {
      expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
      expect(headers.location ?? '/').toMatch(/^(?:\/(?!\/)|https:\/\/client\.test\/)/);
    }
  });
});
