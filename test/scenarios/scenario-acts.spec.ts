import { HousekeepingService } from '../../src/oauth';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

describe('a scenario as a whole', () => {
  let world: World;
  let desk: Desk;
  let planId: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
  });
  beforeEach(async () => {
    planId = (await desk.done('create_scenario', { title: 'Whole' })).planId;
  });
  afterAll(() => world.close());

  describe('update_scenario', () => {
    it('names it anew and shares it, by e-mail address or id, so that others may edit it', async () => {
      const [member, manager] = [await desk.connection('member'), await desk.connection('manager')];
      const shared = {
        planId,
        title: 'Better',
        type: 'hiring',
        description: 'For next year',
        assignees: [member.user.email, manager.user.id],
      };
      expect(await desk.done('update_scenario', shared)).toMatchObject({
        entity: { type: 'scenario', id: planId, name: 'Better' },
        changeIds: [],
      });
      const { assignees, ...scenario } = await desk.done('get_scenario', { planId }, 'member');
      expect(scenario).toMatchObject({ title: 'Better', type: 'hiring', description: 'For next year', rev: 0 });
      expect(assignees.map(({ id }: Json) => id).sort()).toEqual([member.user.id, manager.user.id].sort());
      await desk.done('add_team', { planId, name: `By ${planId}` }, 'member');
      await desk.done('update_scenario', { planId, title: 'Mine' }, 'member');
      expect(await desk.ask('member', 'update_scenario', { planId, assignees: [] })).toMatchObject({ code: 'PERMISSION_DENIED' });
      await desk.done('update_scenario', { planId, assignees: [] });
      expect(await desk.ask('member', 'get_scenario', { planId })).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('shares it with members only, and says so without repeating who was asked for', async () => {
      const refused = await desk.ask('owner', 'update_scenario', { planId, assignees: ['stranger@elsewhere.example'] });
      expect(refused).toMatchObject({ code: 'NOT_FOUND', details: { field: 'assignees' } });
      expect(JSON.stringify(refused)).not.toContain('stranger');
      expect(await desk.ask('owner', 'update_scenario', { planId })).toMatchObject({ code: 'VALIDATION' });
      expect(await desk.done('update_scenario', { planId, title: 'Dry', dryRun: true })).toMatchObject({ dryRun: true });
      expect((await desk.done('get_scenario', { planId })).title).toBe('Whole');
    });
  });

  describe('delete_scenario', () => {
    it('leaves nothing of a draft behind, while copies of it stay', async () => {
      const ada = await desk.org.person({ pay: { '2020-01-01': ['120000', '0', 'EUR'] } });
      await desk.done('update_employee', {
        planId,
        employeeId: ada,
        annualSalary: '1',
        lastName: 'New',
        effectiveDate: DAY,
        idempotencyKey: 'kept',
      });
      await desk.done('comment_on_scenario', { planId, body: 'Soon gone' });
      const copy = await desk.done('create_scenario', { title: 'Copy', sourcePlanId: planId });
      expect(await desk.done('delete_scenario', { planId, dryRun: true })).toEqual({ planId, title: 'Whole', changes: 2, dryRun: true });
      expect(await desk.done('delete_scenario', { planId })).toEqual({ planId, title: 'Whole', changes: 2 });
      expect(await desk.ask('owner', 'get_scenario', { planId })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.ask('owner', 'delete_scenario', { planId })).toMatchObject({ code: 'NOT_FOUND' });
      const tables = await world.db.admin<{ name: string }>(
        `select format('%I.%I', n.nspname, c.relname) as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
         where a.attname = 'plan_id' and n.nspname in ('overlay', 'platform') and c.relkind = 'r'`,
      );
      expect(tables.length).toBeGreaterThan(15);
      for (const { name } of tables)
        expect([name, await world.db.admin(`select from ${name} where plan_id = $1`, [planId])]).toEqual([name, []]);
      expect((await desk.done('get_scenario', { planId: copy.planId })).sourcePlanId).toBeUndefined();
      const { items } = await desk.done('get_scenario_diff', { planId: copy.planId });
      expect(items).toHaveLength(2);
    });

    it('answers who repeats the call with its key as it did at first, and nobody else', async () => {
      const call = { planId, idempotencyKey: `delete ${planId}` };
      await desk.done('delete_scenario', { ...call, dryRun: true });
      const first = await desk.done('delete_scenario', call);
      expect(first).toEqual({ planId, title: 'Whole', changes: 0 });
      expect(await desk.done('delete_scenario', call)).toEqual(first);
      const other = (await desk.done('create_scenario', { title: 'Other' })).planId;
      expect(await desk.ask('owner', 'delete_scenario', { ...call, planId: other })).toMatchObject({
        code: 'VALIDATION',
        details: { fields: [{ field: 'idempotencyKey' }] },
      });
      expect(await desk.ask('finance', 'delete_scenario', call)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.ask('owner', 'delete_scenario', {})).toMatchObject({ code: 'SCENARIO_REQUIRED' });
    });

    it('is answered for thirty days, like any call with a key; then the key stands for a new call', async () => {
      const [team, gone] = [
        { planId, name: `Kept ${planId}`, idempotencyKey: `team ${planId}` },
        { planId: (await desk.done('create_scenario', { title: 'Gone' })).planId, idempotencyKey: `gone ${planId}` },
      ];
      const first = await desk.done('add_team', team);
      await desk.done('delete_scenario', gone);
      const age = async (days: number): Promise<void> => {
        await world.db.admin(
          `update platform.plan_request set at = clock_timestamp() - make_interval(days => $1) where key like '% ' || $2`,
          [days, planId],
        );
        await world.app.app.get(HousekeepingService, { strict: false }).run();
      };
      await age(29);
      expect(await desk.done('add_team', team)).toEqual(first);
      await desk.done('delete_scenario', gone);
      await age(31);
      expect(await desk.ask('owner', 'add_team', team)).toMatchObject({ code: 'VALIDATION', details: { fields: [{ field: 'name' }] } });
      expect(await desk.ask('owner', 'delete_scenario', gone)).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('is for its owner only, and for a draft', async () => {
      const { user } = await desk.connection('finance');
      await desk.done('update_scenario', { planId, assignees: [user.id] });
      expect(await desk.ask('finance', 'delete_scenario', { planId })).toMatchObject({ code: 'PERMISSION_DENIED' });
      expect(await desk.ask('manager', 'delete_scenario', { planId })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.ask('viewer', 'delete_scenario', { planId })).toMatchObject({ code: 'PERMISSION_DENIED' });
      await world.db.admin(`update platform.plan set status = 'PENDING_APPROVAL' where id = $1`, [planId]);
      expect(await desk.ask('owner', 'delete_scenario', { planId })).toMatchObject({ code: 'SCENARIO_NOT_EDITABLE' });
    });
  });

  describe('comment_on_scenario', () => {
    it('is for whoever sees it, in whatever status, once for a key', async () => {
      const comment = { planId, body: 'Two lines:\nthe second', idempotencyKey: 'c-1' };
      const first = await desk.done('comment_on_scenario', comment);
      expect(await desk.done('comment_on_scenario', comment)).toEqual(first);
      await world.db.admin(`update platform.plan set status = 'PENDING_APPROVAL' where id = $1`, [planId]);
      await desk.done('comment_on_scenario', { planId, body: 'As approver' }, 'finance');
      await desk.done('comment_on_scenario', { planId, body: 'Only a try', dryRun: true });
      const { comments } = await desk.done('get_scenario', { planId });
      expect(comments.map(({ body }: Json) => body)).toEqual(['As approver', 'Two lines:\nthe second']);
      expect(comments[0].by.id).toBe((await desk.connection('finance')).user.id);
      expect(await desk.ask('manager', 'comment_on_scenario', { planId, body: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.ask('owner', 'comment_on_scenario', { planId, body: 'a\u0000b' })).toMatchObject({ code: 'VALIDATION' });
    });
  });

  it('clone_scenario is another name of create_scenario with a source', async () => {
    await desk.done('add_team', { planId, name: `Cloned ${planId}` });
    const copy = await desk.done('clone_scenario', { title: 'Clone', sourcePlanId: planId });
    expect((await desk.done('get_scenario', { planId: copy.planId })).sourcePlanId).toBe(planId);
  });

  describe('fill_vacancy', () => {
    let team: string;
    let vacancyId: string;
    const vacancy = async (asOf = DAY): Promise<Json> => (await desk.done('get_vacancy_details', { vacancyId, planId, asOf })).vacancy;
    beforeAll(async () => {
      team = await desk.org.team('Labs');
    });
    beforeEach(async () => {
      const made = await desk.done('add_vacancy', {
        ...{ planId, role: 'Pilot', targetStartDate: DAY, teamId: team, fte: 0.5 },
        ...{ jobRoleId: desk.org.jobRole, geographyId: desk.org.place, workTypeId: desk.org.workType },
      });
      vacancyId = made.entity.id;
    });

    it('hires somebody as the vacancy says, which costs only once', async () => {
      const filled = await desk.done('fill_vacancy', {
        planId,
        vacancyId,
        startDate: '2031-03-01',
        firstName: 'Amy',
        lastName: 'Johnson',
        annualSalary: '60000',
      });
      expect(filled).toMatchObject({
        entity: { type: 'employee', name: 'Amy Johnson' },
        impact: { asOf: '2031-03-01', headcount: 1, fte: 0.5 },
      });
      expect([await vacancy('2031-02-28'), await vacancy('2031-03-01')]).toMatchObject([{ status: 'open' }, { status: 'filled' }]);
      const { items } = await desk.done('search_employees', { planId, teamId: team, asOf: '2031-04-01' });
      expect(items.map(({ id }: Json) => id)).toEqual([filled.entity.id]);
      expect(await desk.ask('owner', 'fill_vacancy', { planId, vacancyId, startDate: DAY, firstName: 'B', lastName: 'C' })).toMatchObject({
        code: 'VALIDATION',
      });
      await desk.done('undo_scenario_change', { planId, changeId: filled.changeIds[0] });
      expect(await vacancy()).toMatchObject({ status: 'open' });
    });

    it('moves an employee or takes a contractor, one of them', async () => {
      const ada = await desk.org.person({ first: 'Ada', last: 'L', team: await desk.org.team(`Old ${planId}`) });
      expect(await desk.ask('owner', 'fill_vacancy', { planId, vacancyId, startDate: DAY, employeeId: ada, firstName: 'B' })).toMatchObject(
        { code: 'VALIDATION' },
      );
      expect(await desk.ask('owner', 'fill_vacancy', { planId, vacancyId, startDate: DAY })).toMatchObject({ code: 'VALIDATION' });
      expect(await desk.ask('owner', 'fill_vacancy', { planId, vacancyId, startDate: DAY, firstName: 'B' })).toMatchObject({
        code: 'VALIDATION',
        details: { fields: [{ field: 'lastName' }] },
      });
      const moved = await desk.done('fill_vacancy', { planId, vacancyId, startDate: DAY, employeeId: ada });
      expect(moved).toMatchObject({ entity: { type: 'employee', id: ada }, impact: { headcount: 0 } });
      const other = await desk.done('add_vacancy', { planId, role: 'Copilot', targetStartDate: DAY, teamId: team });
      const [zed] = await desk.add('contractor', 'con', { name: 'Zed', geography_id: desk.org.place, start_date: '2024-01-01' });
      const contracted = await desk.done('fill_vacancy', { planId, vacancyId: other.entity.id, startDate: DAY, contractorId: zed });
      expect(contracted.entity).toEqual({ type: 'contractor', id: zed });
      expect(
        await desk.ask('owner', 'fill_vacancy', { planId, vacancyId: 'vac_nothing23456', startDate: DAY, employeeId: ada }),
      ).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('says what the vacancy lacks for a hire', async () => {
      const bare = await desk.done('add_vacancy', { planId, role: 'Bare', targetStartDate: DAY });
      expect(
        await desk.ask('owner', 'fill_vacancy', { planId, vacancyId: bare.entity.id, startDate: DAY, firstName: 'B', lastName: 'C' }),
      ).toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('update_vacancy') });
    });
  });
});
