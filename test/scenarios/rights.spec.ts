import type { Permission } from '../../src/permissions';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

/** Amounts that a scenario holds, and that live comes to hold below it; nothing else in these tests has such digits. */
const PLANNED = {
  salary: '9123457',
  bonus: '8123457',
  rate: '7123457',
  range: '6123457',
  price: '5123457',
  project: '4123457',
  budget: '3123457',
};
const MOVED = { salary: '2123457', project: '1123457', range: '9223457' };
const AMOUNTS = new RegExp([...Object.values(PLANNED), ...Object.values(MOVED)].join('|'));
const COSTS = /monthlyCost|cost_total|costTotal/;

/** Sees what things cost, and nobody's pay. */
const CONTROLLER: readonly Permission[] = [
  ...(['org.read', 'people.read', 'teams.read', 'projects.read', 'contractors.read', 'vacancies.read', 'allocations.read'] as const),
  ...(['analytics.read', 'financials.read', 'budgets.read', 'scenarios.read', 'scenarios.write', 'connections.authorize'] as const),
  ...([
    'people.write',
    'teams.write',
    'vacancies.write',
    'budgets.write',
    'projects.write',
    'contractors.write',
    'ai_agents.write',
  ] as const),
];

describe('rights in a scenario', () => {
  let world: World;
  let desk: Desk;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
  });
  beforeEach(async () => {
    desk = await Desk.open(world);
  });
  afterAll(() => world.close());

  it('to copy are those to make each of the changes', async () => {
    const { planId } = await desk.done('create_scenario', { title: 'Source' });
    await desk.done('update_team', { planId, teamId: await desk.org.team('Platform'), name: 'Core' });
    const rights = ['org.read', 'teams.read', 'scenarios.read', 'scenarios.read_all', 'scenarios.write'] as const;
    const copy = { title: 'Copy', sourcePlanId: planId };
    expect(await desk.ask(rights, 'create_scenario', copy)).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining('teams.write'),
    });
    expect((await desk.ask([...rights, 'teams.write'], 'create_scenario', copy)).planRev).toBe(1);
  });

  it('are those of live: whoever plans to lead everybody and everything gets nothing by it', async () => {
    const { user } = await desk.connection('member');
    const team = await desk.org.team('Platform');
    const me = await desk.org.person({ first: 'Me', email: user.email, team });
    const chief = await desk.org.person({ first: 'Chief', team, pay: { '2020-01-01': [PLANNED.salary, '0', 'EUR'] } });
    const { entity } = await desk.done('create_scenario', { title: 'Coup' }, 'member');
    const planId = entity.id;
    const secret = (await desk.done('create_scenario', { title: 'Not shared' })).planId;
    const before = await desk.done('get_my_access', {}, 'member');

    await desk.done('update_employee', { planId, employeeId: chief, managerId: me }, 'member');
    await desk.done('update_team', { planId, teamId: team, managerId: me }, 'member');
    await desk.done('add_project', { planId, name: 'Everything', ownerId: me }, 'member');
    await desk.done('update_scenario', { planId, assignees: [user.id] }, 'member');

    expect((await desk.done('get_employee_details', { planId, employeeId: chief }, 'member')).manager.id).toBe(me);
    expect(await desk.done('get_my_access', {}, 'member')).toEqual(before);
    const refused = async (tool: string, args: object, code = 'PERMISSION_DENIED'): Promise<void> =>
      expect([tool, (await desk.ask('member', tool, args)).code]).toEqual([tool, code]);
    await refused('rank_employees', { planId, by: 'salary' });
    await refused('query_analytics', { planId, metrics: ['cost_total'] });
    await refused('update_employee', { planId, employeeId: chief, annualSalary: '1' });
    await refused('update_budget', { planId, scopeType: 'team', scopeId: team, amount: '1', currency: 'EUR', effectiveDate: DAY });
    await refused('get_activity_log', {});
    await refused('get_scenario', { planId: secret }, 'NOT_FOUND');
    await refused('add_team', { planId: secret, name: 'X' }, 'NOT_FOUND');
    const details = await desk.ask('member', 'get_employee_details', { planId, employeeId: chief });
    expect([details.salary, details.redacted?.length > 0, AMOUNTS.test(JSON.stringify(details))]).toEqual([undefined, true, false]);
  });

  describe('without compensation.read show no money of a scenario', () => {
    let planId: string;
    let ids: Json;

    beforeEach(async () => {
      const team = await desk.org.team('Platform');
      const ada = await desk.org.person({ first: 'Ada', team, pay: { '2020-01-01': ['100', '0', 'EUR'] } });
      const [project] = await desk.add('project', 'prj', { name: 'Moon', estimated_cost: '100', currency: 'EUR' });
      const [range] = await desk.add('vacancy', 'vac', {
        ...{ role: 'Pilot', target_start_date: DAY, salary_min: '100', salary_max: '100', currency: 'EUR' },
      });
      planId = (await desk.done('create_scenario', { title: 'Costly' })).planId;
      const [pay] = await desk.org.as('owner', ({ db }) =>
        db.query<{ day: string }[]>('select effective_date as day from salary_adjustment where org_id = $1', [desk.org.id]),
      );
      const money = { currency: 'EUR' };
      await desk.done('update_employee', {
        planId,
        employeeId: ada,
        annualSalary: PLANNED.salary,
        annualBonus: PLANNED.bonus,
        effectiveDate: pay!.day,
      });
      await desk.done('update_project', { planId, projectId: project, estimatedCost: PLANNED.project, ...money });
      await desk.done('update_vacancy', { planId, vacancyId: range, salaryMin: '100', salaryMax: PLANNED.range, ...money });
      const hired = await desk.done('add_contractor', {
        planId,
        name: 'Zed',
        rateType: 'daily',
        rate: PLANNED.rate,
        ...money,
        geographyId: desk.org.place,
        startDate: DAY,
      });
      await desk.done('add_ai_agent', {
        planId,
        name: 'Bot',
        provider: 'X',
        seats: 1,
        monthlyPerSeatPrice: PLANNED.price,
        ...money,
        startDate: DAY,
      });
      await desk.done('update_budget', { planId, scopeType: 'team', scopeId: team, amount: PLANNED.budget, ...money, effectiveDate: DAY });
      const renamed = await desk.done('update_team', { planId, teamId: team, name: 'Core' });
      await desk.org.edit(`update salary_adjustment set annual_salary = $2 where org_id = $1`, MOVED.salary);
      await desk.org.edit(`update project set estimated_cost = $2 where org_id = $1`, MOVED.project);
      await desk.org.edit(`update vacancy set salary_max = $2 where org_id = $1`, MOVED.range);
      ids = { team, ada, project, range, contractor: hired.entity.id, changeId: renamed.changeIds[0] };
    });

    it.each<[string, string | readonly Permission[]]>([
      ['an administrator', 'admin'],
      ['a manager', 'manager'],
      ['who sees costs only', CONTROLLER],
    ])('MCP-10 to %s, by whichever tool of scenarios', async (_, who) => {
      const { user } = await desk.connection(who);
      await desk.done('update_scenario', { planId, assignees: [user.id] });
      const { liveRev } = await desk.done('get_scenario_conflicts', { planId }, who);
      const dry = { planId, dryRun: true };
      const calls: [string, object][] = [
        ['get_scenario', { planId }],
        ['get_scenario_diff', { planId }],
        ['get_scenario_diff', { planId, onlyConflicts: true }],
        ['get_scenario_conflicts', { planId }],
        ['scenario_history', { planId }],
        ['get_scenario_review_link', { planId }],
        ['validate_scenario', { planId }],
        ['compare_scenarios', { planIds: [planId] }],
        ['rebase_scenario', { ...dry, expectedLiveRev: liveRev, keep: 'live' }],
        ['rebase_scenario', { ...dry, expectedLiveRev: liveRev, keep: 'plan' }],
        ['undo_scenario_change', { ...dry, changeId: ids.changeId }],
        ['discard_scenario_changes', { ...dry, entityId: ids.ada }],
        ['discard_scenario_changes', { ...dry, entityId: ids.project }],
        ['discard_scenario_changes', { ...dry, entity: 'budget' }],
        ['discard_scenario_changes', { ...dry, all: true }],
        ['fill_vacancy', { ...dry, vacancyId: ids.range, startDate: DAY, contractorId: ids.contractor }],
        ['apply_scenario_changes', { ...dry, changes: [{ tool: 'update_project', arguments: { projectId: ids.project, name: 'Mars' } }] }],
        ['update_vacancy', { ...dry, vacancyId: ids.range, targetStartDate: '2031-02-01' }],
        ['terminate_employees', { ...dry, employeeIds: [ids.ada], endDate: DAY }],
        ['update_scenario', { ...dry, description: 'x' }],
        ['comment_on_scenario', { ...dry, body: 'x' }],
        ['create_scenario', { title: 'Copy', sourcePlanId: planId, dryRun: true }],
      ];
      let answered = 0;
      for (const [tool, args] of calls) {
        const answer = await desk.ask(who, tool, args);
        const text = JSON.stringify({ ...answer, redacted: undefined });
        expect([tool, args, AMOUNTS.exec(text)?.[0], COSTS.exec(text)?.[0]]).toEqual([tool, args, undefined, undefined]);
        if (answer.code === undefined) answered += 1;
        else expect([tool, answer.code]).toEqual([tool, expect.stringMatching(/^(PERMISSION_DENIED|VALIDATION)$/)]);
      }
      expect(answered).toBeGreaterThan(14);
    });

    it('and do show it to who may see pay, so that these tests would notice', async () => {
      const text = JSON.stringify([
        await desk.done('get_scenario_diff', { planId }),
        await desk.done('get_scenario_conflicts', { planId }),
        await desk.done('undo_scenario_change', { planId, dryRun: true, changeId: ids.changeId }),
        await desk.done('compare_scenarios', { planIds: [planId] }),
      ]);
      for (const amount of [...Object.values(PLANNED), ...Object.values(MOVED)]) expect(text).toContain(amount);
      expect(text).toContain('monthlyCost');
      expect(text).toContain('cost_total');
    });
  });
});
