import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Caller } from '../../src/access';
import { Database } from '../../src/database';
import { DemoSeed } from '../../src/imports';
import { Catalogue, schemaOf } from '../../src/mcp';
import { CallRunner } from '../../src/mcp/call-runner';
import type { RpcRequest } from '../../src/mcp/mcp-call';
import { Permission, permissionsOfRole } from '../../src/permissions';
import type { Json } from '../mcp/wire';
import { startApp, TestApp } from '../support/app';

describe('the read tools over the demo', () => {
  let app: TestApp;
  let organizations: Record<string, { id: string; tenant_id: string }>;

  beforeAll(async () => {
    app = await startApp();
    await new DemoSeed(app.app.get(Database)).seedIfEmpty();
    const rows = await app.db.admin<{ id: string; name: string; tenant_id: string }>('select id, name, tenant_id from organization');
    organizations = Object.fromEntries(rows.map((row) => [row.name, row]));
  });
  afterAll(() => app.close());

  /** A tool call after the gates: strict validation, guards, read-only transaction, result. */
  async function call(
    role: string | Permission[],
    name: string,
    args: object = {},
    organization = 'Acme',
  ): Promise<{ data: Json; error: boolean; text: string }> {
    const { id, tenant_id: tenantId } = organizations[organization] as { id: string; tenant_id: string };
    const permissions = new Set(typeof role === 'string' ? permissionsOfRole(role) : role);
    const user = {
      userId: 'usr_test',
      userName: 'Tess Tester',
      role: String(role),
      grantId: 'gnt_test',
      clientId: 'mcp_test',
      clientName: 'Test',
      scopes: [],
      expiresAt: 0,
    };
    const caller: Caller = { ...user, tenantId, orgId: id, orgName: organization, permissions, withheld: [] };
    const tenant = { id: tenantId, slug: 'x', name: 'X', plan: 'business', features: { mcp_external_access: true } };
    const rpc = { signal: new AbortController().signal } as RpcRequest;
    const outcome = await app.app
      .get(CallRunner)
      .tool(
        { caller, tenant, issuer: 'http://x.localhost', requestId: 'req_test', narrowing: { readOnly: false }, era: 'modern' },
        name,
        args,
        rpc,
      );
    const { content, isError } = outcome?.result as CallToolResult;
    const { text } = content[0] as { text: string };
    return { data: JSON.parse(text), error: isError === true, text };
  }

  const CALLS: Record<string, (context: Json) => object[]> = {
    get_organization_context: () => [{}],
    search_employees: ({ topTeams }) => [
      {},
      { limit: 100, status: 'all' },
      { query: 'a', teamId: topTeams[0].id, includeSubteams: true },
      { skill: 'SQL', asOf: '2025-01-31' },
    ],
    get_employee_details: () => [{ employeeId: 'ext:HR-0001' }, { employeeId: 'ext:HR-0010', asOf: '2024-01-01' }],
    rank_employees: ({ topTeams }) => [
      { by: 'salary' },
      { by: 'total', currency: 'USD', order: 'lowest', teamId: topTeams[1].id, includeSubteams: true, limit: 3 },
    ],
    list_metrics: () => [{}, { group: 'money' }],
    query_analytics: ({ topTeams }) => [
      { metrics: ['headcount', 'fte'], dimensions: ['team', 'period'], preset: 'last_12_months' },
      {
        ...{ metrics: ['joiners', 'attrition_rate'], dimensions: ['job_role'], compareTo: 'previous_period', limit: 5 },
        filters: [{ field: 'team', op: 'under', value: topTeams[0].id }],
      },
    ],
  };

  it('answer exactly what their output schemas say, for every role', async () => {
    const { tools } = app.app.get(Catalogue);
    for (const role of ['owner', 'finance', 'viewer']) {
      const { data: context } = await call(role, 'get_organization_context');
      for (const [name, inputs] of Object.entries(CALLS)) {
        for (const input of inputs(context)) {
          const { data, error, text } = await call(role, name, input);
          if (role === 'viewer' && name === 'rank_employees') {
            expect([error, data['code']]).toEqual([true, 'PERMISSION_DENIED']);
            continue;
          }
          expect(mismatches(schemaOf(tools.get(name)!.declaration.output!) as Json, data)).toEqual([]);
          expect([name, error, text.length < 60_000]).toEqual([name, false, true]);
        }
      }
    }
  });

  it('show no byte of pay to anyone without compensation.read', async () => {
    const amounts = await app.db.admin<{ amount: string }>(
      `select distinct trunc(annual_salary)::text as amount from salary_adjustment where annual_salary > 10000`,
    );
    const secret = new RegExp(`"(${amounts.map(({ amount }) => amount).join('|')})(\\.\\d+)?"`);
    for (const role of ['viewer', 'member', 'manager', 'admin']) {
      const { data: context } = await call(role, 'get_organization_context');
      for (const [name, inputs] of Object.entries(CALLS)) {
        for (const input of inputs(context)) expect((await call(role, name, input)).text).not.toMatch(secret);
      }
      expect((await call(role, 'search_employees', { limit: 100 })).text).not.toMatch(/salary|bonus/i);
    }
    expect((await call('finance', 'rank_employees', { by: 'salary' })).text).toMatch(secret);
  });

  it('refuse arguments that are wrong or unknown', async () => {
    for (const [name, args] of [
      ['search_employees', { planId: 'emp_abcdefghijkl' }],
      ['get_organization_context', { planId: 'plan_abcdefghijkl' }],
      ['search_employees', { limit: 1000 }],
      ['search_employees', { teamId: 'Engineering' }],
      ['get_employee_details', {}],
      ['rank_employees', { by: 'name' }],
      ['rank_employees', {}],
      ['get_organization_context', { anything: 1 }],
    ] as const) {
      const { data, error } = await call('owner', name, args);
      expect([name, error, data['code']]).toEqual([name, true, 'VALIDATION']);
    }
  });

  it.each([
    ['search_employees', { limit: 100 }, ({ items, hasMore }: Json) => (hasMore ? 101 : items.length)],
    ['rank_employees', { by: 'salary' }, ({ total }: Json) => total],
  ] as const)('%s takes a team with the teams below it, unless told otherwise', async (name, args, size) => {
    const { topTeams } = (await call('owner', 'get_organization_context')).data;
    const teamId = topTeams[0].id;
    const usual = size((await call('owner', name, { ...args, teamId })).data);
    expect(usual).toBe(size((await call('owner', name, { ...args, teamId, includeSubteams: true })).data));
    expect(usual).toBeGreaterThan(size((await call('owner', name, { ...args, teamId, includeSubteams: false })).data));
  });

  it('know nothing of another customer: its ids are like random ones, byte for byte', async () => {
    const [foreign] = await app.db.admin<{ id: string; email: string }>(
      'select id, email from employee where org_id = $1 and email is not null',
      [organizations['Globex']!.id],
    );
    const answers = new Set<string>();
    for (const given of [foreign!.id, foreign!.email, 'emp_aaaaaaaaaaaa', 'nobody@nowhere.example']) {
      const { text } = await call('owner', 'get_employee_details', { employeeId: given });
      answers.add(text.replaceAll(given, 'GIVEN'));
    }
    expect([...answers]).toHaveLength(1);
    const families = await app.db.admin<{ last_name: string }>('select distinct last_name from employee where org_id = $1', [
      organizations['Globex']!.id,
    ]);
    for (const { last_name: family } of families)
      expect((await call('owner', 'search_employees', { query: family.split('-')[0], status: 'all' })).data['items']).toEqual([]);
  });

  it('tell a caller who they are and what to call next', async () => {
    const viewer = (await call('viewer', 'get_organization_context')).data;
    expect(viewer['me']).toMatchObject({ name: 'Tess Tester', roles: ['viewer'], mayWriteScenarios: false });
    expect(String(viewer['next'])).not.toMatch('rank_employees');
    const owner = (await call('owner', 'get_organization_context')).data;
    expect(owner).toMatchObject({
      organization: { name: 'Acme', timeZone: 'Europe/Berlin' },
      currency: 'EUR',
      fiscalYear: { startMonth: 4 },
      counts: { teams: 35, geographies: 6 },
    });
    expect(String(owner['next'])).toMatch('rank_employees');
    const named = (owner['next'] as string[]).flatMap((line) => line.split(':')[0]!.split(', '));
    expect(named.filter((tool) => !app.app.get(Catalogue).tools.has(tool))).toEqual([]);
    expect(Object.values(owner['freshness']).every((one) => /^\d/.test(String(one)))).toBe(true);
    expect(owner['freshness']).toMatchObject({ effortWeek: expect.any(String), aiUsage: expect.any(String), projects: expect.any(String) });
    for (const kind of ['contractors', 'vacancies', 'projects', 'aiAgents'])
      expect([kind, owner['counts'][kind] > 0]).toEqual([kind, true]);
    expect(owner['people'].employed + owner['people'].departed + owner['people'].future).toBe(415);
    expect(owner['topTeams'][0]).toMatchObject({ name: 'Acme', headcount: owner['people'].employed });
    expect(owner['fiscalYear'].from <= owner['today'] && owner['today'] <= owner['fiscalYear'].to).toBe(true);
  });

  it('keep figures about people and teams from a connection that covers neither', async () => {
    const { data } = await call(['org.read'], 'get_organization_context');
    expect(data['redacted']).toEqual(['people', 'topTeams', 'contractors', 'vacancies', 'projects', 'scenarios', 'effort', 'aiUsage']);
    expect(Object.keys(data['counts']).sort()).toEqual(['aiAgents', 'costCentres', 'geographies', 'jobRoles', 'teams', 'valueStreams']);
    expect(Object.keys(data['freshness']).sort()).toEqual(['exchangeRates', 'liveRev', 'teams']);
    expect(data).not.toHaveProperty('people');
    expect(data).not.toHaveProperty('topTeams');
  });

  it('report the one person whose currency has no exchange rate', async () => {
    const { data } = await call('finance', 'rank_employees', { by: 'salary', limit: 100 });
    expect(data['warnings']).toEqual([expect.objectContaining({ code: 'FX_MISSING', currency: 'CHF', count: 1 })]);
  });
});

