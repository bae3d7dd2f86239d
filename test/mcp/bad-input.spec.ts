import { Marked, marked, sung } from './canaries';
import { readArguments, scenarioIn } from './read-arguments';
import { scenarioArguments } from './scenario-arguments';
import type { Json } from './wire';
import { World } from './world';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** Stands for what JSON.stringify would not write. */
const RAW = '@1e400@';
const LONG = 'x'.repeat(10_000);

/** Values that a field of this kind must not take. */
function wrong(schema: Schema): unknown[] {
  if (schema.enum) return ['no_such_word', schema.enum[0]!.toUpperCase() + ' ', 7, null, ['x'], LONG, 'a\u0000'];
  switch (schema.type) {
    case 'integer':
      return [1.5, -1, '10', true, null, RAW, 1e15 + 0.5];
    case 'number':
      return [-1, '1', true, null, RAW];
    case 'boolean':
      return ['yes', 1, null, []];
    case 'array':
      return ['x', null, {}, [null], [RAW], [LONG], ['a\u0000']];
    case 'object':
      return ['x', null, [], 7, ...(schema.properties ? [{ constructor: 1 }] : [])];
    default:
      return schema.format === 'date'
        ? ['2026-02-30', 'tomorrow', 20260101, '0000-01-01', null, LONG, RAW]
        : [7, RAW, true, null, { $ne: 1 }, ['x'], LONG, 'a\u0000b', 'half \ud800'];
  }
}

/** Something that a field within a list or an object may be beside the one that is wrong. */
const SOUND: Readonly<Record<string, object>> = {
  filters: { field: 'team', op: 'is_null' },
  period: { from: '2026-01-01', to: '2026-01-31' },
  orderBy: { field: 'headcount' },
  changes: { tool: 'add_team', arguments: { name: 'New' } },
  resolutions: { entityId: 'team_abcdefghijkl', keep: 'live' },
};

/** What takes the ids of several kinds. */
const OF_ANY_KIND = ['changeId', 'scopeId', 'entityId'];

/** What must not be said beside a field. */
const WITHOUT: Readonly<Record<string, object>> = { entityId: { all: undefined }, contractorId: { employeeId: undefined } };

const ISO_SPANS = [
  ['from', 'to'],
  ['startDate', 'endDate'],
] as const;

