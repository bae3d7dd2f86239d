import { marked, Marked } from '../mcp/canaries';
import type { Json } from '../mcp/wire';
import { type Connection, World } from '../mcp/world';

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

  async function call(name: string, args: object, who = one.owner): Promise<Json> {
    const { result } = (await world.call(who, name, args)).json;
    return { ...JSON.parse(result.content[0].text), isError: result.isError === true };
  }
  async function done(name: string, args: object): Promise<Json> {
    const answer = await call(name, { planId, ...args });
    expect([name, answer['code'], answer['message']]).toEqual([name, undefined, undefined]);
    return answer;
  }
  /** Edits the scenario, too, but sees no pay. */
  async function administrator(): Promise<Connection> {
    const admin = await world.connect(one.tenant, { role: 'admin' });
    await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [one.tenant.orgId, planId, admin.user.id]);
    return admin;
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

  it('says what a change makes of the day from which there is a difference', async () => {
    const pay = { salaryMin: '60000', salaryMax: '60000', currency: 'EUR' };
    const places = { jobRoleId: one.ids.jobRole, geographyId: one.ids.geography };
    const { entity, impact } = await done('add_vacancy', { role: 'Later', targetStartDate: '2031-04-25', ...pay, ...places });
    expect(impact).toMatchObject({ asOf: '2031-04-25', monthlyCost: expect.stringMatching(/^[45]\d{3}\.\d\d$/) });
    const back = { asOf: '2031-04-25', monthlyCost: `-${impact.monthlyCost}` };
    const held = await done('update_vacancy', { vacancyId: entity.id, status: 'on_hold' });
    expect(held['impact']).toMatchObject(back);
    expect((await done('update_vacancy', { vacancyId: entity.id, role: 'Late', status: 'open' }))['impact']).toMatchObject(impact);
    const moved = await done('update_vacancy', { vacancyId: entity.id, targetStartDate: '2031-02-01' });
    expect(moved['impact'].asOf).toBe('2031-02-01');
    const dropped = await done('delete_vacancy', { vacancyId: entity.id });
    expect(dropped['impact'].asOf).toBe('2031-02-01');
    expect((await done('undo_scenario_change', { changeId: dropped['changeIds'][0] }))['impact'].asOf).toBe('2031-02-01');
    const leaves = await done('update_employee', { employeeId: one.ids.employee, endDate: '2031-06-30', skills: ['chess'] });
    expect(leaves['impact']).toMatchObject({ asOf: '2031-07-01', headcount: -1 });
    const stays = await done('update_employee', { employeeId: one.ids.employee, clear: ['endDate'] });
    expect(stays['impact']).toMatchObject({ asOf: '2031-07-01', headcount: 1 });
  });

  it('says so of rows of live, too, also where their deletion is taken back', async () => {
    const [live] = await world.db.admin<{ id: string }>(
      `insert into live.vacancy (org_id, id, role, target_start_date) select org_id, 'vac_livelivelive', 'Live', '2032-02-02' from live.employee where id = $1 returning id`,
      [one.ids.employee],
    );
    const dropped = await done('delete_vacancy', { vacancyId: live!.id });
    expect(dropped['impact'].asOf).toBe('2032-02-02');
    expect((await done('undo_scenario_change', { changeId: dropped['changeIds'][0] }))['impact'].asOf).toBe('2032-02-02');
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

  it('says from when a change makes a difference, however far ahead that is, to everybody alike', async () => {
    const employeeId = one.ids.employee;
    const pay = { annualSalary: '60000', currency: 'EUR', effectiveDate: '2031-01-01' };
    const contractor = { name: 'Uma', rateType: 'monthly', rate: '9000', currency: 'EUR', geographyId: one.ids.geography, startDate: day };
    const contractorId = (await done('add_contractor', { ...contractor, teamId: one.ids.team }))['entity'].id;
    const vacancy = { role: 'Cook', targetStartDate: '2031-03-01', salaryMin: '60000', salaryMax: '60000', currency: 'EUR' };
    const vacancyIds = (await done('add_vacancy', { ...vacancy, count: 3 }))['entity'].ids;
    const agent = { name: 'Aide', provider: 'X', seats: 10, monthlyPerSeatPrice: '20', currency: 'EUR', startDate: day };
    const aiAgentId = (await done('add_ai_agent', agent))['entity'].id;
    for (const [tool, args, impact] of [
      ['update_employee', { employeeId, lastName: 'New', ...pay }, { asOf: '2031-01-01' }],
      ['update_employee', { employeeId, endDate: '2031-06-30' }, { asOf: '2031-07-01', headcount: -1, fte: -1 }],
      ['update_employee', { employeeId, clear: ['endDate'] }, { asOf: '2031-07-01', headcount: 1, fte: 1 }],
      ['update_contractor', { contractorId, endDate: '2031-06-30' }, { asOf: '2031-07-01', monthlyCost: '-9000.00' }],
      ['update_contractor', { contractorId, name: 'Una' }, { monthlyCost: '0.00' }],
      ['update_ai_agent', { aiAgentId, endDate: '2031-06-30' }, { asOf: '2031-07-01', monthlyCost: '-200.00' }],
      // March 2031 has 21 working days of 261.
      ['update_vacancy', { vacancyId: vacancyIds[0], status: 'on_hold' }, { asOf: '2031-03-01', monthlyCost: '-4827.59' }],
      ['update_vacancy', { vacancyId: vacancyIds[1], status: 'cancelled' }, { asOf: '2031-03-01', monthlyCost: '-4827.59' }],
      ['delete_vacancy', { vacancyId: vacancyIds[2] }, { asOf: '2031-03-01', monthlyCost: '-4827.59' }],
    ] as const)
      expect([tool, (await done(tool, args))['impact']]).toMatchObject([tool, impact]);
    const told = await call('update_contractor', { planId, contractorId, endDate: '2031-03-31' }, await administrator());
    expect(told['impact']).toEqual({ asOf: '2031-04-01', headcount: 0, fte: 0 });
  });

  it('says what its cost leaves out, to who may see pay', async () => {
    const chf = { currency: 'CHF' };
    const person = { lastName: 'X', startDate: day, jobRoleId: one.ids.jobRole, geographyId: one.ids.geography };
    const codes = ({ warnings }: Json): string[] =>
      warnings.map(({ code }: Json) => code).filter((code: string) => code !== 'WORK_TYPE_ASSUMED');
    for (const [tool, args, code] of [
      ['add_employee', { ...person, firstName: 'A', annualSalary: '90000', ...chf }, 'FX_MISSING'],
      ['add_employee', { ...person, firstName: 'B' }, 'SALARY_MISSING'],
      ['add_employee', { ...person, firstName: 'C', annualSalary: '90000', currency: 'EUR' }, undefined],
      ['add_vacancy', { role: 'V', targetStartDate: day, salaryMin: '1', salaryMax: '2', ...chf }, 'FX_MISSING'],
      ['add_ai_agent', { name: 'N', provider: 'X', seats: 1, monthlyPerSeatPrice: '2', startDate: day, ...chf }, 'FX_MISSING'],
    ] as const)
      expect([tool, codes(await done(tool, { ...args, dryRun: true }))]).toEqual([tool, code === undefined ? [] : [code]]);
    const vacancy = await done('add_vacancy', { role: 'W', targetStartDate: day, dryRun: true });
    expect(codes(vacancy)).toContain('SALARY_MISSING');
    const raise = { employeeId: one.ids.employee, annualSalary: '230000', effectiveDate: day, ...chf };
    const { warnings, impact } = await done('update_employee', raise);
    expect(warnings).toEqual([{ code: 'FX_MISSING', message: expect.stringMatching(/^monthlyCost.*between CHF and EUR\.$/) }]);
    expect(Number(impact.monthlyCost)).toBeLessThan(0);
    const end = { planId, employeeIds: [one.ids.employee], endDate: '2032-12-31', dryRun: true };
    expect(codes(await done('terminate_employees', end))).toContain('FX_MISSING');
    expect(codes(await call('terminate_employees', end, await administrator()))).toEqual([]);
  });

  it('makes a project, staffs it, and warns of too much', async () => {
    const { entity: project } = await done('add_project', { name: 'Moon', status: 'active', estimatedCost: '1000', currency: 'EUR' });
    const given = { teamId: one.ids.team, projectId: project.id, startDate: day };
    expect((await done('allocate_team_to_project', { ...given, fte: 1 }))['warnings']).toEqual([]);
    const contractor = { name: 'Mia', rateType: 'daily', rate: '500', currency: 'EUR', geographyId: one.ids.geography, startDate: day };
    const contractorId = (await done('add_contractor', { ...contractor, teamId: one.ids.team }))['entity'].id;
    const [membership] = await world.db.admin<Json>(
      `select id from platform.plan_state where plan_id = $1 and patch->>'contractor_id' = $2 and entity = 'allocation'`,
      [planId, contractorId],
    );
    const twice = await done('update_allocation', { allocationId: membership!['id'], fte: 1.5 });
    expect(twice['warnings']).toMatchObject([
      { code: 'OVER_ALLOCATED', message: expect.stringContaining('Mia has 1.5 FTE'), ids: [contractorId] },
    ]);
    expect((await done('validate_scenario', {}))['warnings']).toContainEqual(
      expect.objectContaining({ code: 'OVER_ALLOCATED', ids: [contractorId] }),
    );
    await done('update_allocation', { allocationId: membership!['id'], fte: 1 });
    const { warnings: short } = await done('allocate_team_to_project', { ...given, fte: 20, dryRun: true });
    expect(short).toMatchObject([{ code: 'TEAM_SHORTFALL', message: expect.stringContaining('22 FTE'), ids: [one.ids.team] }]);
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
