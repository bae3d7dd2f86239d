import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import type { Row } from '../workforce/organization';
import { Desk, TODAY } from './desk';

const ISSUES = ['completed_with_allocations', 'no_allocations', 'ended_with_allocations', 'no_owner', 'over_budget'];

describe('find_projects_with_issues', () => {
  let world: World;
  let desk: Desk;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    const pay = { '2020-01-01': ['60000', '0', 'EUR'] as [string, string, string] };
    const [ann, ben, cat, dan] = await org.people([
      ...['Ann', 'Ben', 'Cat'].map((first) => ({ first, last: 'Worker', pay })),
      { first: 'Dan', last: 'Gone', end: '2026-05-31' },
    ]);
    Object.assign(ids, { ann, ben, cat, dan });
    await project('Anchor', { status: 'completed', lifecycle_stage: 'completed', owner_id: ann });
    await project('Beacon', { status: 'active', owner_id: ann, start_date: '2026-01-01' });
    await project('Channel', { status: 'active', owner_id: ann, end_date: '2026-06-14' });
    await project('Dock', { status: 'active', owner_id: dan });
    await project('Estuary', { status: 'on_hold', owner_id: null });
    await project('Ferry', { status: 'active', owner_id: ann });
    await project('Gangway', { status: 'planning', owner_id: ann, start_date: '2026-07-01' });
    await project('Harbour', { status: 'planning', owner_id: ann, start_date: '2026-06-15' });
    await project('Island', { status: 'cancelled', owner_id: null, end_date: '2026-06-14' });
    await project('Jetty', { status: 'active', owner_id: ann, end_date: '2026-06-15' });
    const on = (who: string, name: string, fte: number, start = '2026-01-01', end: string | null = null): Promise<string> =>
      desk.allocate({ employee_id: ids[who], target_project_id: ids[name], fte, start_date: start, end_date: end });
    await on('ann', 'Anchor', 0.2);
    await on('ben', 'Anchor', 0.3, '2026-06-16');
    await on('cat', 'Anchor', 0.1, '2026-01-01', '2026-06-14');
    await on('ben', 'Beacon', 0.2, '2026-01-01', '2026-06-14');
    await on('ben', 'Channel', 0.25, '2026-01-01', '2026-06-15');
    await on('cat', 'Dock', 0.5);
    await on('ann', 'Ferry', 0.5);
    await on('ben', 'Ferry', 0.5);
    await on('cat', 'Ferry', 0.4);
    await on('ann', 'Jetty', 0.1);
    await budget('Ferry', '83000', '2026-01-01');
    await budget('Ferry', '84001', '2026-07-01');
    await budget('Dock', '30001', '2026-01-01');
    await budget('Jetty', '5999', '2026-01-01');
  });
  afterAll(() => world.close());

  async function project(name: string, row: Row): Promise<void> {
    [ids[name]] = (await desk.add('project', 'prj', { name, ...row })) as [string];
  }

  async function budget(name: string, amount: string, day: string): Promise<void> {
    await desk.add('budget', 'bud', { scope: 'project', project_id: ids[name], amount, currency: 'EUR', effective_date: day });
  }

  const ask = (who: string | Parameters<Desk['ask']>[0], args: object = {}): Promise<Json> =>
    desk.ask(who, 'find_projects_with_issues', { asOf: TODAY, ...args });
  const found = ({ items }: Json): [string, string[]][] => items.map(({ name, issues }: Json) => [name, issues]);

  const EXPECTED: [string, string[]][] = [
    ['Anchor', ['completed_with_allocations']],
    ['Beacon', ['no_allocations']],
    ['Channel', ['ended_with_allocations']],
    ['Dock', ['no_owner']],
    ['Estuary', ['no_owner']],
    ['Ferry', ['over_budget']],
    ['Harbour', ['no_allocations']],
    ['Jetty', ['over_budget']],
  ];

  it('names what is wrong with each, by name, and counts', async () => {
    const answer = await ask('owner');
    expect(found(answer)).toEqual(EXPECTED);
    expect(answer.counts).toEqual({
      ...{ completed_with_allocations: 1, no_allocations: 2, ended_with_allocations: 1, no_owner: 2, over_budget: 2 },
    });
    expect(answer).toMatchObject({ asOf: TODAY, currency: 'EUR', hasMore: false });
  });

  it('gives the evidence', async () => {
    const items: Json[] = (await ask('owner')).items;
    const row = (name: string): Json => items.find((item) => item.name === name);
    const worker = (name: string): object => ({ id: ids[name.toLowerCase()], name: `${name} Worker` });
    expect(row('Anchor')).toEqual({
      ...{ id: ids['Anchor'], name: 'Anchor', status: 'completed', lifecycleStage: 'completed', issues: ['completed_with_allocations'] },
      ...{ owner: worker('Ann'), allocations: 2, allocatedFte: 0.2, allocated: [worker('Ben'), worker('Ann')] },
    });
    expect(row('Channel')).toMatchObject({ endDate: '2026-06-14', allocations: 1, allocatedFte: 0.25, allocated: [worker('Ben')] });
    expect(row('Dock')).toMatchObject({ owner: { id: ids['dan'], name: 'Dan Gone' }, ownerLeft: '2026-05-31' });
    expect(row('Estuary')).toEqual({
      ...{ id: ids['Estuary'], name: 'Estuary', status: 'on_hold', lifecycleStage: 'proposed', issues: ['no_owner'] },
    });
    expect(row('Ferry').budget).toEqual({ amount: '83000.00', planned: '84000.00', from: '2026-01-01', to: '2026-12-31' });
    expect(row('Jetty').budget).toMatchObject({ amount: '5999.00', planned: '6000.00' });
  });

  it('judges the day that is asked for', async () => {
    expect(found(await ask('owner', { asOf: '2026-05-31' }))).not.toContainEqual(['Dock', ['no_owner']]);
    const later = found(await ask('owner', { asOf: '2026-07-01' }));
    expect(later).toEqual(
      expect.arrayContaining([
        ['Gangway', ['no_allocations']],
        ['Channel', ['no_allocations']],
      ]),
    );
    expect(later).not.toContainEqual(['Ferry', ['over_budget']]);
    expect(later).toContainEqual(['Jetty', ['ended_with_allocations', 'over_budget']]);
  });

  it('can be asked for some issues, and over pages', async () => {
    const some = { issues: ['over_budget', 'no_owner'] };
    expect(found(await ask('owner', some)).map(([name]) => name)).toEqual(['Dock', 'Estuary', 'Ferry', 'Jetty']);
    const pages = await desk.pages('owner', 'find_projects_with_issues', { asOf: TODAY, limit: 3 });
    expect(pages).toEqual((await ask('owner')).items);
    expect(await desk.pages('owner', 'find_projects_with_issues', { asOf: TODAY, limit: 1, ...some })).toEqual(
      (await ask('owner', some)).items,
    );
  });

  it('finds only what the caller may see, says what else there is, and refuses to look for it', async () => {
    const viewer = await ask('viewer');
    expect(found(viewer)).toEqual(EXPECTED.filter(([, [issue]]) => issue !== 'over_budget'));
    expect(viewer.redacted).toEqual(['over_budget']);
    const bare = await ask(['projects.read', 'people.read']);
    expect(found(bare)).toEqual(EXPECTED.filter(([, [issue]]) => issue === 'no_owner'));
    expect(bare.redacted).toEqual([...ISSUES.filter((issue) => issue !== 'no_owner'), 'allocations', 'allocatedFte', 'allocated']);
    for (const [who, issue] of [
      ['viewer', 'over_budget'],
      ['manager', 'over_budget'],
    ] as const)
      expect((await ask(who, { issues: [issue] })).code).toBe('PERMISSION_DENIED');
    expect((await ask(['projects.read'], { issues: ['no_owner', 'no_allocations'] })).details.missing).toEqual([
      'people.read',
      'allocations.read',
    ]);
  });

  it('does not tell who may not see pay what costs more than its budget', async () => {
    const rights = ['projects.read', 'budgets.read', 'financials.read'] as const;
    expect((await ask(rights)).redacted).toContain('over_budget');
    expect(await ask(rights, { issues: ['over_budget'] })).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { missing: ['compensation.read'] },
    });
  });

  it('finds the same in a scenario that changes nothing', async () => {
    const planId = newId('plan');
    const { user } = await desk.connection('owner');
    await world.db.admin(`insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, 'Plan', $3)`, [
      desk.org.id,
      planId,
      user.id,
    ]);
    expect(found(await ask('owner', { planId }))).toEqual(EXPECTED);
    for (const [tool, args] of [
      ['search_projects', {}],
      ['get_project_details', { projectId: ids['Ferry'] }],
      ['get_budget_status', {}],
    ] as const) {
      const [live, plan] = [
        await desk.ask('owner', tool, { asOf: TODAY, ...args }),
        await desk.ask('owner', tool, { asOf: TODAY, ...args, planId }),
      ];
      expect([tool, plan]).toEqual([tool, live]);
    }
  });

  it('takes no wrong arguments, and has nothing of another organization', async () => {
    for (const issues of [[], ['late'], ['no_owner', 'no_owner'], 'no_owner'])
      expect([issues, (await ask('owner', { issues })).code]).toEqual([issues, 'VALIDATION']);
    const other = await Desk.open(world);
    expect((await other.ask('owner', 'find_projects_with_issues')).items).toEqual([]);
    const { nextCursor: cursor } = await ask('owner', { limit: 1 });
    expect((await other.ask('owner', 'find_projects_with_issues', { asOf: TODAY, limit: 1, cursor })).code).toBe('VALIDATION');
  });
});
