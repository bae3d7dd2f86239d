import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from './desk';

describe('tools about code lists', () => {
  let world: World;
  let desk: Desk;
  let bern: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    const place = { country_code: 'CH', currency: 'CHF', time_zone: 'Europe/Zurich' };
    [bern] = (await desk.add(
      'geography',
      'geo',
      { ...place, name: 'Bern', cost_multiplier: '1.2500' },
      { ...place, name: 'Ärmel', active: false },
    )) as [string];
    const [welder] = await desk.add('job_role', 'role', { title: 'Welder' });
    await org.people([{}, {}, { end: '2020-12-31' }, { start: '2999-01-01' }, { jobRole: welder }]);
    const vacancy = { role: 'X', job_role_id: welder, target_start_date: '2026-01-01' };
    await desk.add('vacancy', 'vac', vacancy, { ...vacancy, status: 'on_hold' }, { ...vacancy, status: 'cancelled' });
    await desk.add('work_type', 'wt', { name: 'Temporary', overhead: '0.3000' });
    await desk.add('cost_centre', 'cc', { code: '200', name: 'Works' }, { code: '100', name: 'Board' });
    await desk.add('value_stream', 'vs', { name: 'Boats' });
    await org.rate('CHF', 'EUR', '1.0500');
    await org.rate('CHF', 'EUR', '1.06', '2026-01-01');
    await org.insert('holiday', [
      { geography_id: bern, day: '2026-08-01', name: 'National day' },
      { geography_id: org.place, day: '2026-08-01', name: 'Summer day' },
    ]);
  });
  afterAll(() => world.close());

  it('get_geographies lists places by name, finds by a part of it, and says what is out of use', async () => {
    const { items } = await desk.ask('viewer', 'get_geographies');
    expect(items.map(({ name, active }: Json) => [name, active])).toEqual([
      ['Ärmel', false],
      ['Bern', undefined],
      ['Home', undefined],
    ]);
    expect((await desk.ask('viewer', 'get_geographies', { query: 'ER' })).items).toEqual([
      { id: bern, name: 'Bern', country: 'CH', currency: 'CHF', timeZone: 'Europe/Zurich', costMultiplier: '1.25' },
    ]);
    expect((await desk.ask('viewer', 'get_geographies', { query: '%' })).items).toEqual([]);
  });

  it('list_job_roles counts who holds a role today and the vacancies that ask for it', async () => {
    const { items } = await desk.ask('viewer', 'list_job_roles');
    expect(items.map(({ name, holders, vacancies }: Json) => [name, holders, vacancies])).toEqual([
      ['Engineer', 2, 0],
      ['Welder', 1, 2],
    ]);
  });

  it('list_job_roles counts neither people nor vacancies for who may not see them', async () => {
    const { items, redacted } = await desk.ask(['org.read'], 'list_job_roles');
    expect(redacted).toEqual(['holders', 'vacancies']);
    expect(Object.keys(items[0])).toEqual(['id', 'name']);
    expect((await desk.ask(['org.read', 'people.read'], 'get_reference_data', { kind: 'job_roles' })).redacted).toEqual(['vacancies']);
  });

  it.each([
    [
      'work_types',
      [
        { name: 'Permanent', overhead: '0' },
        { name: 'Temporary', overhead: '0.3' },
      ],
    ],
    ['cost_centres', [{ name: '100 Board' }, { name: '200 Works' }]],
    ['value_streams', [{ name: 'Boats' }]],
    [
      'fx_rates',
      [
        { name: 'CHF/EUR', rate: '1.05', effectiveFrom: '2020-01-01' },
        { name: 'CHF/EUR', rate: '1.06', effectiveFrom: '2026-01-01' },
      ],
    ],
    ['geographies', [{ name: 'Ärmel' }, { name: 'Bern' }, { name: 'Home' }]],
  ])('get_reference_data shows %s', async (kind, expected) => {
    const answer = await desk.ask('viewer', 'get_reference_data', { kind });
    expect(answer).toMatchObject({ kind, items: expected, hasMore: false });
  });

  it('get_reference_data shows holidays of several places on one day, page by page', async () => {
    const items = await desk.pages('viewer', 'get_reference_data', { kind: 'holidays', limit: 1 });
    expect(items.map(({ day, name, geography }) => [day, name, geography.name]).sort()).toEqual([
      ['2026-08-01', 'National day', 'Bern'],
      ['2026-08-01', 'Summer day', 'Home'],
    ]);
    expect((await desk.ask('viewer', 'get_reference_data', { kind: 'holidays', query: 'bern' })).items).toHaveLength(1);
  });

  it('pages of every list hold each row once', async () => {
    for (const kind of ['geographies', 'fx_rates', 'cost_centres']) {
      const all = (await desk.ask('viewer', 'get_reference_data', { kind })).items;
      expect(await desk.pages('viewer', 'get_reference_data', { kind, limit: 1 })).toEqual(all);
    }
  });

  it("know nothing of another organization's lists", async () => {
    const other = await Desk.open(world);
    expect(JSON.stringify(await other.ask('owner', 'get_geographies'))).not.toMatch('Bern');
    for (const kind of ['cost_centres', 'value_streams', 'fx_rates', 'holidays'])
      expect((await other.ask('owner', 'get_reference_data', { kind })).items).toEqual([]);
  });

  it('refuse what they cannot read, and a cursor of another list', async () => {
    for (const [args, field] of [
      [{}, 'kind'],
      [{ kind: 'salaries' }, 'kind'],
      [{ kind: 'holidays', query: 'x'.repeat(101) }, 'query'],
      [{ kind: 'holidays', limit: 1.5 }, 'limit'],
    ] as const)
      expect(await desk.ask('viewer', 'get_reference_data', args)).toMatchObject({ code: 'VALIDATION', details: { fields: [{ field }] } });
    const { nextCursor } = await desk.ask('viewer', 'get_reference_data', { kind: 'fx_rates', limit: 1 });
    expect(await desk.ask('viewer', 'get_reference_data', { kind: 'cost_centres', cursor: nextCursor })).toMatchObject({
      code: 'VALIDATION',
    });
  });
});