describe('bad input', () => {
  let world: World;
  let acme: Marked;
  let globex: Marked;
  let tools: { name: string; inputSchema: Schema }[];
  let sound: Record<string, Record<string, unknown>>;
  let planId: string;
  let foreignPlan: string;
  let before: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '1000000' });
    [acme, globex] = [await marked(world, 'Acmebad', '61237'), await marked(world, 'Globexbad', '74568')];
    tools = (await world.rpc(acme.owner, 'tools/list')).json.result.tools;
    const scenario = async (one: Marked): Promise<string> => (await ask(one, 'create_scenario', { title: 'Bad' })).planId;
    [planId, foreignPlan] = [await scenario(acme), await scenario(globex)];
    const { changeIds } = await ask(acme, 'add_team', { planId, name: 'New' });
    const [{ liveRev }] = await world.db.admin<Json>('select live_rev::integer as "liveRev" from platform.organization where id = $1', [
      acme.tenant.orgId,
    ]);
    const all = { ...readArguments(acme), ...scenarioArguments(acme, { changeId: changeIds[0], liveRev }) } as Record<string, object>;
    sound = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, { ...all[name], ...scenarioIn(inputSchema, planId) }]));
    before = await everything();
  });
  afterAll(() => world.close());

  /** Live rows and the changes of all scenarios. */
  async function everything(): Promise<string> {
    const tables = await world.db.admin<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'live' or tablename in ('plan', 'plan_change') order by 1`,
    );
    const hashes = tables.map(({ name }) => `(select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from ${name} t)`);
    return JSON.stringify(await world.db.admin(`select ${hashes.map((hash, at) => `${hash} as t${at}`).join(', ')}`));
  }

  async function ask({ owner }: Marked, name: string, args: object): Promise<Json> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
    const { json, status } = await world.post(owner, body.replaceAll(`"${RAW}"`, '1e400'));
    if (status !== 200 || !json.result) throw new Error(`${name} ${body.slice(0, 200)}: ${status} ${JSON.stringify(json).slice(0, 300)}`);
    return JSON.parse(json.result.content[0].text);
  }

  /** A refusal by its code and field; `problem` tells what is wrong with it as something to act on. */
  function refusal({ code, message, hint, details }: Json): { code: string; fields: string[]; problem?: string } {
    const fields = [...(details?.fields ?? []).map(({ field }: Json) => field), details?.field].filter(
      (field) => typeof field === 'string',
    );
    const problem = [
      code === undefined && 'was answered',
      !(typeof hint === 'string' && hint.length > 10 && hint.length < 600) && 'no hint',
      !(typeof message === 'string' && message.length > 10 && message.length < 1_500) && 'no message',
      /\bat .*\.[jt]s:|node_modules|select |undefined|x{100}/i.test(`${message} ${hint}`) && `text: ${message} ${hint}`,
    ].filter(Boolean);
    return { code, fields, ...(problem.length > 0 && { problem: problem.join(', ') }) };
  }

  /** Asks everything with one field wrong, and tells what did not get the refusal that names it. */
  async function unnamed(cases: Iterable<readonly [tool: string, args: object, code: string, field: string]>): Promise<unknown[]> {
    const odd: unknown[] = [];
    for (const [tool, args, code, field] of cases) {
      const answer = await ask(acme, tool, args);
      const got = refusal(answer);
      // Ids that were sent are no secret.
      const told = sung(JSON.stringify(answer).replaceAll(/"[a-z]+_[a-z0-9]+"/g, ''), globex);
      const named = got.fields.some((one) => one === field || one.startsWith(`${field}[`) || one.startsWith(`${field}.`));
      if (got.code !== code || !named || got.problem || told) odd.push([tool, JSON.stringify(args).slice(0, 300), code, field, got]);
    }
    return odd;
  }

  function* wrongValues(): Generator<readonly [string, object, string, string]> {
    for (const { name, inputSchema } of tools) yield* wrongIn(name, inputSchema, '', (args) => ({ ...sound[name], ...args }));
  }

  /** @param whole the arguments, of the object that is being looked at */
  function* wrongIn(
    tool: string,
    schema: Schema,
    at: string,
    whole: (part: object) => object,
  ): Generator<readonly [string, object, string, string]> {
    for (const [field, one] of Object.entries(schema.properties ?? {})) {
      for (const value of wrong(one)) yield [tool, whole({ [field]: value }), 'VALIDATION', `${at}${field}`];
      const inner = [one, one.items].find((part) => part?.properties);
      const list = one.type === 'array';
      if (inner)
        yield* wrongIn(tool, inner, `${at}${field}${list ? '[0]' : ''}.`, (part) => {
          const made = { ...SOUND[field], ...part };
          return whole({ [field]: list ? [made] : made });
        });
    }
    yield [tool, whole({ nonsense: 1 }), 'VALIDATION', `${at}nonsense`];
  }

  it('MCP-5 of every field of every tool is refused by its name: wrong words, types, days, numbers, lengths and bytes', async () => {
    const cases = [...wrongValues()];
    expect(cases.length).toBeGreaterThan(1_500);
    expect(await unnamed(cases)).toEqual([]);
    expect(await everything()).toBe(before);
  }, 400_000);

  it('is refused where what is needed is missing', async () => {
    const cases = tools.flatMap(({ name, inputSchema }) =>
      (inputSchema.required ?? []).map((field) => {
        const { [field]: _, ...rest } = sound[name]!;
        return [name, rest, field === 'planId' && worksInScenario(name, inputSchema) ? 'SCENARIO_REQUIRED' : 'VALIDATION', field] as const;
      }),
    );
    expect(await unnamed(cases)).toEqual([]);
    for (const [tool, args, , field] of cases) expect((await ask(acme, tool, args)).message).toContain(`${field} is required`);
  });

  it('is told which tool knows the id, where a name came for it', async () => {
    const draft = (tool: string, args: object) => [tool, { planId: acme.ids.scenario, ...args }] as const;
    for (const [[tool, args], hint] of [
      [['get_team_details', { teamId: 'Platform' }], 'Find teamId with search_teams.'],
      [['get_employee_details', { employeeId: 'Margaux Pérignac' }], 'Find employeeId with search_employees.'],
      [draft('update_project', { projectId: acme.ids.project, ownerId: 'Margaux' }), 'Find ownerId with search_employees.'],
      [draft('terminate_employees', { employeeIds: ['Margaux'], endDate: '2031-01-01' }), 'Find employeeIds with search_employees.'],
      [['search_employees', { jobRoleId: 'Engineer' }], 'Find jobRoleId with list_job_roles.'],
      [['search_employees', { geographyId: 'Berlin' }], 'Find geographyId with get_geographies.'],
      [['get_project_details', { projectId: 'Atlas' }], 'Find projectId with search_projects.'],
      [['get_scenario', { planId: 'Growth' }], 'Find planId with list_scenarios.'],
      [['compare_scenarios', { planIds: ['ext:1'] }], 'Find planIds with list_scenarios.'],
    ] as const)
      expect([tool, await ask(acme, tool, args)]).toEqual([
        tool,
        expect.objectContaining({ code: 'VALIDATION', hint: expect.stringContaining(hint) }),
      ]);
    const { error } = (await world.rpc(acme.owner, 'resources/read', { uri: 'employee://Margaux' })).json;
    expect(error.data).toMatchObject({
      message: 'employeeId must be the id of an employee (emp_…), ext: and its external id, or an e-mail address.',
      hint: 'Find employeeId with search_employees. Read again with the address corrected.',
    });
    expect((await ask(acme, 'get_scenario', { planId: 'x' })).message).toBe('planId must be the id of a scenario (plan_…).');
    expect((await ask(acme, 'get_team_details', { teamId: 'x' })).message).toBe(
      'teamId must be the id of a team (team_…) or ext: and its external id.',
    );
  });

  /** Who forgets the scenario to change, or in whose world to look, hears of scenarios; who forgets the one to tell about, of the field. */
  const worksInScenario = (tool: string, { properties }: Schema): boolean =>
    properties?.['dryRun'] !== undefined || tool === 'validate_scenario';

  it('is not found where it is of another customer or of nobody, and refused where it is of another kind', async () => {
    const foreign: Record<string, string> = {
      planId: foreignPlan,
      compareTo: foreignPlan,
      baseline: foreignPlan,
      sourcePlanId: foreignPlan,
      planIds: foreignPlan,
      changeId: 'chg_abcdefghijkl',
    };
    const cases = tools.flatMap(({ name, inputSchema }) =>
      Object.entries(inputSchema.properties ?? {}).flatMap(([field, { type }]): (readonly [string, object, string, string])[] => {
        const kind = /^(?:reassignTo|to|newManager|parent|source|hiring|user|owner|filledBy)?(\w+?)Ids?$/i.exec(field)?.[1]?.toLowerCase();
        // Of somebody who is no member any more there may still be entries: nobody is known to be unknown.
        if (name === 'get_activity_log') return [];
        if (kind === undefined && foreign[field] === undefined) return [];
        const ids = foreign[field] ? [foreign[field], 'plan_ofnobody2345'] : idsFor(field, name);
        const given = (id: string): object => ({ ...sound[name], ...WITHOUT[field], [field]: type === 'array' ? [id] : id });
        const scope = field === 'scopeId' && name === 'get_budget_status' ? { scope: 'team' } : {};
        return [
          ...ids.map((id) => [name, { ...given(id), ...scope }, field === 'entityId' ? 'VALIDATION' : 'NOT_FOUND', field] as const),
          ...(OF_ANY_KIND.includes(field) ? [] : [[name, given('wi_abcdefghijkl'), 'VALIDATION', field] as const]),
        ];
      }),
    );
    expect(cases.length).toBeGreaterThan(150);
    expect(await unnamed(cases)).toEqual([]);
    expect(await everything()).toBe(before);
  }, 400_000);

  /** Ids of the other customer and of nobody, of the kind that a field takes. */
  function idsFor(field: string, tool: string): string[] {
    const kinds: [RegExp, string, string][] = [
      [/employee|manager|owner/i, globex.ids.employee, 'emp'],
      [/team|scope/i, globex.ids.team, 'team'],
      [/geography/i, globex.ids.geography, 'geo'],
      [/jobRole/i, globex.ids.jobRole, 'role'],
      [/contractor|company/i, globex.ids.contractor, 'con'],
      [/vacancy/i, globex.ids.vacancy, 'vac'],
      [/aiAgent/i, globex.ids.aiAgent, 'agt'],
      [/project/i, globex.ids.project, 'prj'],
      [/allocation/i, globex.ids.allocation, 'alc'],
      [/costCentre/i, 'cc_abcdefghijkl', 'cc'],
      [/valueStream/i, 'vs_abcdefghijkl', 'vs'],
      [/workType/i, 'wt_abcdefghijkl', 'wt'],
      [/user/i, globex.ids.user, 'usr'],
      [/entity/i, globex.ids.employee, 'emp'],
    ];
    const found = kinds.find(([fits]) => fits.test(field));
    if (!found) throw new Error(`No id for ${tool}.${field}.`);
    return [found[1], `${found[2]}_abcdefghijkl`];
  }

  it('is refused where a period ends before it begins', async () => {
    const cases = tools.flatMap(({ name, inputSchema: { properties = {} } }) =>
      ISO_SPANS.filter(([from, to]) => properties[from] && properties[to]).map(
        ([from, to]) => [name, { ...sound[name], [from]: '2031-02-02', [to]: '2031-02-01' }, 'VALIDATION', to] as const,
      ),
    );
    expect(cases.length).toBeGreaterThan(8);
    const period = { from: '2026-02-01', to: '2026-01-01' };
    expect(await unnamed([...cases, ['query_analytics', { metrics: ['fte'], period }, 'VALIDATION', 'period']])).toEqual([]);
  });

  it('is refused where a cursor is made up, of another list, or of other arguments', async () => {
    const lists = tools.filter(({ inputSchema }) => inputSchema.properties?.['cursor']);
    expect(lists.length).toBeGreaterThan(15);
    const made = Buffer.from(JSON.stringify([1, 'AAAAAAAAAAAAAAAA', '2026-01-01', 'a', 'b'])).toString('base64url');
    const real = (await ask(acme, 'search_teams', { limit: 1 })).nextCursor as string;
    const cursors = ['x', 'AAAA', Buffer.from('[1]').toString('base64url'), made, real, `${real}x`];
    const cases = lists.flatMap(({ name }) =>
      cursors.map(
        (cursor) => [name, { ...sound[name], cursor, ...(name === 'search_teams' && { query: 'zz' }) }, 'VALIDATION', 'cursor'] as const,
      ),
    );
    expect(await unnamed(cases)).toEqual([]);
  });
});
