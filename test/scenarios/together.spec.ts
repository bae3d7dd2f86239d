import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

describe('apply_scenario_changes', () => {
  let world: World;
  let desk: Desk;
  let planId: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
  });
  beforeEach(async () => {
    planId = (await desk.done('create_scenario', { title: 'Together' })).planId;
  });
  afterAll(() => world.close());

  const apply = (changes: object[], more: object = {}, who = 'owner'): Promise<Json> =>
    desk.ask(who, 'apply_scenario_changes', { planId, changes, ...more });
  const rev = async (): Promise<number> => (await world.db.admin<Json>('select rev from platform.plan where id = $1', [planId]))[0].rev;
  const hire = (first: string, more: object = {}): object => ({
    tool: 'add_employee',
    arguments: { firstName: first, lastName: 'X', startDate: DAY, jobRoleId: desk.org.jobRole, geographyId: desk.org.place, ...more },
  });

  it('does several changes that name what earlier ones make, and answers once', async () => {
    const answer = await apply([
      { tool: 'add_team', arguments: { name: 'Labs' } },
      hire('Ada', { teamId: '$1', annualSalary: '120000' }),
      hire('Bob', { teamId: '$1', managerId: '$2', annualSalary: '60000' }),
    ]);
    expect(answer).toMatchObject({
      planRev: 9,
      entity: { type: 'scenario', id: planId },
      entities: [{ type: 'team', name: 'Labs' }, { name: 'Ada X' }, { name: 'Bob X' }],
      impact: { asOf: DAY, headcount: 2, fte: 2 },
    });
    const single = Number(answer.impact.monthlyCost);
    expect(single).toBeGreaterThan(10_000);
    const team = await desk.ask('owner', 'search_employees', { planId, teamId: answer.entities[0].id, asOf: DAY });
    expect(team.items.map(({ name }: Json) => name)).toEqual(['Ada X', 'Bob X']);
    const { items } = await desk.ask('owner', 'scenario_history', { planId });
    expect([...new Set(items.map(({ tool }: Json) => tool))]).toEqual(['add_employee', 'add_team']);
    const undone = await desk.ask('owner', 'undo_scenario_change', { planId, changeId: items[0].changeId });
    expect(undone.impact).toMatchObject({ headcount: -1 });
  });

  it('says what all of it comes to on one day, from which the last change makes a difference', async () => {
    const ada = await desk.org.person({ pay: { '2020-01-01': ['120000', '0', 'EUR'] } });
    const contractor = { name: 'Zed', rateType: 'monthly', rate: '10000', currency: 'EUR', geographyId: desk.org.place };
    const replaced = await apply([
      { tool: 'add_contractor', arguments: { ...contractor, startDate: DAY, endDate: '2031-01-31' } },
      { tool: 'terminate_employees', arguments: { employeeIds: [ada], endDate: '2031-12-31' } },
    ]);
    // January 2032 has 22 working days of 262, and no contractor any more.
    expect(replaced.impact).toEqual({ asOf: '2032-01-01', headcount: -1, fte: -1, monthlyCost: '-10076.34', currency: 'EUR' });
    const passing = await apply([
      hire('Bob', { annualSalary: '60000' }),
      { tool: 'terminate_employees', arguments: { employeeIds: ['$1'], endDate: '2031-06-30' } },
    ]);
    expect(passing.impact).toEqual({ asOf: '2031-07-01', headcount: 0, fte: 0, monthlyCost: '0.00', currency: 'EUR' });
    const all = await desk.done('discard_scenario_changes', { planId, all: true });
    expect(all.impact).toEqual({ asOf: '2032-01-01', headcount: 1, fte: 1, monthlyCost: '10076.34', currency: 'EUR' });
  });

  it('does all or nothing, and says which change is wrong', async () => {
    expect(
      await apply([
        { tool: 'add_team', arguments: { name: 'A' } },
        { tool: 'add_team', arguments: { name: 'A' } },
      ]),
    ).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringMatching(/^Change 2 of 2: /),
      details: { change: 2, fields: [{ field: 'changes[1].arguments.name' }] },
    });
    expect(await apply([{ tool: 'add_team', arguments: { name: 'A' } }, hire('Bob', { annualSalary: 1 })])).toMatchObject({
      code: 'VALIDATION',
      details: { change: 2, fields: [{ field: 'changes[1].arguments.annualSalary' }] },
    });
    expect(await apply([hire('Bob', { teamId: 'team_nothing23456' })])).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.not.stringContaining('Change 1'),
      details: { field: 'changes[0].arguments.teamId' },
    });
    for (const tool of ['create_scenario', 'apply_scenario_changes', 'search_teams', 'nonsense', 'discard_scenario_changes'])
      expect(await apply([{ tool, arguments: {} }])).toMatchObject({
        code: 'VALIDATION',
        details: { fields: [{ field: 'changes[0].tool' }] },
      });
    const other = (await desk.ask('owner', 'create_scenario', { title: 'Other' })).planId;
    await apply([{ tool: 'add_team', arguments: { name: 'Here', planId: other } }], { dryRun: true });
    expect(await apply([])).toMatchObject({ code: 'VALIDATION' });
    expect(await apply(Array.from({ length: 51 }, () => hire('X')))).toMatchObject({ code: 'VALIDATION' });
    expect(await rev()).toBe(0);
    expect(await world.db.admin('select rev from platform.plan where id = $1', [other])).toEqual([{ rev: 0 }]);
  });

  it('asks of each change the right that its tool needs, before anything', async () => {
    await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [
      desk.org.id,
      planId,
      (await desk.connection('member')).user.id,
    ]);
    const budget = { tool: 'update_budget', arguments: { scopeType: 'org', amount: '1', currency: 'EUR', effectiveDate: DAY } };
    expect(await apply([hire('Ada'), budget], {}, 'member')).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { missing: ['budgets.write'] },
    });
    expect(await apply([hire('Ada', { annualSalary: '1' })], {}, 'member')).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect((await apply([hire('Ada')], {}, 'member')).impact).toEqual({ asOf: DAY, headcount: 1, fte: 1 });
    expect(await apply([hire('Ada')], {}, 'viewer')).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await apply([hire('Ada')], {}, 'manager')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is done once with one key, and not at all in a dry run', async () => {
    const changes = [
      { tool: 'add_team', arguments: { name: 'Once' } },
      { tool: 'delete_team', arguments: { teamId: '$1' } },
    ];
    expect(await apply(changes, { dryRun: true })).toMatchObject({ dryRun: true, planRev: 2 });
    expect(await rev()).toBe(0);
    const first = await apply(changes, { idempotencyKey: 'k' });
    expect(await apply(changes, { idempotencyKey: 'k' })).toEqual(first);
    expect(await rev()).toBe(2);
  });
});
