import type { Client } from '@modelcontextprotocol/client';
import { answerOf, mcpClient } from '../support/mcp-client';
import { createUser, TestUser } from '../support/people';
import { Marked, marked, sung } from './canaries';
import { readArguments, scenarioIn } from './read-arguments';
import { FIELDS, keptOf, NARROWED, Role, ROLES, TOOLS } from './rights-table';
import { scenarioArguments } from './scenario-arguments';
import type { Json } from './wire';
import { World } from './world';

const EVERYBODY = Object.keys(ROLES) as Role[];

/** Somebody with their client, and a scenario that they may change, or read if they may not write any. */
interface Person {
  readonly role: Role;
  readonly user: TestUser;
  readonly client: Client;
  readonly planId: string;
  readonly changeId: string;
}

describe('the rights of each role', () => {
  let world: World;
  let acme: Marked;
  let globex: Marked;
  let people: Person[];
  let foreign: Person;
  let tools: { name: string; inputSchema: Json }[];
  /** Where the requests of all clients go; their tokens are Acme's. */
  let host: Marked;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    [acme, globex] = [await marked(world, 'Acmeright', '71237'), await marked(world, 'Globexright', '84568')];
    host = acme;
    const owner = await person('owner', acme);
    foreign = await person('owner', globex);
    people = [owner];
    for (const role of EVERYBODY.filter((one) => one !== 'owner')) people.push(await person(role, acme, owner.planId));
    tools = (await owner.client.listTools()).tools;
  }, 120_000);
  afterAll(async () => {
    for (const { client } of [foreign, ...people]) await client.close();
    await world.close();
  });

  function clientOf(tenant: Marked, user: TestUser, scope?: string): Promise<Client> {
    const origin = world.app.origin(tenant.tenant.slug);
    const fetched = (url: string | URL, init?: RequestInit): Promise<Response> =>
      fetch(String(url).replace(origin, host === acme ? origin : world.app.origin(host.tenant.slug)), init);
    return mcpClient(origin, user, undefined, { scope, fetch: fetched });
  }

  async function person(role: Role, tenant: Marked, shared?: string): Promise<Person> {
    const user = await createUser(world.db, role, tenant.tenant.orgId);
    const client = await clientOf(tenant, user);
    if (!ROLES[role].has('scenarios.write')) {
      await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [tenant.tenant.orgId, shared, user.id]);
      return { role, user, client, planId: shared!, changeId: 'chg_nothing23456' };
    }
    const { planId } = (await answerOf(client, 'create_scenario', { title: role })).data;
    const { changeIds } = (await answerOf(client, 'add_team', { planId, name: role })).data;
    return { role, user, client, planId, changeId: changeIds[0] };
  }

  /** The arguments of each tool, about rows of a tenant and in somebody's scenario. */
  async function argumentsOf({ ids }: Marked, { planId, changeId }: Pick<Person, 'planId' | 'changeId'>): Promise<Record<string, Json>> {
    const [{ liveRev }] = await world.db.admin<Json>('select live_rev::integer as "liveRev" from platform.organization where id = $1', [
      ids.organization,
    ]);
    const changes = scenarioArguments({ ids } as Marked, { changeId, liveRev });
    const all = { ...readArguments({ ids }), ...changes } as Record<string, Json>;
    return Object.fromEntries(tools.map(({ name, inputSchema }) => [name, { ...all[name], ...scenarioIn(inputSchema, planId) }]));
  }

  /** The rights that a refusal names: those that what is asked for needs are looked at when the tool itself is allowed. */
  const missing = (tool: string, rights: ReadonlySet<string>): string[] => {
    const { always, asked } = TOOLS[tool]!;
    const lacking = (all: readonly string[]): string[] => all.filter((right) => !rights.has(right)).sort();
    return always.every((right) => rights.has(right)) ? lacking(asked) : lacking(always);
  };
  /** What a tool answered: `ok`, or the code of its refusal and the rights that it says are missing. */
  const outcome = async (client: Client, tool: string, args: Json): Promise<unknown> => {
    const { isError, data } = await answerOf(client, tool, args);
    return isError ? [data.code, ...(data.details?.missing ?? []).toSorted()] : 'ok';
  };

  it('are written down for every tool', () => {
    expect(Object.keys(TOOLS).sort()).toEqual(tools.map(({ name }) => name).sort());
  });

  it.each(EVERYBODY)(
    '%s: every tool answers, or refuses and names each right that is missing',
    async (role) => {
      const { client, ...own } = people.find((one) => one.role === role)!;
      const seen: Record<string, unknown> = {};
      for (const [tool, args] of Object.entries(await argumentsOf(acme, own))) seen[tool] = await outcome(client, tool, args);
      const expected = Object.keys(seen).map((tool) => [tool, missing(tool, ROLES[role])] as const);
      expect(seen).toEqual(
        Object.fromEntries(expected.map(([tool, lacking]) => [tool, lacking.length === 0 ? 'ok' : ['PERMISSION_DENIED', ...lacking]])),
      );
    },
    60_000,
  );

  it.each(EVERYBODY)('%s: a field is shown, or left out and named', async (role) => {
    const { client, ...own } = people.find((one) => one.role === role)!;
    const args = await argumentsOf(acme, own);
    for (const [tool, path, right] of FIELDS) {
      const { data } = await answerOf(client, tool, args[tool]);
      const [field, list] = path.split('.').reverse();
      const shown = (list === undefined ? [data] : data[list]).some((one: Json) => one[field!] !== undefined);
      const named = (data.redacted ?? []).includes(field);
      expect([tool, path, shown, named]).toEqual([tool, path, ROLES[role].has(right), !ROLES[role].has(right)]);
    }
  });

  it.each(EVERYBODY)(
    "%s: another customer's rows and scenarios are not there, and none of it is told",
    async (role) => {
      const { client, ...own } = people.find((one) => one.role === role)!;
      const ownPlan = await argumentsOf(globex, own);
      const [theirs, ours] = [await argumentsOf(globex, foreign), await argumentsOf(acme, own)];
      for (const [args, about] of [[theirs, 'their scenario'] as const, [ownPlan, 'their rows in a scenario of ours'] as const])
        for (const { name } of tools) {
          const { isError, data, text } = await answerOf(client, name, args[name]);
          const asksForTheirs =
            JSON.stringify({ ...args[name], expectedLiveRev: 0 }) !== JSON.stringify({ ...ours[name], expectedLiveRev: 0 });
          const allowed = TOOLS[name]!.always.every((right) => ROLES[role].has(right));
          const code = !allowed ? 'PERMISSION_DENIED' : asksForTheirs ? 'NOT_FOUND' : undefined;
          expect([about, name, isError ? data.code : undefined]).toEqual([about, name, code]);
          expect([name, sung(text, globex)]).toEqual([name, undefined]);
        }
    },
    120_000,
  );

  it.each(NARROWED.flatMap((scopes) => EVERYBODY.map((role) => [role, scopes] as const)))(
    '%s through a connection for %j: what is left out is refused as that',
    async (role, scopes) => {
      const { user, ...own } = people.find((one) => one.role === role)!;
      const client = await clientOf(acme, user, `openid ${scopes.join(' ')}`);
      const rights = keptOf(role, scopes);
      for (const [tool, args] of Object.entries(await argumentsOf(acme, own))) {
        const lacking = missing(tool, rights);
        expect([tool, await outcome(client, tool, args)]).toEqual([tool, lacking.length === 0 ? 'ok' : ['SCOPE_MISSING', ...lacking]]);
      }
      await client.close();
    },
    60_000,
  );

  it('TEN-8 hold at the host of their own tenant only: elsewhere every tool is 401', async () => {
    host = globex;
    for (const { role, client, ...own } of people)
      for (const [tool, args] of Object.entries(await argumentsOf(acme, own)))
        expect([role, tool, await refusedWith(client, tool, args)]).toEqual([role, tool, 401]);
    host = acme;
  }, 120_000);

  it('TEN-6 hold while the toggle is on only: off, every tool is 403', async () => {
    await world.setFeatures(acme.tenant, false);
    for (const { role, client, ...own } of people)
      for (const [tool, args] of Object.entries(await argumentsOf(acme, own)))
        expect([role, tool, await refusedWith(client, tool, args)]).toEqual([role, tool, 403]);
    await world.setFeatures(acme.tenant, true);
    for (const { role, client } of people) expect([role, await outcome(client, 'get_my_access', {})]).toEqual([role, 'ok']);
  }, 120_000);

  /** The HTTP status that a client failed with. */
  async function refusedWith(client: Client, name: string, args: Json): Promise<unknown> {
    try {
      return await client.callTool({ name, arguments: args });
    } catch (error) {
      return (error as Json).status ?? (error as Json).data?.status ?? (error as Json).code ?? error;
    }
  }
});
