import type { Permission } from '../../src/permissions';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from './desk';

describe('search and fetch', () => {
  let world: World;
  let desk: Desk;
  let ids: Record<'team' | 'ann' | 'project' | 'contractor' | 'vacancy' | 'plan' | 'hidden', string>;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    const team = await org.team('Harbour crew');
    const [ann] = (await org.people([
      { first: 'Ann', last: 'Harbourne', email: 'ann@ships.example', team, pay: { '2020-01-01': ['61234', '0', 'EUR'] } },
      { first: 'Gone', last: 'Harbourne', end: '2020-12-31' },
      { first: 'Theo', last: 'Inger' },
    ])) as [string];
    const base = { geography_id: org.place, start_date: '2024-01-01' };
    const [contractor] = await desk.add('contractor', 'con', { ...base, name: 'Harbour Divers Ltd' });
    const [vacancy] = await desk.add('vacancy', 'vac', { role: 'Harbour pilot', target_start_date: '2026-09-01' });
    const [project] = await desk.add('project', 'prj', { name: 'New harbour' });
    const viewer = await desk.connection('viewer');
    const owner = await desk.connection('owner');
    const [plan, hidden] = ['plan_aaaaaaaaaaaa', 'plan_bbbbbbbbbbbb'];
    for (const [id, title, user] of [
      [plan, 'Harbour without a crew', viewer.user.id],
      [hidden, 'Harbour closed', owner.user.id],
    ])
      await world.db.admin('insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, $3, $4)', [org.id, id, title, user]);
    ids = { team, ann, project: project!, contractor: contractor!, vacancy: vacancy!, plan, hidden };
  });
  afterAll(() => world.close());

  const titles = async (query: string, who: string | readonly Permission[] = 'viewer'): Promise<string[]> =>
    (await desk.ask(who, 'search', { query })).results.map(({ title }: Json) => title);

  it('finds whatever has the words of a question in its name, most of them and whole words first', async () => {
    expect(await titles('harbour')).toEqual([
      'Harbour crew (team)',
      'New harbour (project)',
      'Harbour Divers Ltd (contractor)',
      'Harbour pilot (vacancy)',
      'Harbour without a crew (scenario)',
      'Ann Harbourne (employee)',
      'Gone Harbourne (former employee)',
    ]);
    expect((await titles('Who works in the Harbour crew, and on which project?')).slice(0, 2)).toEqual([
      'Harbour crew (team)',
      'Harbour without a crew (scenario)',
    ]);
    expect((await titles('ann harb'))[0]).toBe('Ann Harbourne (employee)');
    expect(await titles('ANN@ships.example')).toEqual(['Ann Harbourne (employee)']);
    expect(await titles('in th')).toEqual([]);
    expect(await titles('% _ \\ ???')).toEqual([]);
  });

  it('answers in the form that ChatGPT asks for: one text with results of id, title and a link of the tenant', async () => {
    const { json } = await world.call(await desk.connection('viewer'), 'search', { query: 'pilot' });
    const results = [
      { id: ids.vacancy, title: 'Harbour pilot (vacancy)', url: `${world.app.origin(desk.org.tenant.slug)}/records/${ids.vacancy}` },
    ];
    expect(json.result.content).toEqual([{ type: 'text', text: JSON.stringify({ results }) }]);
    expect(json.result.structuredContent).toEqual({ results });
  });

  it('fetches each kind as a document with id, title, text, link and metadata', async () => {
    const expected: Record<string, [string, RegExp]> = {
      [ids.team]: [
        'Harbour crew (team)',
        /headcount:\n {2}own: 1\n.*\nmembers:\n {2}count: 1\n {2}items:\n {2}- id emp_\w+, name Ann Harbourne, /,
      ],
      [ids.ann]: ['Ann Harbourne (employee)', /first name: Ann\n[\s\S]*team: Harbour crew \(team_/],
      [ids.project]: ['New harbour (project)', /status: planning/],
      [ids.contractor]: ['Harbour Divers Ltd (contractor)', /geography: Home \(geo_/],
      [ids.vacancy]: ['Harbour pilot (vacancy)', /target start date: 2026-09-01/],
      [ids.plan]: ['Harbour without a crew (scenario)', /status: DRAFT/],
    };
    for (const [id, [title, text]] of Object.entries(expected)) {
      const document = await desk.ask('viewer', 'fetch', { id });
      expect(document).toEqual({
        ...{
          id,
          title,
          text: expect.stringMatching(text),
          url: `${world.app.origin(desk.org.tenant.slug)}/${id === ids.plan ? 'scenarios' : 'records'}/${id}`,
        },
        metadata: expect.objectContaining({ kind: title.split('(')[1]!.slice(0, -1) }),
      });
    }
  });

  it('shows no pay without the right, and says that it was left out', async () => {
    const viewer = await desk.ask('viewer', 'fetch', { id: ids.ann });
    expect([viewer.metadata.redacted, viewer.text]).toEqual(['salary, salaryHistory', expect.not.stringContaining('61234')]);
    expect((await desk.ask('owner', 'fetch', { id: ids.ann })).text).toContain('61234.00');
  });

  it('neither finds nor fetches kinds that the caller may not read', async () => {
    const kinds: [Permission, string, string][] = [
      ['teams.read', ids.team, 'team'],
      ['people.read', ids.ann, 'employee'],
      ['projects.read', ids.project, 'project'],
      ['contractors.read', ids.contractor, 'contractor'],
      ['vacancies.read', ids.vacancy, 'vacancy'],
    ];
    for (const [permission, id, kind] of kinds) {
      const who = ['org.read', permission] as const;
      const found = await titles('harbour', who);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((title) => title.endsWith(`${kind})`))).toBe(true);
      expect(await desk.ask(who, 'fetch', { id })).toMatchObject({ id });
      for (const [, other] of kinds.filter(([needed]) => needed !== permission))
        expect(await desk.ask(who, 'fetch', { id: other })).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect(await desk.ask(who, 'fetch', { id: ids.plan })).toMatchObject({ code: 'PERMISSION_DENIED' });
    }
    expect(await titles('harbour', ['org.read'])).toEqual([]);
  });

  it("does not know another organization's things, nor scenarios that are not shared", async () => {
    const other = await Desk.open(world);
    expect((await other.ask('owner', 'search', { query: 'harbour' })).results).toEqual([]);
    for (const id of Object.values(ids)) expect(await other.ask('owner', 'fetch', { id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await desk.ask('viewer', 'fetch', { id: ids.hidden })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await desk.ask('owner', 'fetch', { id: ids.hidden })).toMatchObject({ id: ids.hidden });
  });

  it('refuses ids of nothing', async () => {
    for (const id of ['emp_aaaaaaaaaaaa', 'geo_aaaaaaaaaaaa', 'constructor_a', 'ext:1', 'team_', 'plan_aaaaaaaaaaab', "emp_' or 1=1"])
      expect(await desk.ask('owner', 'fetch', { id })).toMatchObject({ code: 'NOT_FOUND' });
    for (const [tool, args] of [
      ['search', {}],
      ['search', { query: ' ' }],
      ['search', { query: 'x'.repeat(401) }],
      ['fetch', {}],
      ['fetch', { id: 'x'.repeat(61) }],
    ] as const)
      expect(await desk.ask('owner', tool, args)).toMatchObject({ code: 'VALIDATION' });
  });
});
