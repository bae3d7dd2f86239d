import { marked, Marked } from '../mcp/canaries';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';

describe('vacancies, contractors, projects, allocations, AI agents and budgets in a scenario', () => {
  let world: World;
  let one: Marked;
  let planId: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    one = await marked(world, 'Staffsong', '60606');
    planId = (await call('create_scenario', { title: 'Staff' }))['planId'];
  });
  afterAll(() => world.close());

  async function call(name: string, args: object): Promise<Json> {
    const { result } = (await world.call(one.owner, name, args)).json;
    return { ...JSON.parse(result.content[0].text), isError: result.isError === true };
  }
  async function done(name: string, args: object): Promise<Json> {
    const answer = await call(name, { planId, ...args });
    expect([name, answer['code'], answer['message']]).toEqual([name, undefined, undefined]);
    return answer;
  }
  const day = '2031-01-01';

  it('opens several vacancies alike, changes and drops them', async () => {
    const { entity } = await done('add_vacancy', {
      role: 'Pilot',
      targetStartDate: day,
      teamId: one.ids.team,
      count: 3,
      salaryMin: '50000',
      salaryMax: '60000',
      currency: 'EUR',
    });
    expect(entity).toMatchObject({ type: 'vacancy', ids: [expect.any(String), expect.any(String), expect.any(String)] });
    const [first, second] = entity.ids;
    await done('update_vacancy', { vacancyId: first, status: 'on_hold', teamId: one.ids.subteam });
    await done('delete_vacancy', { vacancyId: second });
    const { items } = await done('search_vacancies', { query: 'pilot' });
    expect(items).toHaveLength(2);
    expect(await call('update_vacancy', { planId, vacancyId: first, salaryMax: '1' })).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('salaryMax'),
    });
  });

  it('hires a contractor, changes the rate from a day on, and deletes only who has no recorded effort', async () => {
    const added = await done('add_contractor', {
      name: 'Zed',
      rateType: 'daily',
      rate: '500',
      currency: 'EUR',
      geographyId: one.ids.geography,
      startDate: day,
      teamId: one.ids.team,
    });
    expect(added['impact']).toMatchObject({ headcount: 0, monthlyCost: '11500.00' });
    const raised = await done('update_contractor', { contractorId: added['entity'].id, rate: '600', effectiveDate: '2031-02-01' });
    expect(raised['impact']).toMatchObject({ asOf: '2031-02-01', monthlyCost: '2000.00' });
    await done('delete_contractor', { contractorId: one.ids.idleContractor });
    expect(await call('delete_contractor', { planId, contractorId: one.ids.contractor })).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('effort'),
    });
  });

  it('makes a project, staffs it, and warns of too much', async () => {
    const { entity: project } = await done('add_project', { name: 'Moon', status: 'active', estimatedCost: '1000', currency: 'EUR' });
    await done('allocate_team_to_project', { teamId: one.ids.team, projectId: project.id, fte: 1, startDate: day });
    const { entity, warnings } = await done('allocate_employee_to_project', {
      employeeId: one.ids.employee,
      projectId: project.id,
      fte: 1.5,
      startDate: day,
    });
    expect(warnings).toMatchObject([{ code: 'OVER_ALLOCATED', ids: [one.ids.employee] }]);
    expect((await done('update_allocation', { allocationId: entity.id, fte: 0.5 }))['warnings']).toEqual([]);
    await done('update_allocation', { allocationId: entity.id, end: true });
    await done('update_project', { projectId: project.id, name: 'Mars', clear: ['estimatedCost', 'currency'] });
    expect((await done('search_projects', { query: 'mars' }))['items']).toHaveLength(1);
    await done('delete_project', { projectId: project.id });
    expect((await done('search_projects', { query: 'mars' }))['items']).toEqual([]);
    expect(await call('delete_project', { planId, projectId: one.ids.project })).toMatchObject({ code: 'VALIDATION' });
  });

  it('plans AI agents and budgets', async () => {
    const { entity, impact } = await done('add_ai_agent', {
      name: 'Helper',
      provider: 'X',
      seats: 10,
      monthlyPerSeatPrice: '20',
      currency: 'EUR',
      startDate: day,
      teamId: one.ids.team,
    });
    expect(impact.monthlyCost).toBe('200.00');
    await done('update_ai_agent', { aiAgentId: entity.id, seats: 20 });
    await done('delete_ai_agent', { aiAgentId: entity.id });
    const budget = { scopeType: 'team', scopeId: one.ids.team, amount: '1000', currency: 'EUR', effectiveDate: day };
    const first = await done('update_budget', budget);
    expect((await done('update_budget', { ...budget, amount: '2000' }))['entity'].id).toBe(first['entity'].id);
    expect(await call('update_budget', { ...budget, planId, scopeType: 'org' })).toMatchObject({ code: 'VALIDATION' });
    expect(
      await world.db.admin('select patch from platform.plan_state where plan_id = $1 and entity = $2', [planId, 'budget']),
    ).toMatchObject([{ patch: { amount: 2000 } }]);
  });
});
