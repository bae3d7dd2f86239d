import { Connection, World } from './world';
import type { Answer } from './wire';

const VERSIONS = ['2025-03-26', '2025-06-18', '2025-11-25'];
const initialize = (protocolVersion: string, more: object = {}): object => ({
  jsonrpc: '2.0',
  id: 'init',
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' }, ...more },
});

describe('clients of 2025-03-26 to 2025-11-25', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.connect(await world.tenant());
  });
  afterAll(() => world.close());

  const request = (method: string, id: unknown = 1, params: object = {}): object => ({ jsonrpc: '2.0', id, method, params });
  const opened = async (connection: Connection, version = '2025-06-18'): Promise<string> =>
    (await world.post(connection, initialize(version))).headers['mcp-session-id'] as string;
  const within = (session: string, body: unknown, connection = acme): Promise<Answer> =>
    world.post(connection, body, { 'mcp-session-id': session });
  const end = (session: string, { host, token } = acme): Promise<Answer> =>
    world.send({ method: 'DELETE', host, headers: { authorization: `Bearer ${token}`, 'mcp-session-id': session } });

  it.each(VERSIONS)('shake hands in %s and get a session', async (version) => {
    const answer = await world.post(acme, initialize(version));
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.json).toMatchObject({
      jsonrpc: '2.0',
      id: 'init',
      result: { protocolVersion: version, serverInfo: { name: 'flowstate' }, instructions: expect.any(String) },
    });
    expect(answer.json.result.capabilities).toMatchObject({ tools: { listChanged: true } });
    expect(answer.headers['mcp-session-id']).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const session = answer.headers['mcp-session-id'] as string;
    expect(
      (
        await world.post(
          acme,
          { jsonrpc: '2.0', method: 'notifications/initialized' },
          { 'mcp-session-id': session, 'mcp-protocol-version': version },
        )
      ).status,
    ).toBe(202);
    expect(
      (await world.post(acme, request('tools/list'), { 'mcp-session-id': session, 'mcp-protocol-version': version })).json.result.tools
        .length,
    ).toBeGreaterThan(3);
  });

  it('are offered the newest of their era when they ask for a version that never was', async () => {
    expect((await world.post(acme, initialize('1999-01-01'))).json.result.protocolVersion).toBe('2025-11-25');
    expect((await world.post(acme, request('ping'), { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
  });

  it('shake hands whatever else they send along', async () => {
    for (const more of [{ _meta: { progressToken: 7 } }, { capabilities: { roots: {}, sampling: {}, experimental: { x: {} } } }]) {
      const answer = await world.post(acme, initialize('2025-06-18', more));
      expect([answer.status, answer.json.result.protocolVersion]).toEqual([200, '2025-06-18']);
      expect(answer.headers['mcp-session-id']).toBeDefined();
    }
    const unanswerable = await world.post(acme, { ...initialize('2025-06-18'), id: undefined });
    expect([unanswerable.status, unanswerable.headers['mcp-session-id']]).toEqual([202, undefined]);
    const broken = await world.post(acme, { ...initialize('2025-06-18'), params: {} });
    expect(broken.status).toBeLessThan(500);
    expect([broken.json.error !== undefined, broken.headers['mcp-session-id']]).toEqual([true, undefined]);
  });

  it.each(['/api/mcp', '/api/mcp/protocol', '/mcp', '/api/mcp/'])('are served at %s', async (path) => {
    expect((await world.post(acme, request('tools/list'), {}, path)).json.result.tools.length).toBeGreaterThan(3);
  });

  it('MCP-3 keep a session to the connection that opened it: anything else is one and the same 404, and audited', async () => {
    const colleague = await world.connect(acme.tenant, { role: 'viewer' });
    const second = await world.connect(acme.tenant, { user: acme.user });
    const stranger = await world.connect(await world.tenant());
    const mine = await opened(acme);
    const ended = await opened(acme);
    expect((await end(ended)).status).toBe(204);
    const madeUp = ['', 'made-up', ended, `${mine} ${mine}`, mine.toLowerCase()];
    const cases: [string, Connection][] = [
      [mine, colleague],
      [mine, second],
      [mine, stranger],
      ...madeUp.map((session): [string, Connection] => [session, acme]),
    ];
    for (const [session, connection] of cases) {
      const since = await world.mark();
      const answer = await within(session, request('tools/list'), connection);
      expect([session, answer.status, answer.body]).toEqual([
        session,
        404,
        '{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found: initialize again."},"id":null}',
      ]);
      expect(await since()).toMatchObject([
        { error_code: 'unknown_session', http_status: 404, outcome: 'refused', rpc_method: 'tools/list', user_id: connection.user.id },
      ]);
      expect((await end(session, connection)).status).toBe(404);
      const stream = await world.open(connection, { 'mcp-session-id': session });
      expect(stream.status).toBe(404);
      await stream.ended;
    }
    expect((await within(mine, request('tools/list'))).status).toBe(200);
  });

  it('MCP-3 are nobody by a session alone', async () => {
    expect((await within(await opened(acme), request('tools/list'), { ...acme, token: 'x' })).status).toBe(401);
  });

  it('end a session by DELETE, once, and are told what is missing', async () => {
    const session = await opened(acme);
    expect([(await end(session)).status, (await end(session)).status]).toEqual([204, 404]);
    expect((await world.send({ method: 'DELETE', host: acme.host, headers: { authorization: `Bearer ${acme.token}` } })).status).toBe(400);
  });

  it.each(['PUT', 'PATCH', 'HEAD', 'OPTIONS'])('get 405 for %s', async (method) => {
    const answer = await world.send({ method, host: acme.host, headers: { authorization: `Bearer ${acme.token}` } });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST, GET, DELETE']);
  });

  it('MCP-12 get an answer for each thing that JSON-RPC can be', async () => {
    const cases: [unknown, number, number | undefined][] = [
      [{ jsonrpc: '2.0', method: 'notifications/initialized' }, 202, undefined],
      [{ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }, 202, undefined],
      [{ jsonrpc: '2.0', method: 'notifications/made-up' }, 202, undefined],
      [{ jsonrpc: '2.0', id: 1, result: {} }, 202, undefined],
      [{ jsonrpc: '2.0', id: 1, error: { code: 1, message: 'x' } }, 202, undefined],
      [request('ping'), 200, undefined],
      [request('made/up'), 200, -32601],
      [request('completion/complete'), 200, -32601],
      [request('server/discover'), 200, -32601],
      [request('tools/call', 1, {}), 200, -32602],
      [request('tools/call', 1, { name: 'unknown_tool' }), 200, -32602],
      [request('tools/call', 1, { name: 'constructor' }), 200, -32602],
      [request('tools/call', 1, { name: 'get_organization_context', arguments: [] }), 200, -32602],
      [request('resources/read', 1, { uri: 'employee://emp_1' }), 200, -32602],
      [request('prompts/get', 1, { name: 'unknown' }), 200, -32602],
      [{ jsonrpc: '1.0', id: 1, method: 'ping' }, 400, -32600],
      [{ id: 1, method: 'ping' }, 400, -32600],
      [request('ping', null), 400, -32600],
      [request('ping', {}), 400, -32600],
      [request('ping', 1.5), 400, -32600],
      [{ jsonrpc: '2.0', id: 1, method: 7 }, 400, -32600],
      [{}, 400, -32600],
      ['null', 400, -32600],
      ['"ping"', 400, -32600],
      ['7', 400, -32600],
    ];
    for (const [body, status, code] of cases) {
      const since = await world.mark();
      const answer = await world.post(acme, body);
      expect([body, answer.status, answer.json?.error?.code]).toEqual([body, status, code]);
      if (status === 202) expect(answer.body).toBe('');
      expect([body, await since()]).toEqual([
        body,
        [expect.objectContaining({ http_status: status, outcome: code === undefined ? 'ok' : 'refused' })],
      ]);
    }
  });

  it('list resources, templates and prompts, and read what is listed', async () => {
    const { resources } = (await world.rpc(acme, 'resources/list')).json.result;
    const { resourceTemplates } = (await world.rpc(acme, 'resources/templates/list')).json.result;
    const { prompts } = (await world.rpc(acme, 'prompts/list')).json.result;
    expect([resources, resourceTemplates, prompts].every(Array.isArray)).toBe(true);
    for (const { uri } of resources) expect((await world.rpc(acme, 'resources/read', { uri })).json.result.contents[0].uri).toBe(uri);
    for (const { name } of prompts) expect((await world.rpc(acme, 'prompts/get', { name })).json.result ?? {}).toBeDefined();
  });

  it('answer a call as a stream where it asked for progress, else as one document', async () => {
    const call = (progressToken?: unknown): object =>
      request('tools/call', 5, {
        name: 'get_organization_context',
        arguments: {},
        ...(progressToken !== undefined && { _meta: { progressToken } }),
      });
    for (const token of ['p', 0]) {
      const since = await world.mark();
      const answer = await world.post(acme, call(token));
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
      expect(JSON.parse(/^data: (.*)$/m.exec(answer.body)?.[1] ?? '')).toMatchObject({ id: 5, result: { structuredContent: {} } });
      expect(await since()).toMatchObject([{ rpc_method: 'tools/call', outcome: 'ok', tool: 'get_organization_context' }]);
    }
    const since = await world.mark();
    const refused = await world.post(acme, request('tools/call', 6, { name: 7, _meta: { progressToken: 1 } }));
    expect(refused.body).toContain('"error"');
    expect(await since()).toMatchObject([{ rpc_method: 'tools/call', outcome: 'refused', error_code: 'rpc_-32602' }]);
    expect((await world.post(acme, call())).headers['content-type']).toMatch(/^application\/json/);
  });

  it.each([
    ['application/json, text/event-stream', 200],
    ['application/json', 200],
    ['*/*', 200],
    ['', 200],
    ['text/event-stream', 406],
    ['text/html', 406],
  ])('that accept "%s" are answered %i', async (accept, status) => {
    expect((await world.post(acme, request('tools/list'), { accept })).status).toBe(status);
  });

  describe('batches', () => {
    const call = (id: unknown, name: string): object => request('tools/call', id, { name, arguments: {} });
    const batch = (messages: unknown[], headers: Record<string, string> = {}): Promise<Answer> =>
      world.post(acme, messages, { 'mcp-protocol-version': '2025-03-26', ...headers });

    it('are answered to 2025-03-26 clients, each message audited with its own outcome', async () => {
      const since = await world.mark();
      const messages = [
        call(1, 'get_organization_context'),
        call(2, 'unknown_tool'),
        request('ping', 3),
        request('made/up', 4),
        { jsonrpc: '2.0', method: 'notifications/initialized' },
      ];
      const answer = await batch([...messages, call(1, 'rank_employees'), request('tools/call', 5, {})]);
      expect(answer.status).toBe(200);
      expect(answer.json.map(({ id }: { id: number }) => id).sort()).toEqual([1, 1, 2, 3, 4, 5]);
      const events = await since();
      const seen = events.map(({ rpc_method, tool, error_code }) => [rpc_method, tool, error_code].join(' ')).sort();
      expect(seen).toEqual(
        [
          'made/up  rpc_-32601',
          'notifications/initialized  ',
          'ping  ',
          'tools/call get_organization_context ',
          'tools/call rank_employees VALIDATION',
          'tools/call unknown_tool rpc_-32602',
          'tools/call  rpc_-32602',
        ].sort(),
      );
      expect(new Set(events.map(({ request_id }) => request_id)).size).toBe(1);
    });

    it('are taken without a version header, which means 2025-03-26, and in a session of it', async () => {
      expect((await world.post(acme, [request('ping')], { 'mcp-protocol-version': '2025-03-26' })).status).toBe(200);
      expect((await batch([request('ping')], { 'mcp-session-id': await opened(acme, '2025-03-26') })).status).toBe(200);
      expect((await batch([request('ping')], { 'mcp-session-id': await opened(acme, '2025-06-18') })).status).toBe(400);
    });

    it.each(['2025-06-18', '2025-11-25', '2026-07-28'])('are refused to %s clients', async (version) => {
      const answer = await batch([request('ping')], { 'mcp-protocol-version': version });
      expect([answer.status, answer.json.error.code]).toEqual([400, -32600]);
    });

    it('hold one to ten messages', async () => {
      const of = (size: number): object[] => Array.from({ length: size }, (_, id) => request('ping', id));
      expect((await batch(of(10))).json).toHaveLength(10);
      for (const size of [0, 11, 5_000]) {
        const since = await world.mark();
        const answer = await batch(of(size));
        expect([size, answer.status, answer.json.error.code]).toEqual([size, 400, -32600]);
        expect((await since()).length).toBe(Math.min(Math.max(size, 1), 10));
      }
    });

    it('are answered in full even where a message cancels another', async () => {
      const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
      expect((await batch([call(1, 'get_organization_context'), cancel])).json).toMatchObject([{ id: 1 }]);
    });

    it('cannot shake hands more than once', async () => {
      expect((await batch([initialize('2025-03-26'), initialize('2025-03-26')])).status).toBe(400);
      expect((await batch([initialize('2025-03-26')])).status).toBe(200);
    });
  });
});
