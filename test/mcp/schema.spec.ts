import { AjvJsonSchemaValidator } from '@modelcontextprotocol/server/validators/ajv';
import { declaredTokens } from '../../bench/token-counts';
import { Catalogue, schemaOf } from '../../src/mcp';
import { isPermission } from '../../src/permissions';
import { addressed, Marked, marked } from './canaries';
import { readArguments, scenarioIn } from './read-arguments';
import { scenarioArguments } from './scenario-arguments';
import { Connection, World } from './world';
import type { Json } from './wire';

/** Words that only an attempt to steer a model would need (MCP-7). */
const STEERING = /ignore (all|any|previous)|you must|system prompt|<[a-z]+>|https?:\/\//i;

/** Arguments of another tool, which are held to that tool's own schema when they come. */
const isFree = (schema: Json): boolean => schema?.type === 'object' && schema.properties === undefined;

/** All closed object schemas within a schema, itself included, with where they are. */
function* objects(schema: Json, at = '$'): Generator<[string, Json]> {
  if (schema?.type === 'object' && !isFree(schema)) yield [at, schema];
  for (const [name, child] of Object.entries((schema?.properties ?? {}) as Record<string, Json>)) yield* objects(child, `${at}.${name}`);
  if (schema?.items) yield* objects(schema.items, `${at}[]`);
}

