import { MOUNTS, type Toolset, TOOLSETS } from '../../src/access';
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
        const own = declared
          .filter((one) => ['core', toolset].some((part) => [one.toolset].flat().includes(part as Toolset)))
          .map(({ name }) => name);
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

  it('offers what a scenario is written with together: a draft is made, found and read at x/scenario_writes', async () => {
    const call = async (name: string, args: object): Promise<Json> =>
      (await rpc('/api/mcp/x/scenario_writes', 'tools/call', { name, arguments: args })).json.result.structuredContent;
    const { planId } = await call('create_scenario', { title: 'By itself' });
    expect(await call('add_team', { planId, name: 'Labs' })).toMatchObject({ planId, planRev: 1 });
    expect((await call('list_scenarios', {})).items).toEqual([expect.objectContaining({ id: planId })]);
    expect(await call('get_scenario', { planId })).toMatchObject({ rev: 1 });
  });

  it('offers a prompt where each tool is that its text names, and nowhere else', async () => {
    const { prompts } = world.app.app.get(Catalogue);
    const all = names(await rpc('/api/mcp', 'tools/list')).filter((name) => name.includes('_'));
    for (const { declaration } of prompts.values()) {
      const asked = { name: declaration.name, arguments: declaration.name === 'reorg_what_if' ? { change: 'less' } : {} };
      const { text } = (await rpc('/api/mcp', 'prompts/get', asked)).json.result.messages[0].content;
      const named = all.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
      expect([declaration.name, named]).toEqual([declaration.name, [...declaration.tools].sort()]);
    }
    const offered = async (path: string): Promise<string[]> =>
      (await rpc(path, 'prompts/list')).json.result.prompts.map(({ name }: Json) => name);
    expect(await offered('/api/mcp/x/scenarios')).toEqual(['prepare_approval_pack', 'scenario_review']);
    expect(await offered('/api/mcp/x/finance')).toEqual([]);
    expect(await offered('/api/mcp')).toHaveLength(prompts.size);
    expect(await offered('/api/mcp/readonly')).not.toContain('reorg_what_if');
    const left = { name: 'reorg_what_if', arguments: { change: 'less' } };
    expect((await rpc('/api/mcp/x/scenarios', 'prompts/get', left)).json.error.code).toBe(-32602);
  });

  it('names as the way on only what it offers', async () => {
    const context = { name: 'get_organization_context', arguments: {} };
    for (const path of ['/api/mcp', '/api/mcp/x/work', '/api/mcp/x/ai/readonly', '/api/mcp/x/scenario_writes']) {
      const offered = names(await rpc(path, 'tools/list'));
      const { next, me } = (await rpc(path, 'tools/call', context)).json.result.structuredContent;
      const named = next.flatMap((line: string) => line.split(': ')[0]!.split(', '));
      expect([path, named.length > 0, named.filter((name: string) => !offered.includes(name))]).toEqual([path, true, []]);
      expect([path, me.mayWriteScenarios]).toEqual([path, offered.includes('create_scenario')]);
      const read = await rpc(path, 'resources/read', { uri: 'org://context' });
      expect(JSON.parse(read.json.result.contents[0].text).next).toEqual(next);
    }
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