/** Where a value departs from a schema of ours: types, closed objects, enums, patterns. */
function mismatches(schema: Json, value: unknown, path = '$'): string[] {
  if (schema['type'] === 'array')
    return (value as unknown[]).flatMap((item, index) => mismatches(schema['items'], item, `${path}[${index}]`));
  if (schema['type'] === 'object') {
    const object = value as Json;
    const missing = ((schema['required'] ?? []) as string[])
      .filter((key) => object[key] === undefined)
      .map((key) => `${path}.${key} is missing`);
    const inner = Object.entries(object).flatMap(([key, one]) =>
      schema['properties'][key] ? mismatches(schema['properties'][key], one, `${path}.${key}`) : [`${path}.${key} is unknown`],
    );
    return [...missing, ...inner];
  }
  const fits: Record<string, boolean> = {
    string: typeof value === 'string',
    boolean: typeof value === 'boolean',
    number: typeof value === 'number',
    integer: Number.isInteger(value),
    null: value === null,
  };
  if (![schema['type'] as string | string[]].flat().some((type) => fits[type]))
    return [`${path} is ${JSON.stringify(value)}, not ${schema['type']}`];
  if (schema['enum'] && !(schema['enum'] as unknown[]).includes(value)) return [`${path} is ${JSON.stringify(value)}`];
  if (schema['pattern'] && !new RegExp(schema['pattern'] as string).test(value as string)) return [`${path} is ${JSON.stringify(value)}`];
  return [];
}
