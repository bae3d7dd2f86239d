import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

describe('a scenario before it is handed in', () => {
  let world: World;
  let desk: Desk;
  let planId: string;
  let team: string;
  let ada: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
  });
  beforeEach(async () => {
    desk = await Desk.open(world);
    team = await desk.org.team('Platform');
    ada = await desk.org.person({ first: 'Ada', last: 'L', team, pay: { '2020-01-01': ['120000', '0', 'EUR'] } });
    planId = (await desk.done('create_scenario', { title: 'Checked' })).planId;
  });
  afterAll(() => world.close());

  const hire = (more: object = {}): Promise<Json> =>
    desk.done('add_employee', {
      ...{ planId, firstName: 'Cyd', lastName: 'C', startDate: DAY, jobRoleId: desk.org.jobRole, geographyId: desk.org.place },
      ...more,
    });

  describe('validate_scenario', () => {
    it('finds nothing against one that can be submitted', async () => {
      await hire({ annualSalary: '50000', teamId: team });
      expect(await desk.done('validate_scenario', { planId })).toEqual({
        ...{ planId, planRev: 4, status: 'DRAFT', valid: true, problems: [], problemCount: 0, warnings: [] },
        drift: { moved: 0, conflicts: 0 },
      });
    });

    it('says that it is empty, and what is in conflict', async () => {
      expect(await desk.done('validate_scenario', { planId })).toMatchObject({ valid: false, problems: [{ code: 'EMPTY' }] });
      await desk.done('update_team', { planId, teamId: team, name: 'Core' });
      await desk.org.edit(`update team set name = 'Base' where org_id = $1 and id = $2`, team);
      expect(await desk.done('validate_scenario', { planId })).toMatchObject({
        valid: false,
        problems: [{ code: 'CONFLICT', entity: 'team', id: team }],
        drift: { moved: 1, conflicts: 1 },
      });
    });

    it('finds what live has broken since: a reference that is gone, a name or an address that is taken, a child of what is deleted', async () => {
      const [gone, dying] = [await desk.org.team('Gone'), await desk.org.team('Dying')];
      const hired = await hire({ teamId: gone, annualSalary: '1', email: 'cyd@acme.example' });
      const named = await desk.done('add_team', { planId, name: 'Taken' });
      await desk.done('delete_team', { planId, teamId: dying });
      await desk.org.edit('delete from team where org_id = $1 and id = $2', gone);
      await desk.org.team('Taken');
      await desk.org.team('Child', dying);
      await desk.org.person({ email: 'cyd@acme.example', pay: {} });
      const { valid, problems, problemCount } = await desk.done('validate_scenario', { planId });
      expect([valid, problemCount]).toEqual([false, 4]);
      expect(problems.map(({ code, field, id }: Json) => [code, field, id])).toEqual(
        expect.arrayContaining([
          ['BROKEN_RULE', 'targetTeamId', expect.stringMatching(/^alc_/)],
          ['BROKEN_RULE', 'email', hired.entity.id],
          ['BROKEN_RULE', 'name', named.entity.id],
          ['BROKEN_RULE', 'team', dying],
        ]),
      );
    });

    it('warns of what is doubtful', async () => {
      const boss = await desk.org.person({ first: 'Bo', last: 'B', team, pay: { '2020-01-01': ['1', '0', 'EUR'] } });
      await desk.org.edit('update employment_terms set manager_id = $2 where org_id = $1 and employee_id = $3', boss, ada);
      await hire({ email: 'unpaid@acme.example' });
      await desk.done('add_vacancy', { planId, role: 'Pilot', targetStartDate: DAY });
      await desk.done('terminate_employees', { planId, employeeIds: [boss], endDate: DAY });
      const { entity: project } = await desk.done('add_project', { planId, name: 'Moon' });
      await desk.done('allocate_employee_to_project', { planId, employeeId: ada, projectId: project.id, fte: 1.5, startDate: DAY });
      await desk.done('update_employee', { planId, employeeId: ada, annualSalary: '1', currency: 'JPY', effectiveDate: DAY });
      const { valid, warnings } = await desk.done('validate_scenario', { planId });
      expect([valid, warnings.map(({ code }: Json) => code)]).toEqual([
        true,
        ['OVER_ALLOCATED', 'FX_MISSING', 'PAY_MISSING', 'REPORTS_WITHOUT_MANAGER', 'SALARY_RANGE_MISSING'],
      ]);
      expect(warnings.find(({ code }: Json) => code === 'REPORTS_WITHOUT_MANAGER').ids).toEqual([ada]);
      await world.db.admin(`update platform.organization set over_allocation = 'block' where id = $1`, [desk.org.id]);
      expect((await desk.done('validate_scenario', { planId })).problems).toMatchObject([{ code: 'OVER_ALLOCATED' }]);
    });

    it('is for who sees the scenario, and says nothing of pay to who may not see it', async () => {
      await hire({ annualSalary: '1', currency: 'JPY' });
      expect(await desk.ask('member', 'validate_scenario', { planId })).toMatchObject({ code: 'NOT_FOUND' });
      const told = await desk.done('validate_scenario', { planId }, 'admin');
      expect(told).toMatchObject({ valid: true, warnings: [], redacted: ['pay'] });
      expect(await desk.ask('viewer', 'validate_scenario', { planId: 'plan_ofnobody2345' })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.ask('viewer', 'validate_scenario')).toMatchObject({
        code: 'SCENARIO_REQUIRED',
        message: 'This is asked about a scenario: planId is required.',
      });
    });
  });

  describe('compare_scenarios', () => {
    it('puts live and scenarios side by side: people, cost and rows', async () => {
      const soon = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
      await hire({ annualSalary: '240000', startDate: soon, teamId: team });
      const other = (await desk.done('create_scenario', { title: 'Smaller' })).planId;
      await desk.done('terminate_employees', { planId: other, employeeIds: [ada], endDate: soon });
      const { items, currency } = await desk.done('compare_scenarios', { planIds: [planId, other] });
      const figure = (at: number, metric: string): string => items[at].figures.find((one: Json) => one.metric === metric).value;
      expect(items.map(({ title, planId: id }: Json) => [title, id])).toEqual([
        ['Live', undefined],
        ['Checked', planId],
        ['Smaller', other],
      ]);
      expect([0, 1, 2].map((at) => Number(figure(at, 'headcount')))).toEqual([1, 2, 0]);
      const [now, more, less] = [0, 1, 2].map((at) => Number(figure(at, 'cost_total')));
      expect([more! > now!, less! < now!, currency]).toEqual([true, true, 'EUR']);
      expect(items[2].changes).toEqual([
        { entity: 'allocation', created: 0, updated: 1, deleted: 0, conflicts: 0 },
        { entity: 'employee', created: 0, updated: 1, deleted: 0, conflicts: 0 },
      ]);
      const later = await desk.done('compare_scenarios', { planIds: [planId], from: '2020-01-01', to: '2020-12-31' });
      expect(later.period).toEqual({ from: '2020-01-01', to: '2020-12-31' });
      expect(later.items.map(({ figures }: Json) => Number(figures[0].value))).toEqual([1, 1]);
      expect(await desk.ask('owner', 'compare_scenarios', { planIds: [planId], from: DAY })).toMatchObject({ code: 'VALIDATION' });
    });

    it('shows no cost, of live neither, to who may not see pay, and no scenario that is not theirs', async () => {
      await hire({ annualSalary: '240000' });
      const { items, redacted, currency } = await desk.done('compare_scenarios', { planIds: [planId] }, 'admin');
      expect([items.length, redacted, currency]).toEqual([2, ['cost_total', 'pay'], undefined]);
      expect(JSON.stringify(items)).not.toMatch(/cost|salary_adjustment/);
      expect(await desk.ask('member', 'compare_scenarios', { planIds: [planId] })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await desk.ask('owner', 'compare_scenarios', { planIds: [] })).toMatchObject({ code: 'VALIDATION' });
    });
  });
});
