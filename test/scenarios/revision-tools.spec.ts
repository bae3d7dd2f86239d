import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

describe('rebase, undo and discard in a scenario', () => {
  let world: World;
  let desk: Desk;
  let ada: string;
  let platform: string;
  let data: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
  });
  beforeEach(async () => {
    desk = await Desk.open(world);
    platform = await desk.org.team('Platform');
    data = await desk.org.team('Data', platform);
    ada = await desk.org.person({ first: 'Ada', last: 'Old', team: platform, pay: { '2020-01-01': ['120000', '0', 'EUR'] } });
  });
  afterAll(() => world.close());

  const plan = async (who = 'owner'): Promise<string> => (await desk.done('create_scenario', { title: 'Plan' }, who)).planId;
  const states = (planId: string): Promise<Json[]> =>
    world.db.admin('select entity, id, op, patch, conflicts from platform.plan_state where plan_id = $1 order by id', [planId]);
  const hired = (planId: string, more: object = {}, who = 'owner'): Promise<Json> =>
    desk.done(
      'add_employee',
      {
        ...{ planId, firstName: 'Cyd', lastName: 'Charisse', startDate: DAY, jobRoleId: desk.org.jobRole, geographyId: desk.org.place },
        ...more,
      },
      who,
    );

  describe('rebase_scenario', () => {
    it('settles conflicts one by one, the way the caller says, and tells what is left', async () => {
      const planId = await plan();
      await desk.done('update_team', { planId, teamId: platform, name: 'Core', teamType: 'department' });
      await desk.done('update_team', { planId, teamId: data, name: 'Facts' });
      await desk.org.edit(`update team set name = 'Base', description = 'new' where org_id = $1 and id = $2`, platform);
      await desk.org.edit(`update team set name = 'Numbers', team_type = 'squad' where org_id = $1 and id = $2`, data);
      const { items, liveRev } = await desk.done('get_scenario_conflicts', { planId });
      expect(items.map(({ id, conflicts }: Json) => [id, conflicts.map(({ field }: Json) => field)])).toEqual(
        [
          [platform, ['name']],
          [data, ['name']],
        ].sort(),
      );
      const resolutions = [{ entityId: platform, field: 'name', keep: 'plan' }];
      const first = await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev, resolutions });
      expect(first).toMatchObject({
        entity: { ids: [platform] },
        drift: { moved: 1, conflicts: 1 },
        warnings: [{ code: 'CONFLICTS_LEFT', ids: [data] }],
      });
      const second = await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev, keep: 'live' });
      expect(second).toMatchObject({ drift: { moved: 0, conflicts: 0 }, warnings: [] });
      expect(await states(planId)).toMatchObject([{ id: platform, patch: { name: 'Core', team_type: 'department' }, conflicts: [] }]);
      expect((await desk.done('get_scenario_conflicts', { planId })).items).toEqual([]);
      expect(await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev })).toMatchObject({
        changeIds: [],
        drift: { moved: 0 },
      });
    });

    it('takes over what moved without a conflict, and refuses when live moved since the caller looked', async () => {
      const planId = await plan();
      await desk.done('update_team', { planId, teamId: data, name: 'Facts' });
      await desk.org.edit(`update team set description = 'new' where org_id = $1 and id = $2`, data);
      const { items, liveRev } = await desk.done('get_scenario_conflicts', { planId });
      expect(items).toEqual([]);
      await desk.org.edit(`update team set description = 'newer' where org_id = $1 and id = $2`, data);
      expect(await desk.ask('owner', 'rebase_scenario', { planId, expectedLiveRev: liveRev })).toMatchObject({
        code: 'LIVE_MOVED',
        retryable: true,
        details: { liveRev: liveRev + 1 },
      });
      const answer = await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev + 1 });
      expect(answer.drift).toEqual({ moved: 0, conflicts: 0 });
      expect(await states(planId)).toMatchObject([{ patch: { name: 'Facts' } }]);
    });

    it('gives a deleted row back, or deletes it as it is now; of a row that live deleted only that can be kept', async () => {
      const planId = await plan();
      const lonely = await desk.org.team('Lonely');
      await desk.done('delete_team', { planId, teamId: data });
      await desk.done('update_team', { planId, teamId: lonely, name: 'Alone' });
      await desk.org.edit(`update team set description = 'busy' where org_id = $1 and id = $2`, data);
      await desk.org.edit(`delete from team where org_id = $1 and id = $2`, lonely);
      const { liveRev } = await desk.done('get_scenario_conflicts', { planId });
      const refused = await desk.ask('owner', 'rebase_scenario', {
        ...{ planId, expectedLiveRev: liveRev, resolutions: [{ entityId: lonely, field: 'row', keep: 'plan' }] },
      });
      expect(refused).toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('live has deleted') });
      const dry = await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev, keep: 'live', dryRun: true });
      expect(dry).toMatchObject({ dryRun: true, drift: { conflicts: 0 } });
      const kept = await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev, keep: 'plan' });
      expect(kept).toMatchObject({ drift: { conflicts: 1 }, warnings: [{ code: 'CONFLICTS_LEFT', ids: [lonely] }] });
      await desk.done('rebase_scenario', { planId, expectedLiveRev: liveRev, resolutions: [{ entityId: lonely, keep: 'live' }] });
      expect(await states(planId)).toMatchObject([{ id: data, op: 'delete', conflicts: [] }]);
    });

    it('says which resolution is about nothing', async () => {
      const planId = await plan();
      await desk.done('update_team', { planId, teamId: data, name: 'Facts' });
      await desk.org.edit(`update team set name = 'Numbers' where org_id = $1 and id = $2`, data);
      const { liveRev } = await desk.done('get_scenario_conflicts', { planId });
      for (const resolution of [{ entityId: platform }, { entityId: data, field: 'teamType' }]) {
        const resolutions = [{ ...resolution, keep: 'live' }];
        expect(await desk.ask('owner', 'rebase_scenario', { planId, expectedLiveRev: liveRev, resolutions })).toMatchObject({
          code: 'VALIDATION',
          details: { fields: [{ field: 'resolutions[0]' }] },
        });
      }
    });
  });

  describe('undo_scenario_change', () => {
    it('takes a whole call back, and the undo too', async () => {
      const planId = await plan();
      const added = await hired(planId, { teamId: data, annualSalary: '120000' });
      expect(added.changeIds).toHaveLength(4);
      const before = await states(planId);
      const undone = await desk.done('undo_scenario_change', { planId, changeId: added.changeIds[2] });
      expect(undone).toMatchObject({ impact: { asOf: DAY, headcount: -1, fte: -1, monthlyCost: `-${added.impact.monthlyCost}` } });
      expect(await states(planId)).toEqual([]);
      expect(await desk.ask('owner', 'undo_scenario_change', { planId, changeId: added.changeIds[0] })).toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('undone already'),
      });
      const { items } = await desk.done('scenario_history', { planId });
      expect(items.map(({ undone: is }: Json) => is)).toEqual([false, false, false, false, true, true, true, true]);
      const again = await desk.done('undo_scenario_change', { planId, changeId: undone.changeIds[0] });
      expect(again.impact).toMatchObject({ headcount: 1, fte: 1 });
      expect(await states(planId)).toEqual(before);
      await desk.done('undo_scenario_change', { planId, changeId: again.changeIds[0] });
      expect(await states(planId)).toEqual([]);
    });

    it('gives a field back what the scenario said of it before, or what live says', async () => {
      const planId = await plan();
      const first = await desk.done('update_team', { planId, teamId: data, name: 'One', description: 'first' });
      const second = await desk.done('update_team', { planId, teamId: data, name: 'Two', teamType: 'squad' });
      expect(await desk.ask('owner', 'undo_scenario_change', { planId, changeId: first.changeIds[0] })).toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining(second.changeIds[0]),
      });
      await desk.done('undo_scenario_change', { planId, changeId: second.changeIds[0] });
      expect(await states(planId)).toMatchObject([{ patch: { name: 'One', description: 'first' } }]);
      await desk.done('undo_scenario_change', { planId, changeId: first.changeIds[0] });
      expect(await states(planId)).toEqual([]);
    });

    it('names the later change that builds on it, also one of another row', async () => {
      const planId = await plan();
      const team = await desk.done('add_team', { planId, name: 'Labs' });
      const move = await desk.done('move_employee', { planId, employeeId: ada, toTeamId: team.entity.id, effectiveDate: DAY });
      const refused = await desk.ask('owner', 'undo_scenario_change', { planId, changeId: team.changeIds[0] });
      expect(refused).toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('move_employee') });
      expect(move.changeIds.some((id: string) => refused.message.includes(id))).toBe(true);
      await desk.done('undo_scenario_change', { planId, changeId: move.changeIds[0] });
      await desk.done('undo_scenario_change', { planId, changeId: team.changeIds[0] });
      expect(await states(planId)).toEqual([]);
    });

    it('brings deleted rows back, whether live or planned', async () => {
      const planId = await plan();
      const { entity } = await desk.done('add_team', { planId, name: 'Labs', teamType: 'squad' });
      const before = await states(planId);
      for (const teamId of [entity.id, data]) {
        const { changeIds } = await desk.done('delete_team', { planId, teamId });
        await desk.done('undo_scenario_change', { planId, changeId: changeIds[0] });
        expect(await states(planId)).toEqual(before);
      }
    });

    it('keeps every digit of an amount', async () => {
      const planId = await plan();
      const cost = async (): Promise<unknown> =>
        world.db.admin(`select patch->>'estimated_cost' as cost from platform.plan_state where plan_id = $1`, [planId]);
      const project = { planId, name: 'Moon', estimatedCost: '98765432109876.53', currency: 'EUR' };
      const { entity } = await desk.done('add_project', project);
      const before = await cost();
      const deleted = await desk.done('delete_project', { planId, projectId: entity.id });
      await desk.done('undo_scenario_change', { planId, changeId: deleted.changeIds[0] });
      expect(await cost()).toEqual(before);
      expect(before).toEqual([{ cost: project.estimatedCost }]);
    });

    it('is not for who may not see all of it, or may not plan such a thing', async () => {
      const planId = await plan();
      const paid = await hired(planId, { annualSalary: '120000' });
      const member = await desk.connection('member');
      await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [desk.org.id, planId, member.user.id]);
      expect(await desk.ask('member', 'undo_scenario_change', { planId, changeId: paid.changeIds[0] })).toMatchObject({
        code: 'PERMISSION_DENIED',
      });
      const budget = await desk.done('update_budget', { planId, scopeType: 'org', amount: '1', currency: 'EUR', effectiveDate: DAY });
      expect(await desk.ask('member', 'undo_scenario_change', { planId, changeId: budget.changeIds[0] })).toMatchObject({
        code: 'PERMISSION_DENIED',
        details: { missing: ['budgets.write'] },
      });
      expect(await desk.ask('viewer', 'undo_scenario_change', { planId, changeId: budget.changeIds[0] })).toMatchObject({
        code: 'PERMISSION_DENIED',
      });
      expect(await desk.ask('manager', 'undo_scenario_change', { planId, changeId: budget.changeIds[0] })).toMatchObject({
        code: 'NOT_FOUND',
      });
      const own = await hired(planId, {}, 'member');
      expect(await desk.ask('member', 'undo_scenario_change', { planId, changeId: own.changeIds[0] })).toMatchObject({
        code: 'PERMISSION_DENIED',
      });
      expect(await desk.ask('owner', 'undo_scenario_change', { planId, changeId: 'chg_nothing23456' })).toMatchObject({
        code: 'NOT_FOUND',
      });
    });
  });

  describe('discard_scenario_changes', () => {
    it('takes one row out with what belongs to it, a kind, or all', async () => {
      const planId = await plan();
      await desk.done('update_employee', {
        planId,
        employeeId: ada,
        lastName: 'New',
        annualSalary: '1',
        effectiveDate: DAY,
        contractedFte: 0.5,
      });
      const { entity } = await hired(planId, { teamId: data, managerId: ada });
      await desk.done('update_team', { planId, teamId: data, name: 'Facts' });
      await desk.done('delete_team', { planId, teamId: await desk.org.team('Lonely') });
      await desk.done('add_team', { planId, name: 'X' });
      const one = await desk.done('discard_scenario_changes', { planId, entityId: ada });
      expect(one.impact).toMatchObject({ headcount: 0, fte: 0.5 });
      expect((await states(planId)).filter(({ entity: kind }) => kind === 'salary_adjustment')).toEqual([]);
      const hire = await desk.done('discard_scenario_changes', { planId, entityId: entity.id });
      expect(hire.impact).toMatchObject({ asOf: DAY, headcount: -1 });
      expect([...new Set((await states(planId)).map(({ entity: kind }) => kind))]).toEqual(['team']);
      const rest = await desk.done('discard_scenario_changes', { planId, all: true, idempotencyKey: 'all' });
      expect(await desk.done('discard_scenario_changes', { planId, all: true, idempotencyKey: 'all' })).toEqual(rest);
      expect(await states(planId)).toEqual([]);
      expect(await desk.ask('owner', 'discard_scenario_changes', { planId, all: true })).toMatchObject({ code: 'VALIDATION' });
      expect(await desk.ask('owner', 'discard_scenario_changes', { planId })).toMatchObject({ code: 'VALIDATION' });
      await desk.done('undo_scenario_change', { planId, changeId: rest.changeIds[0] });
      expect((await states(planId)).map(({ op }) => op).sort()).toEqual(['create', 'delete', 'update']);
    });

    it('refuses what the rest of the scenario needs', async () => {
      const planId = await plan();
      const { entity } = await desk.done('add_team', { planId, name: 'Labs' });
      await desk.done('move_employee', { planId, employeeId: ada, toTeamId: entity.id, effectiveDate: DAY });
      expect(await desk.ask('owner', 'discard_scenario_changes', { planId, entity: 'team' })).toMatchObject({
        code: 'VALIDATION',
        message: expect.stringContaining('allocation'),
      });
    });
  });
});
