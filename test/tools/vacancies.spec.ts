import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk, TODAY } from './desk';

describe('tools about vacancies', () => {
  let world: World;
  let desk: Desk;
  let boss: string;
  let team: string;
  let open: string;
  let filled: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    boss = await org.person({ first: 'Boss', last: 'One' });
    const hired = await org.person({ first: 'Newly', last: 'Hired', start: '2026-01-01', end: '2026-06-30' });
    const upper = await org.team('Upper');
    team = await org.team('Lower', upper);
    const [contractor] = await desk.add('contractor', 'con', { name: 'Cleo', geography_id: org.place, start_date: '2026-01-01' });
    const range = { salary_min: '71234.5', salary_max: '81234.565', currency: 'EUR' };
    [open, filled] = (await desk.add(
      'vacancy',
      'vac',
      {
        ...{ role: 'Électricien', description: 'Wires things.', target_start_date: '2026-09-01', external_id: 'V-1', fte: 0.5 },
        ...{ ...range, hiring_manager_id: boss, job_role_id: org.jobRole, geography_id: org.place, work_type_id: org.workType },
      },
      { role: 'Baker', status: 'filled', target_start_date: '2026-01-01', filled_by_employee_id: hired },
      { role: 'Carpenter', status: 'filled', target_start_date: '2026-01-01', filled_by_contractor_id: contractor },
      { role: 'Diver', status: 'on_hold', target_start_date: '2026-10-01' },
      { role: 'Actor', status: 'cancelled', target_start_date: '2026-10-01' },
    )) as [string, string];
    await desk.allocate({ vacancy_id: open, target_team_id: team, start_date: '2026-09-01', fte: 0.5, is_primary: true });
  });
  afterAll(() => world.close());

  const roles = async (args: object): Promise<string[]> =>
    (await desk.ask('viewer', 'search_vacancies', { asOf: TODAY, ...args })).items.map(({ role }: Json) => role);

  it('lists what is wanted, in order of role, and by request what is filled or cancelled', async () => {
    expect(await roles({})).toEqual(['Diver', 'Électricien']);
    expect(await roles({ includeFilled: true })).toEqual(['Baker', 'Carpenter', 'Diver', 'Électricien']);
    expect(await roles({ status: 'cancelled' })).toEqual(['Actor']);
    expect(await roles({ status: 'on_hold', includeFilled: true })).toEqual(['Baker', 'Carpenter', 'Diver']);
    expect((await desk.pages('viewer', 'search_vacancies', { limit: 1, asOf: TODAY })).map(({ role }) => role)).toEqual([
      'Diver',
      'Électricien',
    ]);
  });

  it('opens a vacancy again the day after its filler left', async () => {
    expect(await roles({ status: 'open', asOf: '2026-06-30' })).toEqual(['Électricien']);
    expect(await roles({ status: 'open', asOf: '2026-07-01' })).toEqual(['Baker', 'Électricien']);
    const before = await desk.ask('viewer', 'get_vacancy_details', { vacancyId: filled, asOf: '2026-06-30' });
    expect(before).toMatchObject({ vacancy: { status: 'filled' }, filledBy: { name: 'Newly Hired' } });
    const after = await desk.ask('viewer', 'get_vacancy_details', { vacancyId: filled, asOf: '2026-07-01' });
    expect(after.vacancy.status).toBe('open');
    expect(after).not.toHaveProperty('filledBy');
  });

  it('has a vacancy open until its filler comes, and names who that will be', async () => {
    expect(await roles({ status: 'open', asOf: '2025-12-31' })).toEqual(['Baker', 'Carpenter', 'Électricien']);
    const { vacancy, filledBy } = await desk.ask('viewer', 'get_vacancy_details', { vacancyId: filled, asOf: '2025-12-31' });
    expect([vacancy.status, filledBy.name]).toEqual(['open', 'Newly Hired']);
    const counted = { metrics: ['vacancy_count'], period: { from: '2025-12-31', to: '2025-12-31' } };
    expect((await desk.ask('viewer', 'query_analytics', counted)).totals).toEqual([3]);
  });

  it('counts it as open then wherever vacancies are counted', async () => {
    const leaver = await desk.org.person({ start: '2020-01-01', end: '2020-12-31' });
    await desk.add('vacancy', 'vac', {
      ...{ role: 'Left', status: 'filled', target_start_date: '2020-01-01', filled_by_employee_id: leaver, job_role_id: desk.org.jobRole },
    });
    const { items } = await desk.ask('viewer', 'search_vacancies');
    expect(items.map(({ role }: Json) => role)).toContain('Left');
    expect((await desk.ask('viewer', 'get_organization_context')).counts.vacancies).toBe(items.length);
    const [role] = (await desk.ask('viewer', 'list_job_roles')).items;
    expect(role.vacancies).toBe(items.filter(({ jobRole }: Json) => jobRole === role.name).length);
  });

  it('names a contractor who filled one', async () => {
    const { items } = await desk.ask('viewer', 'search_vacancies', { status: 'filled', query: 'carp', asOf: TODAY });
    expect(items).toEqual([expect.objectContaining({ role: 'Carpenter', filledBy: { id: expect.stringMatching(/^con_/), name: 'Cleo' } })]);
  });

  it('finds by role, and by team also where the position starts later', async () => {
    expect(await roles({ query: 'elec' })).toEqual(['Électricien']);
    expect(await roles({ teamId: team })).toEqual(['Électricien']);
    const [parent] = await world.db.admin<{ id: string }>('select parent_team_id as id from live.team where id = $1', [team]);
    expect(await roles({ teamId: parent?.id })).toEqual(['Électricien']);
    expect(await roles({ teamId: parent?.id, includeSubteams: false })).toEqual([]);
  });

  it('shows one vacancy in full', async () => {
    expect(await desk.ask('viewer', 'get_vacancy_details', { vacancyId: 'ext:V-1', asOf: TODAY })).toMatchObject({
      vacancy: {
        ...{ id: open, role: 'Électricien', status: 'open', fte: 0.5, targetStartDate: '2026-09-01', description: 'Wires things.' },
        ...{ jobRole: { name: 'Engineer' }, workType: { name: 'Permanent' }, geography: { name: 'Home' } },
      },
      team: { id: team, name: 'Lower' },
      hiringManager: { id: boss, name: 'Boss One' },
      allocations: [{ team: 'Lower', fte: 0.5, startDate: '2026-09-01', isPrimary: true }],
      projectAllocations: [],
    });
  });

  it('shows salary ranges to nobody without financials.read, pay or not', async () => {
    for (const who of ['viewer', 'member', 'manager', 'admin', ['vacancies.read', 'compensation.read']] as const) {
      const list = await desk.ask(who, 'search_vacancies', { includeFilled: true });
      const details = await desk.ask(who, 'get_vacancy_details', { vacancyId: open });
      expect([list.redacted, details.redacted]).toEqual([expect.arrayContaining(['salary']), expect.arrayContaining(['salary'])]);
      expect(JSON.stringify([list, details])).not.toMatch(/71234|81234|EUR/);
    }
    const salary = { min: '71234.50', max: '81234.56', currency: 'EUR' };
    expect(await desk.ask('finance', 'get_vacancy_details', { vacancyId: open })).toMatchObject({ salary });
    expect((await desk.ask('finance', 'search_vacancies', { query: 'elec' })).items[0].salary).toEqual(salary);
  });

  it('leaves out what other permissions are for', async () => {
    const who = ['vacancies.read'] as const;
    expect((await desk.ask(who, 'search_vacancies')).redacted).toEqual(['team', 'hiringManager', 'filledBy', 'salary']);
    const details = await desk.ask(who, 'get_vacancy_details', { vacancyId: open });
    for (const field of ['team', 'hiringManager', 'allocations', 'projectAllocations']) expect(details).not.toHaveProperty(field);
    expect(await desk.ask(who, 'search_vacancies', { teamId: team })).toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it("does not know another organization's vacancies", async () => {
    const other = await Desk.open(world);
    for (const vacancyId of [open, 'vac_aaaaaaaaaaaa', 'ext:V-1'])
      expect(await other.ask('owner', 'get_vacancy_details', { vacancyId })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.ask('owner', 'search_vacancies', { includeFilled: true })).items).toEqual([]);
  });

  it('refuses what it cannot read, by the name of the field', async () => {
    for (const [field, value] of Object.entries({ status: 'closed', includeFilled: 1, teamId: open, asOf: '2026-02-30' }))
      expect(await desk.ask('viewer', 'search_vacancies', { [field]: value })).toMatchObject({
        code: 'VALIDATION',
        details: { fields: [{ field }] },
      });
  });
});

