import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk, TODAY } from './desk';

/** Mondays to Fridays from one day to another, both included. */
function workdays(from: string, to: string): number {
  let count = 0;
  for (const day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) count += day.getUTCDay() % 6 === 0 ? 0 : 1;
  return count;
}

describe('tools about projects', () => {
  let world: World;
  let desk: Desk;
  let ada: string;
  let grace: string;
  let stream: string;
  let harbour: string;
  let lighthouse: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    ada = await org.person({ first: 'Ada', last: 'Owner', email: 'ada@example.test', pay: { '2020-01-01': ['130500', '26100', 'EUR'] } });
    grace = await org.person({ first: 'Grace', last: 'Worker', pay: { '2020-01-01': ['261000', '0', 'EUR'] } });
    stream = newId('vs');
    await org.insert('value_stream', [{ id: stream, name: 'Growth', external_id: 'VS-1' }]);
    const team = await org.team('Crew');
    const [agent] = await desk.add('ai_agent', 'agt', { name: 'Scribe', provider: 'X', currency: 'EUR', start_date: '2024-01-01' });
    [harbour, lighthouse] = (await desk.add(
      'project',
      'prj',
      {
        ...{ name: 'Harbour Öresund', description: 'Quays.', status: 'active', lifecycle_stage: 'in_progress', external_id: 'P-1' },
        ...{ owner_id: ada, value_stream_id: stream, capex_class: 'capex', estimated_cost: '1234567.89', currency: 'USD' },
        ...{ start_date: '2026-01-01', end_date: '2026-12-31' },
      },
      { name: 'Lighthouse', status: 'planning', lifecycle_stage: 'approved' },
      { name: 'Old Harbour', status: 'completed', lifecycle_stage: 'completed', owner_id: grace, end_date: '2025-12-31' },
    )) as [string, string];
    await desk.allocate({ employee_id: ada, target_project_id: harbour, fte: 1, start_date: '2026-01-01' });
    await desk.allocate({ employee_id: grace, target_project_id: harbour, fte: 0.5, start_date: '2026-01-01', end_date: '2026-06-30' });
    await desk.allocate({ employee_id: grace, target_project_id: harbour, fte: 0.25, start_date: '2026-07-01' });
    await desk.allocate({ ai_agent_id: agent, target_project_id: harbour, fte: 1, start_date: '2025-01-01', end_date: '2025-12-31' });
    await desk.allocate({ team_id: team, target_project_id: lighthouse, fte: 40, start_date: '2026-01-01' });
    const budget = { scope: 'project', project_id: harbour, currency: 'EUR', period: 'fiscal_year' };
    await org.insert('budget', [
      { id: newId('bud'), ...budget, amount: '100000', effective_date: '2026-01-01' },
      { id: newId('bud'), ...budget, amount: '90000', effective_date: '2026-06-01', period: 'month' },
      { id: newId('bud'), ...budget, amount: '80000', effective_date: '2026-07-01' },
    ]);
  });
  afterAll(() => world.close());

  const names = async (args: object, who = 'viewer'): Promise<string[]> =>
    (await desk.ask(who, 'search_projects', { asOf: TODAY, ...args })).items.map(({ name }: Json) => name);
  const details = (who: string | Parameters<Desk['ask']>[0], args: object = {}): Promise<Json> =>
    desk.ask(who, 'get_project_details', { projectId: harbour, asOf: TODAY, ...args });

  it('lists them by name, with what is allocated to them on the day', async () => {
    const { items } = await desk.ask('viewer', 'search_projects', { asOf: TODAY });
    expect(items).toEqual([
      {
        ...{ id: harbour, name: 'Harbour Öresund', status: 'active', lifecycleStage: 'in_progress' },
        ...{ startDate: '2026-01-01', endDate: '2026-12-31', valueStream: { id: stream, name: 'Growth' } },
        ...{ owner: { id: ada, name: 'Ada Owner' }, allocatedFte: 1.5 },
      },
      { id: lighthouse, name: 'Lighthouse', status: 'planning', lifecycleStage: 'approved', allocatedFte: 40 },
      expect.objectContaining({ name: 'Old Harbour', endDate: '2025-12-31', allocatedFte: 0 }),
    ]);
    const [later] = (await desk.ask('viewer', 'search_projects', { asOf: '2026-07-01' })).items;
    expect(later.allocatedFte).toBe(1.25);
  });

  it('finds by words, stage, status, owner and value stream, and together', async () => {
    expect(await names({ query: 'harb' })).toEqual(['Harbour Öresund', 'Old Harbour']);
    expect(await names({ query: 'ores harb' })).toEqual(['Harbour Öresund']);
    expect(await names({ query: '%' })).toEqual([]);
    expect(await names({ status: 'planning' })).toEqual(['Lighthouse']);
    expect(await names({ lifecycleStage: 'completed' })).toEqual(['Old Harbour']);
    for (const ownerId of [ada, 'ada@example.test']) expect(await names({ ownerId })).toEqual(['Harbour Öresund']);
    for (const valueStreamId of [stream, 'ext:VS-1']) expect(await names({ valueStreamId })).toEqual(['Harbour Öresund']);
    expect(await names({ ownerId: grace, query: 'harb' })).toEqual(['Old Harbour']);
    expect(await names({ ownerId: grace, status: 'active' })).toEqual([]);
  });

  it('shows each once over the pages', async () => {
    const pages = await desk.pages('viewer', 'search_projects', { limit: 1, asOf: TODAY });
    expect(pages.map(({ name }: Json) => name)).toEqual(['Harbour Öresund', 'Lighthouse', 'Old Harbour']);
  });

  it('leaves owner and FTE out of the list for who may not read them, and refuses to filter by the owner', async () => {
    const page = await desk.ask(['projects.read'], 'search_projects', { asOf: TODAY });
    expect(page.redacted).toEqual(['owner', 'allocatedFte']);
    expect(JSON.stringify(page.items)).not.toMatch(/owner|allocatedFte|Ada/);
    expect((await desk.ask(['projects.read'], 'search_projects', { ownerId: ada })).code).toBe('PERMISSION_DENIED');
    expect((await desk.ask(['org.read'], 'search_projects')).code).toBe('PERMISSION_DENIED');
  });

  it('shows one in full', async () => {
    const year = workdays('2026-01-01', '2026-12-31');
    const half = workdays('2026-01-01', '2026-06-30');
    const toDate = workdays('2026-01-01', TODAY);
    const money = (amount: number): string => amount.toFixed(2);
    const adaYear = 130500 + 26100;
    const whole = adaYear + (261000 / year) * (half * 0.5 + (year - half) * 0.25);
    const record = await details('owner');
    expect(record).toEqual({
      asOf: TODAY,
      project: {
        ...{
          id: harbour,
          externalId: 'P-1',
          name: 'Harbour Öresund',
          description: 'Quays.',
          status: 'active',
          lifecycleStage: 'in_progress',
        },
        ...{ startDate: '2026-01-01', endDate: '2026-12-31', valueStream: { id: stream, name: 'Growth' }, capexClass: 'capex' },
      },
      owner: { id: ada, name: 'Ada Owner' },
      totals: { allocations: 3, allocatedFte: 1.5, people: 2, teams: 0 },
      allocations: [
        expect.objectContaining({ subject: { id: expect.stringMatching(/^emp_/), name: expect.any(String) }, startDate: '2026-01-01' }),
        expect.objectContaining({ startDate: '2026-01-01' }),
        { id: expect.any(String), subject: { id: grace, name: 'Grace Worker' }, fte: 0.25, startDate: '2026-07-01' },
      ],
      estimatedCost: { amount: '1234567.89', currency: 'USD' },
      budget: { id: expect.any(String), amount: '90000.00', currency: 'EUR', period: 'month', effectiveDate: '2026-06-01' },
      cost: {
        currency: 'EUR',
        fiscalYear: { from: '2026-01-01', to: '2026-12-31', amount: money(whole) },
        fiscalYearToDate: { from: '2026-01-01', to: TODAY, amount: money(((adaYear + 130500) / year) * toDate) },
        whole: { from: '2026-01-01', to: '2026-12-31', amount: money(whole) },
        warnings: [],
      },
    });
    expect(await details('owner', { projectId: 'ext:P-1' })).toEqual(record);
    expect((await details('owner', { asOf: '2026-07-02' })).totals).toEqual({ allocations: 2, allocatedFte: 1.25, people: 2, teams: 0 });
    expect((await details('owner', { projectId: lighthouse })).totals).toEqual({ allocations: 1, allocatedFte: 40, people: 0, teams: 1 });
  });

  it('keeps money from who may not see it, and what it costs from who may not see pay', async () => {
    const viewer = await details('viewer');
    expect(viewer.redacted).toEqual(['estimatedCost', 'budget', 'cost']);
    expect(JSON.stringify(viewer)).not.toMatch(/1234567|90000|amount/);
    expect(await details('manager')).toMatchObject({ budget: { amount: '90000.00' }, redacted: ['estimatedCost', 'cost'] });
    const reader = ['projects.read', 'people.read', 'financials.read'] as const;
    const blind = await details(reader);
    expect(blind).toMatchObject({ estimatedCost: { amount: '1234567.89' }, redacted: ['totals', 'allocations', 'budget', 'cost'] });
  });

  it('warns of a currency without a rate and leaves its cost out', async () => {
    const [project] = await desk.add('project', 'prj', { name: 'Fjord', status: 'active' });
    const person = await desk.org.person({ first: 'Nils', pay: { '2020-01-01': ['999999', '0', 'NOK'] } });
    await desk.allocate({ employee_id: person, target_project_id: project, start_date: '2026-01-01' });
    const { cost } = await details('owner', { projectId: project });
    expect(cost.fiscalYear.amount).toBe('0.00');
    expect(cost.warnings).toEqual([expect.objectContaining({ code: 'FX_MISSING', currency: 'NOK', count: 1 })]);
  });

  it('tells of no project of another organization, and takes no wrong ids', async () => {
    const other = await Desk.open(world);
    const [foreign] = await other.add('project', 'prj', { name: 'Foreign' });
    const [there, nowhere] = [await details('owner', { projectId: foreign }), await details('owner', { projectId: newId('prj') })];
    expect([there.code, { ...there, requestId: '' }]).toEqual(['NOT_FOUND', { ...nowhere, requestId: '' }]);
    for (const projectId of ['Harbour', ada, 'ext:', "prj_' or 1=1"])
      expect((await details('owner', { projectId })).code).toBe('VALIDATION');
    expect((await desk.ask('owner', 'search_projects', { status: 'done' })).code).toBe('VALIDATION');
    expect((await desk.ask('owner', 'search_projects', { valueStreamId: newId('vs') })).code).toBe('NOT_FOUND');
  });
});
