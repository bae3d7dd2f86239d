import { newId } from '../../src/database';
import { ServerFactory } from '../../src/mcp/server.factory';
import { statusAt } from '../support/oauth-flow';
import { addressed, Marked, marked, sung } from './canaries';
import { Connection, World } from './world';
import { Answer, eventually, Json } from './wire';

/** An id of the same shape that belongs to nobody. */
const random = {
  ...{ employee: 'emp', team: 'team', geography: 'geo', jobRole: 'role' },
  ...{ contractor: 'con', vacancy: 'vac', aiAgent: 'agt', project: 'prj', scenario: 'plan' },
} as const;

/** Every tool, asked in every way that names something: the ids are put in by name. */
function asks(ids: Record<string, string>): [string, Record<string, unknown>][] {
  const { employee: employeeId, team: teamId, geography: geographyId, jobRole: jobRoleId, externalId, email } = ids;
  const { contractor: contractorId, vacancy: vacancyId, project: projectId, scenario: planId } = ids;
  return [
    ['get_organization_context', {}],
    ...['get_scenario', 'get_scenario_diff', 'get_scenario_conflicts', 'scenario_history', 'get_scenario_review_link', 'get_org_tree'].map(
      (name): [string, Record<string, unknown>] => [name, { planId }],
    ),
    ['search_employees', { limit: 100, status: 'all' }],
    ['search_employees', { query: email }],
    ['search_employees', { teamId, includeSubteams: true }],
    ['search_employees', { geographyId }],
    ['search_employees', { jobRoleId }],
    ['search_employees', { managerId: employeeId }],
    ['search_employees', { managerId: `ext:${externalId}` }],
    ['search_employees', { managerId: email }],
    ['get_employee_details', { employeeId }],
    ['get_employee_details', { employeeId: `ext:${externalId}` }],
    ['get_employee_details', { employeeId: email }],
    ['rank_employees', { by: 'salary' }],
    ['rank_employees', { by: 'total', teamId }],
    ['rank_employees', { by: 'bonus', geographyId, jobRoleId }],
    ['search_contractors', { teamId }],
    ['get_contractor_details', { contractorId }],
    ['search_vacancies', { teamId }],
    ['get_vacancy_details', { vacancyId }],
    ['search_ai_agents', { teamId }],
    ['search_teams', { parentTeamId: teamId }],
    ['get_team_details', { teamId }],
    ['get_org_tree', { teamId }],
    ['get_org_tree', {}],
    ['get_geographies', {}],
    ['list_job_roles', {}],
    ['get_reference_data', { kind: 'work_types' }],
    ['get_my_access', {}],
    ['search', { query: email }],
    ['search', { query: 'same' }],
    ...[employeeId, teamId, contractorId, vacancyId].map((id): [string, Record<string, unknown>] => ['fetch', { id }]),
    ['search_projects', { ownerId: employeeId }],
    ['search_projects', {}],
    ['get_project_details', { projectId }],
    ['get_budget_status', { scope: 'team', scopeId: teamId }],
    ['get_budget_status', {}],
    ['find_projects_with_issues', {}],
    ['get_project_effort', { projectId }],
    ['get_project_effort', { projectId, groupBy: 'work_item' }],
    ['get_team_effort', { teamId }],
    ['get_unattributed_effort', { teamId }],
    ['get_unattributed_effort', {}],
    ['get_ai_usage_summary', {}],
    ['get_ai_spend_by_team', { teamId }],
    ['get_ai_spend_by_team', {}],
    ['get_ai_spend_by_person', {}],
    ['list_scenarios', {}],
    ['org_summary', {}],
    ['org_unit_metrics', { teamId }],
    ['query_analytics', { metrics: ['headcount'], filters: [{ field: 'team', op: 'under', value: teamId }] }],
    ['tenant_settings', {}],
  ];
}