describe('get_my_access', () => {
  let world: World;
  let desk: Desk;
  beforeAll(async () => {
    world = await World.start();
    desk = await Desk.open(world);
  });
  afterAll(() => world.close());

  it('tells role and rights, and that a missing right is for the support of Flowstate to grant', async () => {
    const viewer = await desk.ask('viewer', 'get_my_access');
    expect(viewer).toMatchObject({
      role: 'viewer',
      organization: { id: desk.org.id },
      connection: { client: 'Test client', narrowed: false },
    });
    expect(viewer.permissions).toContain('people.read');
    expect(viewer.missing).toEqual([
      {
        why: expect.stringMatching(/role viewer .*support of Flowstate/),
        permissions: expect.arrayContaining(['compensation.read', 'financials.read']),
      },
    ]);
    expect((await desk.ask('owner', 'get_my_access')).missing).toEqual([]);
  });

  it('tells apart what the role lacks and what the connection leaves out', async () => {
    const scopes = ['openid', 'profile', 'mcp:use', 'people.read'];
    const narrow = await world.connect(desk.org.tenant, { role: 'manager', scopes, narrowed: true });
    const answer = JSON.parse((await world.call(narrow, 'get_my_access')).json.result.content[0].text);
    expect(answer.connection).toEqual({ client: 'Test client', scopes, narrowed: true });
    expect(answer.permissions).toEqual(['contractors.read', 'org.read', 'people.read', 'vacancies.read']);
    const [role, connection] = answer.missing;
    expect(role.permissions).toContain('compensation.read');
    expect(role.permissions).not.toContain('teams.read');
    expect(connection.why).toContain('connection');
    expect(connection.permissions).toEqual(expect.arrayContaining(['teams.read', 'budgets.read', 'scenarios.write']));
    expect(connection.permissions).not.toContain('compensation.read');
  });
});
