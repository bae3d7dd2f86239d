import { World } from '../mcp/world';
import { Desk, TODAY } from './desk';

describe('the tools about people, teams and staff in a scenario', () => {
  let world: World;
  let desk: Desk;
  let ids: Record<'team' | 'employee' | 'contractor' | 'vacancy' | 'plan', string>;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const team = await desk.org.team('Crew');
    const employee = await desk.org.person({ team, pay: { '2020-01-01': ['60000', '0', 'EUR'] } });
    const base = { geography_id: desk.org.place, start_date: '2024-01-01' };
    const [contractor] = (await desk.add('contractor', 'con', { ...base, name: 'Saw Ltd' })) as [string];
    const [vacancy] = (await desk.add('vacancy', 'vac', { role: 'Joiner', target_start_date: '2026-09-01' })) as [string];
    await desk.add('ai_agent', 'agt', { name: 'Sketcher', provider: 'P', currency: 'EUR', start_date: '2026-01-01' });
    const { user } = await desk.connection('owner');
    const plan = 'plan_aaaaaaaaaaaa';
    await world.db.admin('insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, $3, $4)', [
      desk.org.id,
      plan,
      'What if',
      user.id,
    ]);
    ids = { team, employee, contractor, vacancy, plan };
  });
  afterAll(() => world.close());

  it('answer as live does where the scenario has changed nothing', async () => {
    const include = ['members', 'subteams', 'vacancies', 'contractors', 'projects', 'ai_agents'];
    for (const [tool, args] of [
      ['search_employees', { teamId: ids.team }],
      ['get_employee_details', { employeeId: ids.employee }],
      ['search_teams', { query: 'crew' }],
      ['get_team_details', { teamId: ids.team, include }],
      ['get_org_tree', { teamId: ids.team }],
      ['search_contractors', {}],
      ['get_contractor_details', { contractorId: ids.contractor }],
      ['search_vacancies', {}],
      ['get_vacancy_details', { vacancyId: ids.vacancy }],
      ['search_ai_agents', {}],
    ] as const) {
      const live = await desk.ask('owner', tool, { ...args, asOf: TODAY });
      expect([tool, live.code]).toEqual([tool, undefined]);
      expect([tool, await desk.ask('owner', tool, { ...args, asOf: TODAY, planId: ids.plan })]).toEqual([tool, live]);
    }
  });

  it('withhold costs in a scenario from who may see money but no pay', async () => {
    const who = ['teams.read', 'financials.read', 'scenarios.read', 'scenarios.read_all'] as const;
    expect((await desk.ask(who, 'get_team_details', { teamId: ids.team, planId: ids.plan })).redacted).toContain('cost');
    const owner = await desk.ask('owner', 'get_team_details', { teamId: ids.team, planId: ids.plan, asOf: TODAY });
    expect(owner.cost.amount).toBe('60000.00');
  });

  it('know no scenario of others', async () => {
    const own = { teamId: ids.team, planId: ids.plan };
    expect(await desk.ask('viewer', 'get_team_details', own)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await desk.ask(['teams.read'], 'get_team_details', own)).toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});