describe('two customers on one server', () => {
  let world: World;
  let acme: Marked;
  let globex: Marked;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await marked(world, 'Acmesong', '77123');
    globex = await marked(world, 'Globexsong', '88456');
  });
  afterAll(() => world.close());

  const called = (connection: Connection, name: string, args: object): Promise<Answer> => world.call(connection, name, args);

  it('have canaries that sing: each sees its own', async () => {
    for (const one of [acme, globex]) {
      const details = await called(one.owner, 'get_employee_details', { employeeId: one.ids.employee });
      for (const word of ['name', 'team', 'place', 'role', 'skill'])
        expect(details.body).toContain(`Zz${one === acme ? 'Acmesong' : 'Globexsong'}${word}`);
      expect(details.body).toContain(one === acme ? '77123' : '88456');
    }
  });

  it("MCP-1 never get each other's answers: 200 calls at once under the same JSON-RPC ids", async () => {
    const calls = Array.from({ length: 200 }, async (_, index) => {
      const [own, other] = index % 2 === 0 ? [acme, globex] : [globex, acme];
      const id = Math.floor(index / 2) % 10;
      const args = { employeeId: own.ids.employee };
      const answer =
        index % 3 === 0
          ? await world.modern(own.owner, 'tools/call', { name: 'get_employee_details', arguments: args }, id)
          : await world.call(own.owner, 'get_employee_details', args, id);
      expect([answer.status, answer.json.id, answer.json.result.structuredContent.person.id]).toEqual([200, id, own.ids.employee]);
      expect(sung(answer.body + JSON.stringify(answer.headers), other)).toBeUndefined();
    });
    await Promise.all(calls);
  });

  it('MCP-1 are two of two hundred who ask at once, each with the same id, each on a server object of its own', async () => {
    const made: object[] = [];
    const factory = world.app.app.get(ServerFactory);
    const original = factory.create.bind(factory);
    const spy = jest.spyOn(factory, 'create').mockImplementation((...args) => {
      const server = original(...args);
      made.push(server);
      return server;
    });
    const crowd: Connection[] = [];
    for (let count = 0; count < 200; count += 1) crowd.push(await world.connect(await world.tenant()));
    const answers = await Promise.all(
      crowd.map((one, at) =>
        at % 2 === 0
          ? world.call(one, 'get_organization_context', {}, 7)
          : world.modern(one, 'tools/call', { name: 'get_organization_context', arguments: {} }, 7),
      ),
    );
    spy.mockRestore();
    answers.forEach(({ status, json, body }, at) => {
      const { tenant, user } = crowd[at]!;
      expect([status, json.id, json.result.structuredContent.organization.id]).toEqual([200, 7, tenant.orgId]);
      const named = [...body.matchAll(/\b(?:org_t|usr_u)[a-z0-9]+/g)].map(([id]) => id);
      expect(named.filter((id) => id !== tenant.orgId && id !== user.id)).toEqual([]);
    });
    expect([made.length, new Set(made).size]).toEqual([200, 200]);
  });

  it('TEN-4 hear of each other nowhere: every endpoint and tool as acme, every byte, and the audit trail', async () => {
    const since = await world.mark();
    const { owner } = acme;
    const bytes: string[] = [];
    const keep = ({ headers, body }: Answer): number => bytes.push(JSON.stringify(headers), body);
    for (const [name, args] of asks(acme.ids)) {
      keep(await called(owner, name, args));
      keep(await world.modern(owner, 'tools/call', { name, arguments: args }));
    }
    for (const method of ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list', 'ping'])
      keep(await world.rpc(owner, method));
    const { resourceTemplates } = (await world.rpc(owner, 'resources/templates/list')).json.result;
    for (const { uriTemplate } of resourceTemplates)
      keep(await world.rpc(owner, 'resources/read', { uri: addressed(uriTemplate, acme.ids) }));
    const paths = ['oauth-authorization-server', 'openid-configuration', 'oauth-protected-resource', 'oauth-protected-resource/mcp'];
    for (const path of paths) keep(await world.send({ host: owner.host, path: `/.well-known/${path}` }));
    for (const path of ['/api/mcp/oauth/jwks', '/api/mcp/oauth/authorize', '/', '/settings/api-keys', '/api/mcp/unknown']) {
      keep(await world.send({ host: owner.host, path, headers: { authorization: `Bearer ${owner.token}` } }));
    }
    const stream = await world.open(owner);
    await world.db.admin(`update platform.membership set role = 'admin' where user_id = $1`, [globex.owner.user.id]);
    await world.db.admin(`update platform.membership set role = 'owner' where user_id = $1`, [globex.owner.user.id]);
    await stream.until(': open');
    bytes.push(stream.text());
    stream.hangUp();
    const events = await since();
    expect(events.length).toBeGreaterThan(30);
    for (const text of [...bytes, ...events.map((event) => JSON.stringify(event))]) expect(sung(text, globex)).toBeUndefined();
  });

  it("TEN-4 know nothing of each other's ids: the answers are those for ids that never were, byte for byte", async () => {
    const made = Object.fromEntries(Object.entries(random).map(([name, prefix]) => [name, newId(prefix)]));
    const nobody = { ...made, externalId: 'ext-nobody-at-all', email: 'nobody@nowhere.example' };
    const masked = (answer: Answer, ids: Record<string, string>): string =>
      Object.values(ids)
        .reduce((text, id) => text.replaceAll(id, 'ID'), answer.body)
        .replace(/"?requestId\\?":\\?"[0-9a-f-]{36}/g, 'REQUEST')
        .replace(/request id: [0-9a-f-]{36}/g, 'REQUEST');
    for (const [[name, foreign], [, unknown]] of zip(asks({ ...globex.ids }), asks(nobody))) {
      const [there, nowhere] = [await called(acme.owner, name, foreign), await called(acme.owner, name, unknown)];
      expect([name, foreign, masked(there, globex.ids)]).toEqual([name, foreign, masked(nowhere, nobody)]);
    }
    const { resourceTemplates } = (await world.rpc(acme.owner, 'resources/templates/list')).json.result;
    for (const { uriTemplate } of resourceTemplates) {
      const read = (ids: Record<string, string>): Promise<Answer> =>
        world.rpc(acme.owner, 'resources/read', { uri: addressed(uriTemplate, ids) });
      expect(masked(await read(globex.ids), globex.ids)).toBe(masked(await read(nobody), nobody));
    }
  });

  it("TEN-4 cannot use each other's OAuth clients and tokens", async () => {
    expect(await statusAt(globex.owner.issuer, acme.owner.token)).toBe(401);
    const authorize = (client: string): Promise<Answer> =>
      world.send({
        host: acme.owner.host,
        path: `/api/mcp/oauth/authorize?response_type=code&client_id=${client}&redirect_uri=http://127.0.0.1/x`,
      });
    const [foreign, unknown] = [await authorize(globex.ids.client), await authorize('mcp_00000000000000000000000000000000')];
    expect([foreign.status, foreign.body.replaceAll(globex.ids.client, 'ID')]).toEqual([
      unknown.status,
      unknown.body.replaceAll('mcp_00000000000000000000000000000000', 'ID'),
    ]);
  });

  it('leave nothing behind in a connection that was cancelled or failed', async () => {
    const attempts = Array.from({ length: 60 }, async (_, index): Promise<Json> => {
      const own = index % 2 === 0 ? acme : globex;
      if (index % 5 === 0) return world.open(own.owner).then((stream) => stream.hangUp());
      const args = index % 7 === 0 ? { employeeId: 'emp_nobody' } : { employeeId: own.ids.employee };
      const answer = await called(own.owner, 'get_employee_details', args);
      expect(sung(answer.body, own === acme ? globex : acme)).toBeUndefined();
    });
    await Promise.all(attempts);
    await eventually('everybody is served', async () => (await world.rpc(acme.owner, 'ping')).status === 200);
  });
});

function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.map((item, index) => [item, right[index] as B]);
}
