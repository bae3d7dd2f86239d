import { Answer } from './wire';
import { Connection, posted, World } from './world';

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe('the audit trail of requests', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '200' });
    acme = await world.connect(await world.tenant(), { clientName: 'Claude' });
  });
  afterAll(() => world.close());

  const bearer = (token = acme.token): Record<string, string> => ({ authorization: `Bearer ${token}` });
  const off = async (): Promise<Connection> => {
    const connection = await world.connect(await world.tenant());
    await world.setFeatures(connection.tenant, false);
    return connection;
  };
  const exhausted = async (): Promise<Answer> => {
    const user = await world.connect(await world.tenant());
    await Promise.all(
      Array.from({ length: 20 }, () =>
        world.post(
          user,
          Array.from({ length: 10 }, (_, id) => ({ ...LIST, id })),
          { 'mcp-protocol-version': '2025-03-26' },
        ),
      ),
    );
    last = user;
    return world.rpc(user, 'tools/call', { name: 'rank_employees', arguments: { by: 'x' } });
  };
  let last: Connection;

  type Expected = Record<string, unknown>;
  const requests: [string, () => Promise<Answer>, number, Expected][] = [
    [
      'a tool call',
      () => world.call(acme, 'get_organization_context'),
      200,
      {
        kind: 'mcp.request',
        outcome: 'ok',
        severity: 'info',
        rpc_method: 'tools/call',
        tool: 'get_organization_context',
        error_code: null,
      },
    ],
    [
      'a tool call that is refused',
      () => world.call(acme, 'rank_employees', { by: 'x' }),
      200,
      { outcome: 'refused', severity: 'medium', error_code: 'VALIDATION', argument_names: ['by'] },
    ],
    ['a list', () => world.rpc(acme, 'tools/list'), 200, { rpc_method: 'tools/list', outcome: 'ok', severity: 'info' }],
    [
      'an initialize',
      () => world.rpc(acme, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } }),
      200,
      { rpc_method: 'initialize', outcome: 'ok' },
    ],
    [
      'a notification',
      () => world.post(acme, { jsonrpc: '2.0', method: 'notifications/initialized' }),
      202,
      { rpc_method: 'notifications/initialized', outcome: 'ok', http_status: 202 },
    ],
    ['a discovery of 2026', () => world.modern(acme, 'server/discover'), 200, { rpc_method: 'server/discover', outcome: 'ok' }],
    ['an unknown tool', () => world.call(acme, 'nope'), 200, { outcome: 'refused', tool: 'nope', error_code: 'rpc_-32602' }],
    ['an unknown method', () => world.rpc(acme, 'no/such'), 200, { outcome: 'refused', rpc_method: 'no/such', error_code: 'rpc_-32601' }],
    [
      '400 for broken JSON',
      () => world.post(acme, '{'),
      400,
      { outcome: 'refused', severity: 'medium', http_status: 400, rpc_method: null },
    ],
    ['400 for another X-Tenant', () => world.post(acme, LIST, { 'x-tenant': 'other' }), 400, { error_code: 'tenant_mismatch' }],
    [
      '401 without a token',
      () => world.send({ ...posted(acme, LIST), headers: {} }),
      401,
      { kind: 'auth.failure', outcome: 'refused', severity: 'medium', error_code: 'unauthorized', user_id: null },
    ],
    [
      '401 for a bad token',
      () => world.post({ ...acme, token: 'x' }, LIST),
      401,
      { kind: 'auth.failure', severity: 'medium', error_code: 'invalid_token' },
    ],
    ['401 for a GET', () => world.send({ host: acme.host }), 401, { kind: 'auth.failure', details: { httpMethod: 'GET' } }],
    [
      '401 for OPTIONS',
      () => world.send({ host: acme.host, method: 'OPTIONS' }),
      401,
      { kind: 'auth.failure', details: { httpMethod: 'OPTIONS' } },
    ],
    [
      '403 for a tenant that is off',
      async () => world.rpc(await off(), 'tools/list'),
      403,
      { error_code: 'mcp_disabled', severity: 'medium' },
    ],
    [
      '403 for a browser from elsewhere',
      () => world.post(acme, LIST, { origin: 'https://evil.example' }),
      403,
      { error_code: 'origin_not_allowed' },
    ],
    [
      '403 for a scope too few',
      async () => world.rpc(await world.connect(acme.tenant, { scopes: ['people.read'] }), 'tools/list'),
      403,
      { error_code: 'insufficient_scope' },
    ],
    [
      '403 on an OAuth endpoint',
      async () => world.send({ host: (await off()).host, path: '/api/mcp/oauth/token', method: 'POST' }),
      403,
      { error_code: 'mcp_disabled' },
    ],
    [
      '403 on a metadata document',
      async () => world.send({ host: (await off()).host, path: '/.well-known/oauth-protected-resource' }),
      403,
      { error_code: 'mcp_disabled' },
    ],
    [
      '404 for an unknown tenant',
      () => world.send({ host: world.host({ slug: 'nobody' }) }),
      404,
      { error_code: 'not_found', tenant_id: null },
    ],
    [
      '404 for an unknown path',
      () => world.send({ host: acme.host, path: '/api/mcp/none', headers: bearer() }),
      404,
      { error_code: 'not_found' },
    ],
    ['405', () => world.send({ host: acme.host, method: 'PUT', headers: bearer() }), 405, { http_status: 405, outcome: 'refused' }],
    ['406', () => world.post(acme, LIST, { accept: 'text/html' }), 406, { http_status: 406, outcome: 'refused' }],
    ['413', () => world.post(acme, 'x'.repeat(1024 * 1024 + 1)), 413, { http_status: 413 }],
    ['415', () => world.post(acme, LIST, { 'content-type': 'text/xml' }), 415, { http_status: 415 }],
  ];
  it.each(requests)('AUD-1 has exactly one event for %s', async (_, ask, status, expected) => {
    const since = await world.mark();
    const answer = await ask();
    expect(answer.status).toBe(status);
    const events = await since();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject(expected);
    expect(events[0]?.['http_status']).toBe(status);
  });

  it('AUD-1 has exactly one event for a token request by nobody', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const ask = {
      host: acme.host,
      path: '/api/mcp/oauth/token',
      method: 'POST',
      headers,
      body: 'grant_type=refresh_token&client_id=mcp_none&refresh_token=x',
    };
    const events = await world.auditOf(async () => expect((await world.send(ask)).status).toBe(401));
    expect(events).toMatchObject([{ outcome: 'refused', severity: 'medium', error_code: 'invalid_client' }]);
  });

  it('AUD-1 has exactly one event for each request that the rate limit lets in or not', async () => {
    const since = await world.mark();
    expect((await exhausted()).status).toBe(429);
    const events = (await since()).filter((event) => event['user_id'] === last.user.id);
    expect(events).toHaveLength(201);
    expect(events.at(-1)).toMatchObject({ outcome: 'refused', severity: 'medium', http_status: 429 });
    const batch = await world.auditOf(() => world.post(last, [LIST, LIST], { 'mcp-protocol-version': '2025-03-26' }));
    expect(batch.map((event) => event['http_status'])).toEqual([429]);
  });
});
