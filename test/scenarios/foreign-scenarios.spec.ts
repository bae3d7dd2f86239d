import { newId } from '../../src/database';
import { Marked, marked } from '../mcp/canaries';
import { scenarioArguments } from '../mcp/scenario-arguments';
import type { Json } from '../mcp/wire';
import { Connection, World } from '../mcp/world';

describe('a scenario of somebody else', () => {
  let world: World;
  let acme: Marked;
  let member: Connection;
  let tools: Json[];
  let foreign: string[];
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await marked(world, 'Ownsong', '60606');
    const globex = await marked(world, 'Othersong', '70707');
    member = await world.connect(acme.tenant, { role: 'manager' });
    foreign = [await made(acme.owner), await made(globex.owner)];
    tools = (await world.rpc(member, 'tools/list')).json.result.tools;
  });
  afterAll(() => world.close());

  const ask = async (connection: Connection, tool: string, args: object): Promise<Json> =>
    JSON.parse((await world.call(connection, tool, args)).json.result.content[0].text);
  const made = async (connection: Connection): Promise<string> => {
    const { planId } = await ask(connection, 'create_scenario', { title: 'Private' });
    await ask(connection, 'add_team', { planId, name: 'Secret' });
    return planId;
  };
  const untouched = async (): Promise<void> =>
    expect(await world.db.admin('select distinct rev, status from platform.plan')).toEqual([{ rev: 1, status: 'DRAFT' }]);
  const argumentsOf = (): Readonly<Record<string, object>> => ({
    ...scenarioArguments(acme, { changeId: newId('chg'), liveRev: 0 }),
    get_contractor_details: { contractorId: acme.ids.contractor },
    get_employee_details: { employeeId: acme.ids.employee },
    get_project_details: { projectId: acme.ids.project },
    get_team_details: { teamId: acme.ids.team },
    get_vacancy_details: { vacancyId: acme.ids.vacancy },
    org_unit_metrics: { teamId: acme.ids.team },
    query_analytics: { metrics: ['headcount'] },
    rank_employees: { by: 'total' },
  });

  it('MCP-4 is not there, by whichever tool, for another user and another organization, as an id that never was', async () => {
    const about = tools.filter(({ inputSchema }) => 'planId' in inputSchema.properties || 'planIds' in inputSchema.properties);
    expect(about.length).toBeGreaterThan(45);
    const refused: string[] = [];
    for (const { name, inputSchema } of about) {
      const answers = [];
      for (const id of [...foreign, newId('plan')]) {
        const given = {
          ...argumentsOf()[name],
          dryRun: undefined,
          ...('planId' in inputSchema.properties ? { planId: id } : { planIds: [id] }),
        };
        const { requestId: _, ...answer } = await ask(member, name, given);
        answers.push(JSON.stringify(answer).replaceAll(id, 'ID'));
      }
      expect([name, new Set(answers).size]).toEqual([name, 1]);
      const { code } = JSON.parse(answers[0]!);
      if (code !== 'NOT_FOUND') refused.push(`${name} ${code}`);
    }
    // The whole of it is for who may see pay.
    expect(refused).toEqual(['rank_employees PERMISSION_DENIED']);
    await untouched();
  });

  it('MCP-4 is not changed by a tool that names none', async () => {
    const changing = tools.filter(({ inputSchema }) => inputSchema.required?.includes('planId') && 'dryRun' in inputSchema.properties);
    expect(changing.length).toBeGreaterThan(30);
    for (const { name } of changing) {
      const { code } = await ask(acme.owner, name, { ...argumentsOf()[name], dryRun: undefined });
      expect([name, code]).toEqual([name, 'SCENARIO_REQUIRED']);
    }
    await untouched();
  });
});