describe('search_ai_agents', () => {
  let world: World;
  let desk: Desk;
  let team: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    team = await desk.org.team('Crew');
    const base = { provider: 'Acme AI', currency: 'USD', start_date: '2026-01-01' };
    const [agent] = await desk.add(
      'ai_agent',
      'agt',
      {
        ...{ ...base, name: 'Review helper', seats: 12, monthly_per_seat_price: '19.995', planned_input_tokens_per_month: '40000000000' },
        ...{ price_per_million_input: '0.075', price_per_million_output: '1.25', included_input_tokens_per_month: 1000 },
      },
      { ...base, name: 'Old helper', end_date: '2026-03-31' },
    );
    await desk.allocate({ ai_agent_id: agent, target_team_id: team, start_date: '2026-01-01', is_primary: true });
  });
  afterAll(() => world.close());

  it('lists what is planned to run, with seats, tokens and team', async () => {
    const { items } = await desk.ask('viewer', 'search_ai_agents', { asOf: TODAY });
    expect(items).toEqual([
      expect.objectContaining({
        ...{ name: 'Review helper', provider: 'Acme AI', status: 'active', seats: 12, inputTokensPerMonth: 40_000_000_000 },
        team: { id: team, name: 'Crew' },
      }),
    ]);
    const all = await desk.ask('viewer', 'search_ai_agents', { active: false, asOf: TODAY });
    expect(all.items.map(({ name }: Json) => name)).toEqual(['Old helper', 'Review helper']);
    expect((await desk.ask('viewer', 'search_ai_agents', { query: 'old', active: false })).items).toHaveLength(1);
    expect((await desk.ask('viewer', 'search_ai_agents', { teamId: team, active: false })).items).toHaveLength(1);
  });

  it('shows prices with financials.read only, those of tokens unrounded', async () => {
    const hidden = await desk.ask('manager', 'search_ai_agents', { asOf: TODAY });
    expect([hidden.redacted, JSON.stringify(hidden)]).toEqual([['price'], expect.not.stringMatching(/USD|20\.00|0\.075/)]);
    const [shown] = (await desk.ask('finance', 'search_ai_agents', { asOf: TODAY })).items;
    expect(shown.price).toEqual({
      ...{ perSeatPerMonth: '20.00', perMillionInput: '0.075', perMillionOutput: '1.25', currency: 'USD' },
      ...{ includedInputPerMonth: 1000, includedOutputPerMonth: 0 },
    });
  });

  it("does not know another organization's", async () => {
    const other = await Desk.open(world);
    expect((await other.ask('owner', 'search_ai_agents', { active: false })).items).toEqual([]);
    expect(await other.ask('owner', 'search_ai_agents', { teamId: team })).toMatchObject({ code: 'NOT_FOUND' });
  });
});