describe('the catalogue', () => {
  let world: World;
  let one: Marked;
  let tools: Json[];
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    one = await marked(world, 'Schemasong', '60606');
    tools = (await world.rpc(one.owner, 'tools/list')).json.result.tools;
  });
  afterAll(() => world.close());

  const each = (check: (tool: Json) => void): void => {
    expect(tools.length).toBeGreaterThan(0);
    for (const tool of tools) check(tool);
  };

  it('MCP-8 lists the tools, resources and prompts that it is pinned to', async () => {
    const lists = await Promise.all(
      ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'].map((method) => world.rpc(one.owner, method)),
    );
    expect(lists.map(({ json }) => json.result)).toMatchSnapshot();
  });

  it('MCP-8 is the same for every customer and role, in both eras and every time', async () => {
    const others: Connection[] = [
      await world.connect(await world.tenant(), { role: 'viewer' }),
      await world.connect(one.tenant, { role: 'admin', bare: true }),
      one.owner,
    ];
    for (const other of others) {
      expect((await world.rpc(other, 'tools/list')).json.result.tools).toEqual(tools);
      expect((await world.modern(other, 'tools/list')).json.result.tools).toEqual(tools);
    }
    expect(tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name).sort());
  });

  it('has names that every client can take, each once', () => {
    each(({ name }) => expect(name).toMatch(/^[a-z][a-z0-9_]{2,47}$/));
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
  });

  it('MCP-7 describes each tool in at most 1,024 plain characters, and steers nobody', () => {
    each(({ name, title, description }) => {
      expect([name, title.length > 3 && title.length <= 60, description.length > 40 && description.length <= 1_024]).toEqual([
        name,
        true,
        true,
      ]);
      expect(description).toMatch(/^[\x20-\x7e–…€]+$/);
      expect(description).not.toMatch(STEERING);
    });
  });

  it('costs a model at most 8,000 tokens for all tools that read, 15,000 for all', () => {
    const tokens = (some: Json[]): number => some.reduce((sum, tool) => sum + declaredTokens(tool), 0);
    expect(tokens(tools.filter(({ annotations }) => annotations.readOnlyHint))).toBeLessThanOrEqual(8_000);
    expect(tokens(tools)).toBeLessThanOrEqual(15_000);
  });

  it('takes closed objects whose every field says what it is', () => {
    each(({ name, inputSchema }) => {
      for (const [at, schema] of objects(inputSchema)) {
        expect([name, at, schema.additionalProperties]).toEqual([name, at, false]);
        for (const [field, { description, type }] of Object.entries<Json>(schema.properties))
          expect([name, field, typeof description, typeof type]).toEqual([name, field, 'string', 'string']);
      }
    });
  });

  it('leaves open only what another tool closes: the arguments of a change that is applied with others', () => {
    const free = tools.filter(({ inputSchema }) => JSON.stringify(inputSchema).includes('"type":"object","description"'));
    expect(free.map(({ name }) => name)).toEqual(['apply_scenario_changes']);
    const { items } = free[0]!.inputSchema.properties.changes;
    expect(Object.entries<Json>(items.properties).filter(([, schema]) => isFree(schema))).toHaveLength(1);
  });

  it('gives closed objects; neither side is composed at the top or refers elsewhere', () => {
    each(({ name, inputSchema }) => {
      const { output } = world.app.app.get(Catalogue).tools.get(name)!.declaration;
      for (const schema of [inputSchema, schemaOf(output!)] as Json[]) {
        expect([name, schema.type]).toEqual([name, 'object']);
        for (const word of ['oneOf', 'anyOf', 'allOf', 'not', 'if', '$ref']) expect(Object.keys(schema)).not.toContain(word);
        expect(JSON.stringify(schema)).not.toMatch(/"\$ref":"[^#]|x-mcp-header/);
        for (const [at, part] of objects(schema)) {
          expect([name, at, part.additionalProperties]).toEqual([name, at, false]);
          expect(Object.keys(part.properties)).toEqual(expect.arrayContaining(part.required ?? []));
        }
      }
    });
  });

  it('lists an output by its outline: its own fields, not those of the objects in it', () => {
    each(({ name, outputSchema }) => {
      const full = schemaOf(world.app.app.get(Catalogue).tools.get(name)!.declaration.output!) as Json;
      expect([name, outputSchema.required, Object.keys(outputSchema.properties)]).toEqual([
        name,
        full.required,
        Object.keys(full.properties),
      ]);
      for (const { type, items, properties } of Object.values<Json>(outputSchema.properties))
        expect([name, type, properties, items?.properties]).toEqual([name, expect.any(String), undefined, undefined]);
    });
  });

  it('MCP-9 hints that reading tools read, that those which take a scenario to change it do not, and which of them remove', () => {
    each(({ name, annotations, title, inputSchema }) => {
      const reads = !('dryRun' in inputSchema.properties);
      const destructiveHint = /^(delete|terminate|discard|apply)_/.test(name);
      expect([name, annotations]).toEqual([
        name,
        { title, readOnlyHint: reads, destructiveHint, idempotentHint: reads, openWorldHint: false },
      ]);
    });
  });

  it('declares for every call the rights it needs', () => {
    const { tools: calls, resources, prompts } = world.app.app.get(Catalogue);
    for (const { declaration } of [...calls.values(), ...resources.values(), ...prompts.values()]) {
      expect([declaration.name, declaration.permissions.length > 0, declaration.permissions.every(isPermission)]).toEqual([
        declaration.name,
        true,
        true,
      ]);
    }
  });

  it('refuses every tool, resource and prompt to somebody without any right', async () => {
    await world.db.admin(`insert into platform.role (org_id, name, permissions) values ($1, 'nobody', '{}')`, [one.tenant.orgId]);
    const nobody = await world.connect(one.tenant, { role: 'nobody' });
    for (const { name } of tools) {
      const { result } = (await world.call(nobody, name)).json;
      expect([name, result.isError, JSON.parse(result.content[0].text).code]).toEqual([
        name,
        true,
        expect.stringMatching(/^(PERMISSION_DENIED|VALIDATION|SCENARIO_REQUIRED)$/),
      ]);
    }
    const { resources } = (await world.rpc(nobody, 'resources/list')).json.result;
    const { resourceTemplates } = (await world.rpc(nobody, 'resources/templates/list')).json.result;
    const uris = [
      ...resources.map(({ uri }: Json) => uri),
      ...resourceTemplates.map(({ uriTemplate }: Json) => addressed(uriTemplate, one.ids)),
    ];
    for (const uri of uris) expect((await world.rpc(nobody, 'resources/read', { uri })).json.error?.data?.code).toBe('PERMISSION_DENIED');
    for (const { name } of (await world.rpc(nobody, 'prompts/list')).json.result.prompts) {
      expect((await world.rpc(nobody, 'prompts/get', { name, arguments: {} })).json.error).toBeDefined();
    }
  });

  it('keeps to its output schemas, for every role and in both eras', async () => {
    const reads = readArguments(one);
    const [{ liveRev }] = await world.db.admin<Json>('select live_rev::integer as "liveRev" from platform.organization where id = $1', [
      one.tenant.orgId,
    ]);
    const validator = new AjvJsonSchemaValidator();
    for (const role of ['owner', 'finance', 'manager', 'viewer']) {
      const connection = await world.connect(one.tenant, { role });
      const { result: made } = (await world.call(connection, 'create_scenario', { title: role })).json;
      const planId = made.structuredContent?.planId ?? 'plan_ofnobody2345';
      const { result: changed } = (await world.call(connection, 'add_team', { planId, name: role })).json;
      const changes = scenarioArguments(one, { liveRev, changeId: changed.structuredContent?.changeIds[0] ?? 'chg_nothing23456' });
      for (const { name, inputSchema, outputSchema } of tools) {
        const { output } = world.app.app.get(Catalogue).tools.get(name)!.declaration;
        const [listed, whole] = [outputSchema, schemaOf(output!)].map((schema) => validator.getValidator(schema));
        const call = {
          name,
          arguments: { ...reads[name], ...changes[name], ...scenarioIn(inputSchema, planId) },
        };
        for (const { json } of [await world.rpc(connection, 'tools/call', call), await world.modern(connection, 'tools/call', call)]) {
          // Who may not make a scenario has none to read.
          const refusals = made.isError ? ['PERMISSION_DENIED', 'NOT_FOUND'] : ['PERMISSION_DENIED'];
          if (json.result.isError)
            expect([name, refusals]).toEqual([name, expect.arrayContaining([JSON.parse(json.result.content[0].text).code])]);
          else
            for (const validate of [listed!, whole!])
              expect([role, name, validate(json.result.structuredContent).errorMessage]).toEqual([role, name, undefined]);
          if (!json.result.isError) expect(JSON.parse(json.result.content[0].text)).toEqual(json.result.structuredContent);
        }
      }
    }
  });
});
