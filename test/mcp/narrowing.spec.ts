import { MOUNTS, TOOLSETS } from '../../src/access';
import { Catalogue } from '../../src/mcp';
import { modernAsk, posted, World, type Connection } from './world';
import type { Answer, Json } from './wire';

describe('an address that leaves out a part of the catalogue', () => {
  let world: World;
  let owner: Connection;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    owner = await world.connect(await world.tenant());
  });
  afterAll(() => world.close());

  const rpc = (path: string, method: string, params: object = {}): Promise<Answer> =>
    world.post(owner, { jsonrpc: '2.0', id: 1, method, params }, {}, path);
  const modern = (path: string, method: string, params: Json = {}): Promise<Answer> =>
    world.send({ ...modernAsk(owner, method, params), path });
  const names = ({ json }: Answer): string[] => json.result.tools.map(({ name }: Json) => name);

  it('lists the tools of its toolset and the core, in both eras; without one everything', async () => {
    const declared = [...world.app.app.get(Catalogue).tools.values()].map(({ declaration }) => declaration);
    const all = names(await rpc('/api/mcp', 'tools/list'));
    expect(all).toEqual(declared.map(({ name }) => name).sort());
    for (const root of ['/api/mcp', '/api/mcp/protocol', '/mcp']) {
      for (const toolset of TOOLSETS) {
        const own = declared.filter((one) => ['core', toolset].includes(one.toolset)).map(({ name }) => name);
        expect([toolset, names(await rpc(`${root}/x/${toolset}`, 'tools/list'))]).toEqual([toolset, own.sort()]);
        expect([toolset, names(await modern(`${root}/x/${toolset}`, 'tools/list'))]).toEqual([toolset, own.sort()]);
      }
    }
    expect(names(await rpc('/api/mcp/x/people', 'tools/list'))).toEqual(
      expect.arrayContaining(['get_organization_context', 'search_employees']),
    );
    expect(names(await rpc('/api/mcp/x/ai', 'tools/list'))).not.toContain('search_employees');
  });

  it('lists at …/readonly only what reads', async () => {
    const reading = [...world.app.app.get(Catalogue).tools.values()].filter(({ declaration }) => declaration.effect === 'read');
    expect(names(await rpc('/api/mcp/readonly', 'tools/list'))).toEqual(reading.map(({ declaration }) => declaration.name).sort());
    const { tools } = (await rpc('/api/mcp/x/people/readonly', 'tools/list')).json.result;
    for (const { annotations } of tools) expect(annotations.readOnlyHint).toBe(true);
  });

  it('refuses what it leaves out, and says so', async () => {
    const call = { name: 'search_employees', arguments: {} };
    for (const answer of [await rpc('/api/mcp/x/ai', 'tools/call', call), await modern('/mcp/x/ai', 'tools/call', call)]) {
      expect(answer.json.result.isError).toBe(true);
      expect(JSON.parse(answer.json.result.content[0].text)).toMatchObject({ code: 'TOOL_DISABLED', hint: expect.stringMatching('/x/') });
    }
    expect((await rpc('/api/mcp/x/people', 'tools/call', call)).json.result.isError).toBeUndefined();
    expect((await rpc('/api/mcp/x/ai', 'tools/call', { name: 'no_such_tool' })).json.error.code).toBe(-32602);
  });

  it('leaves out resources and prompts alike', async () => {
    const uri = 'employee://ext:nobody';
    expect((await rpc('/api/mcp/x/people', 'resources/read', { uri })).json.error.data.code).toBe('NOT_FOUND');
    expect((await rpc('/api/mcp/x/ai', 'resources/read', { uri })).json.error).toMatchObject({ message: 'Resource not found' });
    expect((await rpc('/api/mcp/x/ai', 'resources/read', { uri: 'org://context' })).json.result.contents).toHaveLength(1);
    expect((await rpc('/api/mcp/x/ai', 'resources/templates/list')).json.result.resourceTemplates).not.toContainEqual(
      expect.objectContaining({ uriTemplate: 'employee://{employeeId}' }),
    );
    expect((await rpc('/api/mcp/x/people', 'prompts/get', { name: 'org_review' })).json.result.messages).toHaveLength(1);
    expect((await rpc('/api/mcp/x/ai', 'prompts/get', { name: 'org_review' })).json.error.code).toBe(-32602);
  });

  it('names itself in its metadata and its challenge, and is the one resource that tokens are for', async () => {
    for (const { path } of MOUNTS) {
      const metadata = `/.well-known/oauth-protected-resource${path}`;
      const challenge = await world.send({ method: 'POST', host: owner.host, path });
      expect([path, challenge.status]).toEqual([path, 401]);
      expect(challenge.headers['www-authenticate']).toContain(`resource_metadata="${owner.issuer}${metadata}"`);
      expect((await world.send({ host: owner.host, path: metadata })).json.resource).toBe(owner.issuer + path);
      expect((await world.send({ host: owner.host, path: `/.well-known/oauth-authorization-server${path}` })).json.issuer).toBe(
        owner.issuer,
      );
    }
  });

  it('does not exist with any other toolset', async () => {
    for (const path of ['/api/mcp/x/everything', '/api/mcp/x', '/api/mcp/readonly/x/people', '/api/mcp/X/people', '/x/people']) {
      expect([path, (await rpc(path, 'tools/list')).status]).toEqual([path, 404]);
      expect((await world.send({ host: owner.host, path: `/.well-known/oauth-protected-resource${path}` })).status).toBe(404);
    }
  });

  it('is the same address however it is spelled', async () => {
    for (const path of ['/api/mcp/x/a%69', '/api/mcp/%78/ai/', '/api/mcp/x/ai?toolset=people', '/api/mcp/x/ai/re%61donly'])
      expect([path, names(await rpc(path, 'tools/list'))]).toEqual([path, names(await rpc('/api/mcp/x/ai', 'tools/list'))]);
    for (const path of ['/api/mcp/x/a%2569', '//api/mcp/x/ai', '/api/mcp/x//ai', '/api/mcp/x%2fai'])
      expect([path, (await rpc(path, 'tools/list')).status]).toEqual([path, 404]);
  });

  it('is behind the same gates, rate limit and audit', async () => {
    const tenant = await world.tenant();
    const user = await world.connect(tenant);
    const ask = posted(user, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_employees' } }, {}, '/api/mcp/x/ai');
    const [event] = await world.auditOf(() => world.send(ask));
    expect(event).toMatchObject({ outcome: 'refused', error_code: 'TOOL_DISABLED', tool: 'search_employees', user_id: user.user.id });
    expect((await world.send(ask)).headers).toHaveProperty('x-ratelimit-remaining');
    await world.setFeatures(tenant, false);
    for (const path of ['/api/mcp/x/ai', '/mcp/readonly']) {
      const refused = await world.send({ ...ask, path });
      expect([refused.status, refused.json.error]).toEqual([403, 'mcp_disabled']);
    }
    const foreign = { host: owner.host, path: '/api/mcp/readonly', headers: { origin: 'https://evil.test' } };
    expect((await world.send(foreign)).status).toBe(403);
  });
});
