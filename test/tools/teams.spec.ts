import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk, TODAY } from './desk';

describe('tools about teams', () => {
  let world: World;
  let desk: Desk;
  let boss: string;
  let ids: Record<'company' | 'crafts' | 'wood' | 'metal' | 'sales', string>;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    boss = await org.person({ first: 'Boss', last: 'One' });
    const [cc] = await desk.add('cost_centre', 'cc', { code: '100', name: 'Works' });
    const [company] = (await desk.add('team', 'team', { name: 'Company', team_type: 'Company', manager_id: boss })) as [string];
    const [crafts, sales] = (await desk.add(
      'team',
      'team',
      { name: 'Crafts', parent_team_id: company, cost_centre_id: cc, external_id: 'T-1', description: 'Makes things.' },
      { name: 'Sales', parent_team_id: company, team_type: 'Région' },
    )) as [string, string];
    const [wood, metal] = (await desk.add(
      'team',
      'team',
      { name: 'Wood', parent_team_id: crafts },
      { name: 'Métal works', parent_team_id: crafts },
    )) as [string, string];
    ids = { company, crafts, wood, metal, sales };
    const pay = { '2020-01-01': ['60000', '0', 'EUR'] } as Record<string, [string, string, string]>;
    await org.people([
      { first: 'Ann', last: 'Axe', team: wood, pay },
      { first: 'Bo', last: 'Beam', team: wood, fte: 0.5, pay },
      { first: 'Cy', last: 'Chip', team: wood, end: '2026-06-30', pay },
      { first: 'Gone', last: 'Long', team: wood, end: '2026-01-31', pay },
      { first: 'Mo', last: 'Molten', team: metal, pay },
      { first: 'Cra', last: 'Fter', team: crafts, pay },
    ]);
    const [helper] = await org.people([{ first: 'Part', last: 'Timer', team: metal }]);
    await desk.allocate({ employee_id: helper, target_team_id: wood, fte: 0.2 });
    const base = { geography_id: org.place, start_date: '2024-01-01' };
    const [contractor] = await desk.add('contractor', 'con', { ...base, name: 'Saw Ltd' });
    const [vacancy] = await desk.add('vacancy', 'vac', { role: 'Joiner', target_start_date: '2026-09-01' });
    const [cancelled] = await desk.add('vacancy', 'vac', { role: 'Nobody', status: 'cancelled', target_start_date: '2026-09-01' });
    const [agent] = await desk.add('ai_agent', 'agt', {
      name: 'Sketcher',
      provider: 'P',
      seats: 3,
      currency: 'EUR',
      start_date: '2026-01-01',
    });
    const [project] = await desk.add('project', 'prj', { name: 'Harbour', status: 'active' });
    await desk.allocate({ contractor_id: contractor, target_team_id: wood, fte: 0.4 });
    for (const vacancy_id of [vacancy, cancelled]) await desk.allocate({ vacancy_id, target_team_id: wood, start_date: '2026-09-01' });
    await desk.allocate({ ai_agent_id: agent, target_team_id: wood });
    await desk.allocate({ team_id: wood, target_project_id: project, fte: 1.5, end_date: '2026-12-31' });
  });
  afterAll(() => world.close());

  const names = async (args: object): Promise<string[]> =>
    (await desk.ask('viewer', 'search_teams', { asOf: TODAY, ...args })).items.map(({ name }: Json) => name);

  describe('search_teams', () => {
    it('lists teams by name with parent, manager and the people of the team and all below it', async () => {
      const { items } = await desk.ask('viewer', 'search_teams', { asOf: TODAY });
      expect(items.map(({ name, headcount }: Json) => [name, headcount])).toEqual([
        ['Company', 6],
        ['Crafts', 6],
        ['Métal works', 2],
        ['Sales', 0],
        ['Wood', 3],
      ]);
      expect(items[0]).toEqual({
        id: ids.company,
        name: 'Company',
        teamType: 'Company',
        manager: { id: boss, name: 'Boss One' },
        headcount: 6,
      });
      expect(items[4].parent).toEqual({ id: ids.crafts, name: 'Crafts' });
      expect((await desk.ask('viewer', 'search_teams', { query: 'wood', asOf: '2026-01-15' })).items[0].headcount).toBe(4);
    });

    it('filters by words of the name, type and place', async () => {
      expect(await names({ query: 'work met' })).toEqual(['Métal works']);
      expect(await names({ teamType: 'region' })).toEqual(['Sales']);
      expect(await names({ parentTeamId: ids.company })).toEqual(['Crafts', 'Métal works', 'Sales', 'Wood']);
      expect(await names({ parentTeamId: 'ext:T-1' })).toEqual(['Métal works', 'Wood']);
      expect(await names({ parentTeamId: ids.company, includeDescendants: false })).toEqual(['Crafts', 'Sales']);
      expect(await names({ parentTeamId: ids.wood })).toEqual([]);
    });

    it('counts the same among very many teams, as the tree and the details do', async () => {
      const large = await Desk.open(world);
      const [top, middle] = [await large.org.team('Top'), newId('team')];
      const leaves = Array.from({ length: 320 }, (_, number) => ({ id: newId('team'), name: `Leaf ${number}`, parent_team_id: middle }));
      await large.org.insert('team', [{ id: middle, name: 'Middle', parent_team_id: top }]);
      await large.org.insert('team', leaves);
      await large.org.people([...leaves.slice(0, 40), ...leaves.slice(0, 3), { id: middle }].map(({ id: team }) => ({ team })));
      await large.org.people([{ team: leaves[50]!.id, end: '2026-01-01' }, {}]);
      const counts = async (tool: string, args: object): Promise<unknown[]> =>
        (await large.ask('viewer', tool, { asOf: TODAY, ...args })).items.map(({ name, headcount }: Json) => [name, headcount]);
      const [first, fifty] = [await counts('search_teams', { query: 'Leaf 1' }), await counts('search_teams', { query: 'Leaf 50' })];
      expect([first[0], fifty]).toEqual([['Leaf 1', 2], [['Leaf 50', 0]]]);
      const upper = [
        ['Middle', 44],
        ['Top', 44],
      ];
      for (const [name, count] of upper) expect(await counts('search_teams', { query: name })).toEqual([[name, count]]);
      expect(await counts('get_org_tree', { depth: 1 })).toEqual([...upper].reverse());
      expect((await large.ask('viewer', 'get_team_details', { teamId: middle, asOf: TODAY })).headcount).toEqual({
        own: 1,
        withSubteams: 44,
      });
    });

    it('shows every team once over the pages', async () => {
      const items = await desk.pages('viewer', 'search_teams', { limit: 2, asOf: TODAY });
      expect(items.map(({ name }) => name)).toEqual(['Company', 'Crafts', 'Métal works', 'Sales', 'Wood']);
    });

    it('tells no figure and name of people to who may not see people', async () => {
      const answer = await desk.ask(['teams.read'], 'search_teams');
      expect(answer.redacted).toEqual(['manager', 'headcount']);
      expect(JSON.stringify(answer.items)).not.toMatch(/manager|headcount/);
    });
  });

  describe('get_team_details', () => {
    const details = (teamId: string, args: object = {}, who: string | Parameters<Desk['ask']>[0] = 'viewer') =>
      desk.ask(who, 'get_team_details', { teamId, asOf: TODAY, ...args });

    it('shows the team, its headcounts, members and subteams unless told otherwise', async () => {
      expect(await details('ext:T-1')).toMatchObject({
        asOf: TODAY,
        team: {
          ...{ id: ids.crafts, externalId: 'T-1', name: 'Crafts', description: 'Makes things.' },
          ...{ parent: { id: ids.company, name: 'Company' }, costCentre: { name: '100 Works' } },
        },
        headcount: { own: 1, withSubteams: 6 },
        members: { count: 1, items: [{ name: 'Cra Fter', jobRole: 'Engineer', fte: 1, isPrimary: true }] },
        subteams: {
          count: 2,
          items: [
            { id: ids.metal, name: 'Métal works', headcount: 2 },
            { id: ids.wood, name: 'Wood', headcount: 3 },
          ],
        },
      });
      expect(Object.keys(await details(ids.wood))).not.toContain('vacancies');
      expect(await details(ids.company)).toMatchObject({ manager: { id: boss, name: 'Boss One' }, headcount: { own: 0, withSubteams: 6 } });
    });

    it('shows the other lists on request, of the day', async () => {
      const include = ['members', 'vacancies', 'contractors', 'projects', 'ai_agents'];
      const wood = await details(ids.wood, { include });
      expect(wood.members.items.map(({ name, fte, isPrimary }: Json) => [name, fte, isPrimary])).toEqual([
        ['Ann Axe', 1, true],
        ['Bo Beam', 0.5, true],
        ['Cy Chip', 1, true],
        ['Part Timer', 0.2, false],
      ]);
      expect(wood).toMatchObject({
        vacancies: { count: 1, items: [{ role: 'Joiner', status: 'open', fte: 1, targetStartDate: '2026-09-01' }] },
        contractors: { count: 1, items: [{ name: 'Saw Ltd', fte: 0.4 }] },
        projects: { count: 1, items: [{ name: 'Harbour', status: 'active', fte: 1.5, endDate: '2026-12-31' }] },
        ai_agents: { count: 1, items: [{ name: 'Sketcher', provider: 'P', seats: 3 }] },
      });
      expect(wood).not.toHaveProperty('subteams');
      expect((await details(ids.wood, { asOf: '2026-07-01' })).members.count).toBe(3);
      expect((await details(ids.wood, { include, asOf: '2027-01-01' })).projects.count).toBe(0);
    });

    it('counts all and shows the first 50', async () => {
      const crowd = await desk.org.team('Crowd');
      await desk.org.people(
        Array.from({ length: 53 }, (_, index) => ({ first: 'P', last: `N${String(index).padStart(2, '0')}`, team: crowd })),
      );
      const { members } = await details(crowd);
      expect([members.count, members.items.length, members.items[49].name]).toEqual([53, 50, 'P N49']);
    });

    it('shows the planned cost of the fiscal year to who may see costs and pay', async () => {
      const { cost } = await details(ids.metal, {}, 'finance');
      expect(cost).toMatchObject({ amount: '60000.00', currency: 'EUR', period: { from: '2026-01-01', to: '2026-12-31' } });
      for (const who of ['viewer', 'manager', 'admin']) {
        const answer = await details(ids.metal, {}, who);
        expect([answer.redacted, JSON.stringify(answer)]).toEqual([['cost'], expect.not.stringMatching(/60000|EUR/)]);
      }
    });

    it('tells no cost to who may not see pay: a team less those below it would be that of few', async () => {
      const who = ['teams.read', 'people.read', 'financials.read'] as const;
      for (const team of [ids.metal, ids.company]) expect((await details(team, {}, who)).redacted).toEqual(['cost']);
    });

    it('leaves out what other permissions are for', async () => {
      const include = ['members', 'subteams', 'vacancies', 'contractors', 'projects', 'ai_agents'];
      const answer = await details(ids.crafts, { include }, ['teams.read']);
      expect(answer.redacted).toEqual(['manager', 'headcount', 'members', 'vacancies', 'contractors', 'projects', 'cost']);
      for (const field of answer.redacted) expect(answer).not.toHaveProperty(field);
      const none = await details(ids.crafts, { include: ['vacancies'] }, ['teams.read']);
      expect([none.team.name, none.redacted]).toEqual(['Crafts', ['manager', 'headcount', 'vacancies', 'cost']]);
      expect((await details(ids.crafts, { include: [] })).team.name).toBe('Crafts');
      expect(JSON.stringify(answer.subteams)).not.toMatch(/manager|headcount/);
    });
  });

  describe('get_org_tree', () => {
    const tree = (args: object = {}, who: Parameters<Desk['ask']>[0] = 'viewer') => desk.ask(who, 'get_org_tree', { asOf: TODAY, ...args });
    const shape = ({ items }: Json) => items.map(({ level, name, headcount, subteams }: Json) => [level, name, headcount, subteams]);

    it('goes depth first and counts the people of all teams below', async () => {
      expect(shape(await tree({ teamId: ids.company }))).toEqual([
        [0, 'Company', 6, 2],
        [1, 'Crafts', 6, 2],
        [2, 'Métal works', 2, 0],
        [2, 'Wood', 3, 0],
        [1, 'Sales', 0, 0],
      ]);
    });

    it('begins at a team and ends at a depth, and says that there is more below', async () => {
      expect(shape(await tree({ teamId: ids.company, depth: 1 }))).toEqual([
        [0, 'Company', 6, 2],
        [1, 'Crafts', 6, 2],
        [1, 'Sales', 0, 0],
      ]);
      expect(shape(await tree({ teamId: ids.crafts, depth: 0, asOf: '2026-01-15' }))).toEqual([[0, 'Crafts', 7, 2]]);
      expect((await tree()).items.filter(({ level }: Json) => level === 0).map(({ name }: Json) => name)).toContain('Company');
    });

    it('shows every team once over the pages', async () => {
      const items = await desk.pages('viewer', 'get_org_tree', { limit: 2, teamId: ids.company, asOf: TODAY });
      expect(items.map(({ name }) => name)).toEqual(['Company', 'Crafts', 'Métal works', 'Wood', 'Sales']);
      const { nextCursor } = await tree({ limit: 2, teamId: ids.company });
      expect(await tree({ limit: 2, teamId: ids.crafts, cursor: nextCursor })).toMatchObject({ code: 'VALIDATION' });
    });

    it('tells nothing of people to who may not see people', async () => {
      const answer = await tree({ teamId: ids.company }, ['teams.read']);
      expect(answer.redacted).toEqual(['manager', 'headcount']);
      expect(JSON.stringify(answer.items)).not.toMatch(/manager|headcount/);
    });
  });

  it("do not know another organization's teams", async () => {
    const other = await Desk.open(world);
    for (const teamId of [ids.wood, 'team_aaaaaaaaaaaa', 'ext:T-1']) {
      expect(await other.ask('owner', 'get_team_details', { teamId })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await other.ask('owner', 'get_org_tree', { teamId })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await other.ask('owner', 'search_teams', { parentTeamId: teamId })).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await other.ask('owner', 'search_teams')).items).toEqual([]);
    expect((await other.ask('owner', 'get_org_tree')).items).toEqual([]);
  });

  it('refuse what they cannot read, by the name of the field', async () => {
    const wrong: [string, Record<string, unknown>, string][] = [
      ['search_teams', { teamType: 'x'.repeat(51) }, 'teamType'],
      ['search_teams', { includeDescendants: 'no' }, 'includeDescendants'],
      ['get_team_details', { teamId: boss }, 'teamId'],
      ['get_team_details', { teamId: ids.wood, include: ['everything'] }, 'include'],
      ['get_team_details', { teamId: ids.wood, include: 'members' }, 'include'],
      ['get_org_tree', { depth: 21 }, 'depth'],
      ['get_org_tree', { depth: -1 }, 'depth'],
      ['get_org_tree', { limit: 0 }, 'limit'],
    ];
    for (const [tool, args, field] of wrong)
      expect(await desk.ask('viewer', tool, args)).toMatchObject({ code: 'VALIDATION', details: { fields: [{ field }] } });
  });
});
