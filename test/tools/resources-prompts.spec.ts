import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from './desk';

const TOOL = /\b(get|search|query|list|rank|find|create|update|add|move|undo|rebase|discard|org)_[a-z_]+|scenario_history/g;

describe('resources and prompts about live data', () => {
  let world: World;
  let desk: Desk;
  let ids: Record<'teamId' | 'employeeId' | 'contractorId' | 'vacancyId' | 'projectId', string>;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const teamId = await desk.org.team('Crew');
    const employeeId = await desk.org.person({ first: 'Ann', last: 'Axe', team: teamId, pay: { '2020-01-01': ['61234', '0', 'EUR'] } });
    const base = { geography_id: desk.org.place, start_date: '2024-01-01' };
    const [contractorId] = (await desk.add('contractor', 'con', { ...base, name: 'Saw Ltd', external_id: 'C 1/2' })) as [string];
    const rate = { contractor_id: contractorId, effective_date: '2024-01-01', rate_type: 'daily', rate: '717', currency: 'EUR' };
    await desk.add('rate_adjustment', 'rat', rate);
    const [vacancyId] = (await desk.add('vacancy', 'vac', { role: 'Joiner', target_start_date: '2026-09-01' })) as [string];
    const [projectId] = (await desk.add('project', 'prj', { name: 'Barn', estimated_cost: '818181', currency: 'EUR' })) as [string];
    ids = { teamId, employeeId, contractorId, vacancyId, projectId };
  });
  afterAll(() => world.close());

  async function read(who: Parameters<Desk['ask']>[0], uri: string): Promise<Json> {
    const { json } = await world.rpc(await desk.connection(who), 'resources/read', { uri });
    return json.error ? json.error.data : json.result.contents[0];
  }

  async function prompt(who: Parameters<Desk['ask']>[0], name: string, args: object = {}): Promise<Json> {
    const { json } = await world.rpc(await desk.connection(who), 'prompts/get', { name, arguments: args });
    return json.error ? json.error.data : json.result.messages[0].content.text;
  }

  it('answer what their tools answer, for each role', async () => {
    for (const who of [
      'owner',
      'viewer',
      ['org.read', 'teams.read', 'people.read', 'contractors.read', 'vacancies.read', 'projects.read'],
    ] as const) {
      for (const [uri, tool, args] of [
        ['org://tree', 'get_org_tree', { depth: 20, limit: 100 }],
        ['policy://my-access', 'get_my_access', {}],
        ['reference://work_types', 'get_reference_data', { kind: 'work_types' }],
        [`employee://${ids.employeeId}`, 'get_employee_details', { employeeId: ids.employeeId }],
        [`team://${ids.teamId}`, 'get_team_details', { teamId: ids.teamId }],
        [`contractor://${ids.contractorId}`, 'get_contractor_details', { contractorId: ids.contractorId }],
        [`contractor://ext%3AC%201%2F2`, 'get_contractor_details', { contractorId: ids.contractorId }],
        [`vacancy://${ids.vacancyId}`, 'get_vacancy_details', { vacancyId: ids.vacancyId }],
        [`project://${ids.projectId}`, 'get_project_details', { projectId: ids.projectId }],
      ] as const) {
        const { mimeType, text } = await read(who, uri);
        expect([uri, mimeType, JSON.parse(text)]).toEqual([uri, 'application/json', await desk.ask(who, tool, args)]);
      }
    }
  });

  it('are refused where their tools are, and show neither pay nor rates without the right', async () => {
    for (const uri of [
      'org://tree',
      `team://${ids.teamId}`,
      `contractor://${ids.contractorId}`,
      `vacancy://${ids.vacancyId}`,
      `project://${ids.projectId}`,
    ])
      expect(await read(['org.read'], uri)).toMatchObject({ code: 'PERMISSION_DENIED' });
    for (const uri of [`employee://${ids.employeeId}`, `contractor://${ids.contractorId}`, `project://${ids.projectId}`])
      expect((await read('viewer', uri)).text).not.toMatch(/61234|717|818181/);
    expect((await read('owner', `contractor://${ids.contractorId}`)).text).toContain('717.00');
  });

  it('know neither foreign ids nor lists that are none', async () => {
    const other = await Desk.open(world);
    const owner = await other.connection('owner');
    for (const uri of [
      `team://${ids.teamId}`,
      `contractor://${ids.contractorId}`,
      `vacancy://${ids.vacancyId}`,
      `project://${ids.projectId}`,
    ])
      expect((await world.rpc(owner, 'resources/read', { uri })).json.error.data.code).toBe('NOT_FOUND');
    expect(await read('owner', 'reference://salaries')).toMatchObject({ code: 'VALIDATION' });
    expect(await read('owner', `team://${ids.employeeId}`)).toMatchObject({ code: 'VALIDATION' });
  });

  it('answer about a scenario what its tools answer, and nothing about a foreign one', async () => {
    const { planId } = await desk.ask('owner', 'create_scenario', { title: 'Lean' });
    await desk.ask('owner', 'update_employee', { planId, employeeId: ids.employeeId, annualSalary: '71234' });
    for (const [uri, tool] of [
      [`scenario://${planId}`, 'get_scenario'],
      [`scenario://${planId}/diff`, 'get_scenario_diff'],
    ] as const) {
      expect(JSON.parse((await read('owner', uri)).text)).toEqual(await desk.ask('owner', tool, { planId }));
      expect(await read('viewer', uri)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await read(['org.read'], uri)).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect((await read('admin', uri)).text).not.toContain('71234');
    }
    expect((await read('owner', `scenario://${planId}/diff`)).text).toContain('71234');
  });

  it('guides are Markdown that names only tools and metrics that there are', async () => {
    const { tools } = (await world.rpc(await desk.connection('owner'), 'tools/list')).json.result;
    const names = tools.map(({ name }: Json) => name);
    for (const uri of ['guide://org-review', 'guide://costs', 'guide://work', 'guide://scenario-review']) {
      const { mimeType, text } = await read('viewer', uri);
      expect([mimeType, text.length < 3_000]).toEqual(['text/markdown', true]);
      for (const [, tool] of text.matchAll(/`([a-z]+_[a-z_]+)`/g)) expect(names).toContain(tool);
    }
  });

  it('prompts name only tools that there are, the organization, and what the user wants to look at', async () => {
    const { tools } = (await world.rpc(await desk.connection('owner'), 'tools/list')).json.result;
    const names = tools.map(({ name }: Json) => name);
    const prompts = ['org_review', 'headcount_plan', 'cost_reduction_options', 'vacancy_prioritisation'];
    for (const name of [
      ...prompts,
      'scenario_review',
      'prepare_approval_pack',
      'ai_spend_review',
      'effort_vs_plan',
      'unattributed_effort_triage',
    ]) {
      const text = await prompt('owner', name, { focus: 'the Crew' });
      expect(text).toContain(desk.org.tenant.orgName);
      expect(text).toContain('Look at this above all: the Crew.');
      for (const [tool] of text.matchAll(TOOL)) expect(names).toContain(tool);
      expect(await prompt('owner', name)).not.toContain('above all');
    }
    const reorganization = await prompt('owner', 'reorg_what_if', { change: 'close the Crew' });
    expect(reorganization).toContain('Try this reorganization as a scenario: close the Crew.');
    for (const [tool] of reorganization.matchAll(TOOL)) expect(names).toContain(tool);
    expect(await prompt('owner', 'scenario_review', { scenario: 'Lean' })).toContain('Review this scenario: Lean.');
    expect(await prompt('owner', 'cost_reduction_options', { target: '5 %' })).toContain('The target: 5 %');
    expect(await prompt('owner', 'headcount_plan')).toContain('the next 12 months');
    expect(await prompt('owner', 'headcount_plan', { horizon: '2 years' })).toContain('for 2 years');
  });

  it('prompts are refused to who lacks the rights of their tools, and for texts that are none', async () => {
    expect(await prompt('viewer', 'cost_reduction_options')).toMatchObject({ code: 'PERMISSION_DENIED' });
    for (const name of ['vacancy_prioritisation', 'ai_spend_review', 'effort_vs_plan', 'unattributed_effort_triage'])
      expect(await prompt(['org.read'], name)).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await prompt('viewer', 'reorg_what_if', { change: 'x' })).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await prompt('owner', 'reorg_what_if')).toMatchObject({ code: 'VALIDATION' });
    expect(await prompt('owner', 'org_review', { focus: 'x'.repeat(201) })).toMatchObject({ code: 'VALIDATION' });
    expect(await prompt('owner', 'org_review', { other: 'x' })).toMatchObject({ code: 'VALIDATION' });
  });
});
