import { Connection, MODERN, MODERN_META, World } from '../mcp/world';

/** What the fuzz found once, as small as it could be made. */
describe('inputs that were once answered as faults of ours', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start();
    acme = await world.connect(await world.tenant());
  });
  afterAll(() => world.close());

  const misfits: [method: string, params: object][] = [
    ['prompts/get', {}],
    ['prompts/get', { name: 'org_review', arguments: 25 }],
    ['prompts/get', { name: 'org_review', arguments: { topic: 1 } }],
    ['resources/read', {}],
    ['resources/read', { uri: 1 }],
    ['resources/templates/list', { cursor: null }],
    ['tools/list', { cursor: {} }],
  ];
  it.each(misfits)('IN-7 %s with params %j is the mistake of the client, in both eras', async (method, params) => {
    const legacy = await world.rpc(acme, method, params);
    expect(legacy.json.error.code).toBe(-32602);
    const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': method, ...('name' in params && { 'mcp-name': String(params.name) }) };
    const modern = await world.post(acme, { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: MODERN_META } }, headers);
    // What the header repeats is held against the body first.
    expect([-32602, -32020]).toContain(modern.json.error.code);
  });

  it('IN-7 an argument is refused by name whatever is within it, members called constructor and prototype too', async () => {
    const odd: object[] = [
      { constructor: 1 },
      { a: { constructor: 'x' } },
      [{ constructor: null }],
      { prototype: {} },
      { toString: 1, then: 1 },
    ];
    for (const query of odd) {
      const { result } = (await world.call(acme, 'search_employees', { query })).json;
      expect(JSON.parse(result.content[0].text)).toMatchObject({ code: 'VALIDATION', details: { fields: [{ field: 'query' }] } });
    }
  });
});
