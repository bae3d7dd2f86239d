import { itOnServer, testDatabase } from '../support/database';
import type { TestTenant } from '../support/people';
import { Connection, World } from './world';

const DISABLED = '{"error":"mcp_disabled","error_description":"MCP external access is not enabled for this organization"}';

/** Every way to write a path of the surface that a client, a proxy or an attacker may come up with. */
const PATHS = [
  ...['/api/mcp', '/api/mcp/', '/api/mcp/protocol', '/api/mcp/protocol/', '/mcp', '/mcp/', '/api/mcp?x=1', '/mcp#x'],
  ...[
    '/api/mcp/%zz',
    '//api/mcp',
    '/api//mcp',
    '/api/mcp//',
    '/api%2fmcp',
    '/api/%6dcp',
    '/api/mcp%2fprotocol',
    '/%2561pi/mcp',
    '/API/MCP',
    '/Mcp',
    '/api\\mcp',
  ],
  ...['/api/mcp/unknown', '/api/mcp/a/b/c', '/mcp/unknown', '/api/mcp/..', '/api/mcp/%00'],
  ...[
    '/api/mcp/oauth/register',
    '/api/mcp/oauth/authorize',
    '/api/mcp/oauth/token',
    '/api/mcp/oauth/revoke',
    '/api/mcp/oauth/jwks',
    '/api/mcp/oauth',
  ],
  ...['/oauth/register', '/oauth/authorize', '/oauth/token/', '/oauth/unknown', '//oauth/token', '/OAuth/token'],
  ...['/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server/api/mcp', '/.well-known/openid-configuration'],
  ...[
    '/.well-known/oauth-protected-resource',
    '/.well-known/oauth-protected-resource/mcp',
    '/.well-known//oauth-protected-resource/api/mcp',
  ],
  ...['/.well-known/unknown', '/%2ewell-known/oauth-authorization-server'],
];
const METHODS = ['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'];

describe('the gates of the MCP surface', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000', MCP_ALLOWED_ORIGINS: 'https://inspector.example' });
  });
  afterAll(() => world.close());

  describe('a tenant that is switched off', () => {
    let off: TestTenant;
    let connection: Connection;
    let bare: Connection;
    beforeAll(async () => {
      off = await world.tenant();
      connection = await world.connect(off);
      bare = await world.connect(off, { bare: true });
      expect((await world.rpc(connection, 'tools/list')).status).toBe(200);
      await world.setFeatures(off, false);
    });

    it.each(PATHS)('TEN-6 answers 403 with exactly the documented body to every method at %s', async (path) => {
      for (const method of METHODS) {
        for (const { host, token } of [connection, bare]) {
          const answer = await world.send({ method, path, host, headers: { authorization: `Bearer ${token}` } });
          expect([method, host, answer.status, answer.body]).toEqual([method, host, 403, method === 'HEAD' ? '' : DISABLED]);
          expect(answer.headers['content-type']).toMatch(/^application\/json/);
        }
      }
    });

    it('TEN-6 refuses without a token, with a preflight and with a listed origin too', async () => {
      const headers: Record<string, string>[] = [
        {},
        { origin: 'https://inspector.example', 'access-control-request-method': 'POST' },
        { origin: 'https://evil.example' },
      ];
      for (const given of headers) {
        const answer = await world.send({ method: 'OPTIONS', host: connection.host, headers: given });
        expect([answer.status, answer.body, answer.headers['access-control-allow-origin']]).toEqual([403, DISABLED, undefined]);
      }
    });

    it('TEN-6 lets old tokens work again once it is switched on', async () => {
      await world.setFeatures(off, true);
      for (const one of [connection, bare]) expect((await world.rpc(one, 'tools/list')).status).toBe(200);
      await world.setFeatures(off, false);
      for (const one of [connection, bare]) expect((await world.rpc(one, 'tools/list')).body).toBe(DISABLED);
    });
  });

  it.each(['free', 'team'])('does not expose the surface to the plan %s, token or not', async (plan) => {
    const tenant = await world.tenant({ plan });
    const unknown = { host: world.host({ slug: 'nobody' }), token: 'x' };
    for (const one of [await world.connect(tenant), await world.connect(tenant, { bare: true })]) {
      const answer = await world.rpc(one, 'tools/list');
      expect([answer.status, answer.body]).toEqual([404, (await world.rpc({ ...one, ...unknown }, 'tools/list')).body]);
    }
    const { status } = await world.send({ host: world.host(tenant), path: '/.well-known/oauth-authorization-server' });
    expect(status).toBe(404);
  });

  it('says that it is off before it says that the plan lacks it', async () => {
    const answer = await world.send({ host: world.host(await world.tenant({ plan: 'free', mcp: false })) });
    expect([answer.status, answer.body]).toEqual([403, DISABLED]);
  });

  it('TEN-5 treats a suspended tenant like an unknown one, byte for byte', async () => {
    const tenant = await world.tenant();
    const connection = await world.connect(tenant);
    await world.db.admin(`update platform.tenant set status = 'suspended' where id = $1`, [tenant.id]);
    for (const path of ['/api/mcp', '/api/mcp/oauth/token', '/.well-known/oauth-protected-resource', '/', '/settings/api-keys']) {
      const suspended = await world.send({ host: connection.host, path, headers: { authorization: `Bearer ${connection.token}` } });
      const unknown = await world.send({ host: world.host({ slug: 'nobody' }), path });
      expect([suspended.status, suspended.body]).toEqual([404, unknown.body]);
      expect(Object.keys(suspended.headers)).toEqual(Object.keys(unknown.headers));
    }
  });

  itOnServer('TEN-7 a toggle flipped through one replica is in force on the next request to another', async () => {
    const db = await testDatabase();
    const [one, two] = [await World.start({ BASE_DOMAIN: 'localhost:7' }, db), await World.start({ BASE_DOMAIN: 'localhost:7' }, db)];
    const connection = await one.connect(await one.tenant());
    for (let round = 0; round < 20; round += 1) {
      await one.setFeatures(connection.tenant, round % 2 === 1);
      for (const world of [one, two]) expect((await world.rpc(connection, 'tools/list')).status).toBe(round % 2 === 1 ? 200 : 403);
    }
    await Promise.all([one.close(), two.close()]);
    await db.drop();
  });

  it('TEN-8 keeps equal grants of two tenants apart even where ids are guessed', async () => {
    const [acme, globex] = [await world.connect(await world.tenant()), await world.connect(await world.tenant())];
    for (const [host, token] of [
      [acme.host, globex.token],
      [globex.host, acme.token],
    ] as const) {
      for (let round = 0; round < 3; round += 1) expect((await world.rpc({ ...acme, host, token }, 'tools/list')).status).toBe(401);
      expect((await world.rpc(acme, 'tools/list')).status).toBe(200);
    }
  });
});
