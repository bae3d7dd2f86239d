import { Connection, MODERN, MODERN_META, posted, World } from './world';
import type { Answer, Json } from './wire';

const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';

describe('clients of 2026-07-28', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.connect(await world.tenant());
  });
  afterAll(() => world.close());

  /** A request that differs from a complete one by its headers, its `_meta`, or its message. */
  function odd(
    headers: Record<string, string | undefined>,
    meta: Record<string, unknown> | undefined = MODERN_META,
    message: object = {},
  ): Promise<Answer> {
    const params = { name: 'get_organization_context', arguments: {}, ...(meta && { _meta: meta }) };
    const body = { jsonrpc: '2.0', id: 'odd', method: 'tools/call', params, ...message };
    const all = { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': 'get_organization_context', ...headers };
    const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return world.send(posted(acme, body, sent));
  }

  it('discover the server without a handshake', async () => {
    const { status, json, headers } = await world.modern(acme, 'server/discover');
    expect(status).toBe(200);
    expect(json.result).toMatchObject({
      resultType: 'complete',
      supportedVersions: expect.arrayContaining([MODERN]),
      cacheScope: 'private',
      capabilities: { tools: { listChanged: true } },
    });
    expect(json.result.ttlMs).toBeGreaterThanOrEqual(0);
    expect(json.result._meta[SERVER_INFO]).toMatchObject({ name: 'flowstate' });
    expect(headers['mcp-session-id']).toBeUndefined();
  });

  it.each(['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'])(
    'may keep %s for themselves alone, for as long as it says',
    async (method) => {
      const { status, json } = await world.modern(acme, method);
      expect([status, json.result.resultType, json.result.cacheScope]).toEqual([200, 'complete', 'private']);
      expect(json.result.ttlMs).toBeGreaterThanOrEqual(0);
      expect(json.result._meta[SERVER_INFO].name).toBe('flowstate');
    },
  );

  it('call tools, and get refusals as structured results', async () => {
    const good = await world.modern(acme, 'tools/call', { name: 'get_organization_context', arguments: {} });
    expect(good.json.result).toMatchObject({ resultType: 'complete', structuredContent: { organization: { id: acme.tenant.orgId } } });
    expect(JSON.parse(good.json.result.content[0].text)).toEqual(good.json.result.structuredContent);
    const bad = await world.modern(acme, 'tools/call', { name: 'search_employees', arguments: { nonsense: 1, limit: 0 } });
    expect([bad.status, bad.json.result.isError]).toEqual([200, true]);
    expect(bad.json.result.structuredContent).toMatchObject({
      code: 'VALIDATION',
      retryable: true,
      details: { fields: [{ field: 'nonsense' }, { field: 'limit' }] },
    });
  });

  it('have no sessions: one is neither minted nor needed nor looked at', async () => {
    const answer = await odd({ 'mcp-session-id': 'made-up' });
    expect([answer.status, answer.headers['mcp-session-id']]).toEqual([200, undefined]);
  });

  const mismatches: [string, number, number, () => Promise<Answer>][] = [
    ['another version in the header', 400, -32020, () => odd({ 'mcp-protocol-version': '2025-11-25' })],
    ['no version in the header', 400, -32020, () => odd({ 'mcp-protocol-version': undefined })],
    ['another version in _meta', 400, -32020, () => odd({}, { ...MODERN_META, 'io.modelcontextprotocol/protocolVersion': '2025-11-25' })],
    [
      'a version that never was, in both',
      400,
      -32022,
      () => odd({ 'mcp-protocol-version': '2027-01-01' }, { ...MODERN_META, 'io.modelcontextprotocol/protocolVersion': '2027-01-01' }),
    ],
    ['no Mcp-Method', 400, -32020, () => odd({ 'mcp-method': undefined })],
    ['another Mcp-Method', 400, -32020, () => odd({ 'mcp-method': 'tools/list' })],
    ['an Mcp-Method in another case', 400, -32020, () => odd({ 'mcp-method': 'Tools/Call' })],
    ['no Mcp-Name', 400, -32020, () => odd({ 'mcp-name': undefined })],
    ['another Mcp-Name', 400, -32020, () => odd({ 'mcp-name': 'rank_employees' })],
    ['no _meta', 400, -32602, () => odd({}, undefined, { params: { name: 'get_organization_context' } })],
    ['no version in _meta', 400, -32602, () => odd({}, { 'io.modelcontextprotocol/clientCapabilities': {} })],
    ['no capabilities in _meta', 400, -32602, () => odd({}, { 'io.modelcontextprotocol/protocolVersion': MODERN })],
    [
      'initialize under a modern header',
      400,
      -32020,
      () =>
        odd({ 'mcp-method': 'initialize' }, undefined, {
          method: 'initialize',
          params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
        }),
    ],
    ['an unknown method', 404, -32601, () => odd({ 'mcp-method': 'made/up' }, MODERN_META, { method: 'made/up' })],
    ...['ping', 'logging/setLevel', 'resources/subscribe', 'initialize'].map((method): [string, number, number, () => Promise<Answer>] => [
      `the removed method ${method}`,
      404,
      -32601,
      () => odd({ 'mcp-method': method }, MODERN_META, { method }),
    ]),
  ];
  it.each(mismatches)('that send %s are answered %i with %i, the id, and one event', async (_, status, code, ask) => {
    const since = await world.mark();
    const answer = await ask();
    expect([answer.status, answer.json.error?.code, answer.json.id]).toEqual([status, code, 'odd']);
    expect(await since()).toMatchObject([{ kind: 'mcp.request', outcome: 'refused', severity: 'medium', http_status: status }]);
  });

  it('may write a name in base64 and a header name in any case', async () => {
    const name = Buffer.from('get_organization_context').toString('base64');
    expect((await odd({ 'mcp-name': `=?base64?${name}?=` })).status).toBe(200);
    expect((await odd({ 'mcp-method': undefined, 'MCP-METHOD': ' tools/call ' })).status).toBe(200);
  });

  it('get JSON-RPC errors for unknown names, 404 for nothing', async () => {
    const cases: [string, object][] = [
      ['tools/call', { name: 'unknown_tool', arguments: {} }],
      ['tools/call', { name: '__proto__', arguments: {} }],
      ['prompts/get', { name: 'unknown' }],
      ['resources/read', { uri: 'unknown://x' }],
    ];
    for (const [method, params] of cases) {
      const since = await world.mark();
      const { json } = await world.modern(acme, method, params as Record<string, Json>);
      expect([method, json.error?.code, json.id]).toEqual([method, -32602, 1]);
      expect(await since()).toMatchObject([{ rpc_method: method, error_code: 'rpc_-32602', outcome: 'refused' }]);
    }
  });

  it.each(['GET', 'DELETE', 'PUT', 'HEAD'])('get 405 for %s', async (method) => {
    const answer = await world.send({
      method,
      host: acme.host,
      headers: { authorization: `Bearer ${acme.token}`, 'mcp-protocol-version': MODERN, accept: 'text/event-stream' },
    });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  });

  it('MCP-12 may not send batches, nor answers; a notification is taken', async () => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: MODERN_META } };
    const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/list' };
    expect((await world.send(posted(acme, [message], headers))).status).toBe(400);
    const since = await world.mark();
    const note = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1, _meta: MODERN_META } };
    const taken = await world.send(posted(acme, note, { ...headers, 'mcp-method': 'notifications/cancelled' }));
    expect([taken.status, taken.body]).toEqual([202, '']);
    expect(await since()).toMatchObject([{ rpc_method: 'notifications/cancelled', outcome: 'ok' }]);
  });
});
