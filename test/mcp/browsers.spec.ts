import { Connection, World } from './world';

describe('the MCP surface and browsers', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000', MCP_ALLOWED_ORIGINS: 'https://inspector.example' });
  });
  afterAll(() => world.close());

  describe('a browser', () => {
    let connection: Connection;
    beforeAll(async () => void (connection = await world.connect(await world.tenant())));

    const foreign = [
      'https://evil.example',
      'null',
      'https://inspector.example.evil.example',
      'http://inspector.example',
      'https://localhost.evil.example',
      'file://',
    ];
    it.each(foreign)('MCP-2 at the origin %s is refused everywhere on the surface', async (origin) => {
      for (const path of ['/api/mcp', '/mcp', '/api/mcp/oauth/register', '/.well-known/oauth-protected-resource']) {
        const answer = await world.send({
          method: 'POST',
          path,
          host: connection.host,
          headers: { origin, authorization: `Bearer ${connection.token}` },
        });
        expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined]);
      }
      const preflight = await world.send({
        method: 'OPTIONS',
        host: connection.host,
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(403);
    });

    it('MCP-2 is not asked for: who sends no Origin is served', async () => {
      expect((await world.rpc(connection, 'tools/list')).status).toBe(200);
      expect((await world.post(connection, { jsonrpc: '2.0', id: 1, method: 'tools/list' }, { origin: connection.issuer })).status).toBe(
        200,
      );
    });

    it.each(['https://inspector.example', 'http://localhost:6274', 'http://127.0.0.1:6274'])(
      'at the origin %s may call, without cookies',
      async (origin) => {
        const preflight = await world.send({
          method: 'OPTIONS',
          host: connection.host,
          headers: { origin, 'access-control-request-method': 'POST' },
        });
        expect(preflight.status).toBe(204);
        expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
        for (const header of [
          'Authorization',
          'Content-Type',
          'MCP-Protocol-Version',
          'Mcp-Session-Id',
          'Mcp-Method',
          'Mcp-Name',
          'Last-Event-ID',
        ]) {
          expect(preflight.headers['access-control-allow-headers']).toContain(header);
        }
        const called = await world.post(connection, { jsonrpc: '2.0', id: 1, method: 'tools/list' }, { origin });
        expect(called.status).toBe(200);
        const challenged = await world.post({ ...connection, token: 'wrong' }, {}, { origin });
        expect(challenged.status).toBe(401);
        for (const { headers } of [called, challenged]) {
          expect(headers['access-control-allow-origin']).toBe(origin);
          expect(headers['access-control-allow-credentials']).toBeUndefined();
          expect(headers['access-control-expose-headers']).toMatch(
            /WWW-Authenticate.*Mcp-Session-Id.*MCP-Protocol-Version.*X-RateLimit-Limit/,
          );
        }
      },
    );

    it('may not call the page a person signs in at from elsewhere', async () => {
      const answer = await world.send({
        path: '/api/mcp/oauth/authorize',
        host: connection.host,
        headers: { origin: 'https://inspector.example' },
      });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    });
  });
});
