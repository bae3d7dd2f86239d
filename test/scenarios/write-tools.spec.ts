import { Database } from '../../src/database';
import { liveChecksum } from '../support/live-checksum';
import { createUser, TestTenant } from '../support/people';
import type { Json } from '../mcp/wire';
import { Connection, World } from '../mcp/world';
import { Bench, TestOrganization } from '../workforce/organization';

describe('the tools that change a scenario', () => {
  let world: World;
  let acme: TestTenant;
  let organization: TestOrganization;
  let owner: Connection;
  let ada: string;
  let bob: string;
  let platform: string;
  let data: string;

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.tenant();
    owner = await world.connect(acme);
    organization = new TestOrganization({ database: world.app.app.get(Database) } as Bench, acme);
    await organization.insert('geography', [
      { id: organization.place, name: 'Home', country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' },
    ]);
    await organization.insert('job_role', [{ id: organization.jobRole, title: 'Engineer' }]);
    await organization.insert('work_type', [{ id: organization.workType, name: 'Permanent' }]);
    platform = await organization.team('Platform');
    data = await organization.team('Data', platform);
    ada = await organization.person({ first: 'Ada', last: 'Lovelace', team: platform, pay: { '2020-01-01': ['120000', '0', 'EUR'] } });
    bob = await organization.person({ first: 'Bob', last: 'Ross', team: data, manager: ada, email: 'bob@acme.example' });
  });
  afterAll(() => world.close());

  async function call(name: string, args: object, connection = owner): Promise<Json> {
    const { result } = (await world.call(connection, name, args)).json;
    if (result === undefined) throw new Error(`No tool ${name}.`);
    return { ...JSON.parse(result.content[0].text), isError: result.isError === true };
  }
  const plan = async (args: object = {}, connection = owner): Promise<string> =>
    (await call('create_scenario', { title: 'Growth', ...args }, connection))['planId'] as string;
  const done = async (name: string, args: object, connection = owner): Promise<Json> => {
    const answer = await call(name, args, connection);
    expect([name, answer['code'], answer['message']]).toEqual([name, undefined, undefined]);
    return answer;
  };
  const hire = { firstName: 'Cyd', lastName: 'Charisse', startDate: '2030-01-01' };

  it('hire, move, change and end, and the scenario reads as it was planned while live stays as it is', async () => {
    const before = await liveChecksum(world.db);
    const planId = await plan();
    const team = await done('add_team', { planId, name: 'Labs', parentTeamId: platform, managerId: ada });
    const labs = team['entity'].id as string;
    const added = await done('add_employee', {
      ...{ planId, ...hire, jobRoleId: organization.jobRole, geographyId: organization.place, teamId: labs, managerId: ada },
      ...{ annualSalary: '120000', reason: 'growth' },
    });
    expect(added).toMatchObject({
      planId,
      planRev: 5,
      entity: { type: 'employee', name: 'Cyd Charisse' },
      drift: { moved: 0, conflicts: 0 },
    });
    expect(added['impact']).toEqual({
      asOf: '2030-01-01',
      headcount: 1,
      fte: 1,
      monthlyCost: expect.stringMatching(/^\d{4,5}\.\d\d$/),
      currency: 'EUR',
    });
    expect(added['warnings']).toMatchObject([{ code: 'WORK_TYPE_ASSUMED' }]);
    expect(added['changeIds']).toHaveLength(4);
    expect(added['reviewUrl']).toContain(`/scenarios/${planId}`);
    await done('move_employee', { planId, employeeId: 'bob@acme.example', toTeamId: labs, effectiveDate: '2030-02-01' });
    await done('update_employee', {
      planId,
      employeeId: ada,
      lastName: 'King',
      annualSalary: '132000',
      effectiveDate: '2030-03-01',
      contractedFte: 0.8,
    });
    const ended = await done('terminate_employees', { planId, employeeIds: [ada], endDate: '2030-12-31', backfill: true });
    expect(ended['impact']).toMatchObject({ asOf: '2031-01-01', headcount: -1, fte: -0.8 });
    expect(ended['warnings'].map(({ code }: Json) => code)).toEqual(['REPORTS_WITHOUT_MANAGER', 'TEAMS_WITHOUT_MANAGER', 'SALARY_MISSING']);
    const [person, vacancy] = ended['entities'];
    expect([person, vacancy]).toEqual([ended['entity'], { type: 'vacancy', id: expect.any(String), name: 'Engineer' }]);
    expect(await call('terminate_employees', { planId, employeeIds: [ada], endDate: '2030-12-31', backfill: true })).toMatchObject({
      ...{ code: 'VALIDATION', message: expect.stringContaining(vacancy.id), details: { fields: [{ field: 'backfill' }] } },
    });

    const inLabs = await done('search_employees', { planId, teamId: labs, asOf: '2030-06-01' });
    expect(inLabs['items'].map(({ name }: Json) => name)).toEqual(['Cyd Charisse', 'Bob Ross']);
    const details = await done('get_employee_details', { planId, employeeId: ada, asOf: '2030-06-01' });
    expect(details).toMatchObject({ person: { lastName: 'King', fte: 0.8, endDate: '2030-12-31' }, salary: { annualSalary: '132000.00' } });
    expect(await liveChecksum(world.db)).toEqual(before);
    expect((await done('list_scenarios', {}))['items'].find(({ id }: Json) => id === planId).rev).toBe(ended['planRev']);
  });

  it('are all or nothing, and say what is wrong', async () => {
    const planId = await plan();
    const wrong = async (name: string, args: object): Promise<Json> => {
      const answer = await call(name, { planId, ...args });
      expect([name, answer['isError']]).toEqual([name, true]);
      return answer;
    };
    expect(await wrong('add_team', { name: 'Platform' })).toMatchObject({
      code: 'VALIDATION',
      message: 'name is taken: another row of this scenario has the same. Choose another.',
      details: { fields: [{ field: 'name' }] },
    });
    expect(await wrong('update_team', { teamId: platform, parentTeamId: data })).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('above itself'),
    });
    expect(await wrong('update_employee', { employeeId: ada, managerId: bob })).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('above itself'),
    });
    expect(await wrong('update_employee', { employeeId: ada, email: 'BOB@acme.example' })).toMatchObject({
      code: 'VALIDATION',
      details: { fields: [{ field: 'email' }] },
    });
    expect(await wrong('terminate_employees', { employeeIds: [ada], endDate: '2019-01-01' })).toMatchObject({ code: 'VALIDATION' });
    expect(await wrong('update_employee', { employeeId: ada })).toMatchObject({ code: 'VALIDATION' });
    expect(await wrong('delete_team', { teamId: platform })).toMatchObject({
      code: 'VALIDATION',
      details: { fields: [{ field: 'reassignToTeamId' }] },
    });
    expect(await wrong('move_employee', { employeeId: 'emp_nobody234567', toTeamId: data, effectiveDate: '2030-01-01' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await world.db.admin('select rev from platform.plan where id = $1', [planId])).toEqual([{ rev: 0 }]);
  });

  it('ask for a scenario where none is named', async () => {
    expect(await call('add_team', { name: 'X' })).toMatchObject({
      isError: true,
      code: 'SCENARIO_REQUIRED',
      details: { fields: [{ field: 'planId' }] },
    });
  });

  it('do nothing in a dry run, and answer as if they had', async () => {
    const planId = await plan();
    const answer = await done('delete_team', { planId, teamId: data, reassignToTeamId: platform, dryRun: true });
    expect(answer).toMatchObject({ dryRun: true, planRev: 2, entity: { id: data } });
    expect(await world.db.admin('select rev from platform.plan where id = $1', [planId])).toEqual([{ rev: 0 }]);
    expect((await done('search_teams', { planId }))['items'].map(({ name }: Json) => name)).toEqual(['Data', 'Platform']);
    expect((await call('create_scenario', { title: 'Dry', dryRun: true }))['dryRun']).toBe(true);
    expect((await done('list_scenarios', { query: 'Dry' }))['items']).toEqual([]);
  });

  it('are done once with one idempotency key', async () => {
    const args = { title: 'Once', idempotencyKey: 'create-1' };
    const planId = await plan(args);
    expect(await plan(args)).toBe(planId);
    const first = await done('add_team', { planId, name: 'Once', idempotencyKey: 'team-1' });
    expect(await done('add_team', { planId, name: 'Once', idempotencyKey: 'team-1' })).toEqual(first);
    expect(await call('add_team', { planId, name: 'Twice', idempotencyKey: 'team-1' })).toMatchObject({ code: 'VALIDATION' });
    expect(await world.db.admin('select rev from platform.plan where id = $1', [planId])).toEqual([{ rev: 1 }]);
  });

  it('are done once by calls with one idempotency key at the same time, and those that came too late are told to ask again', async () => {
    const planId = await plan({});
    for (const [tool, args] of [
      ['create_scenario', { title: 'At once', idempotencyKey: 'create-at-once' }],
      ['add_team', { planId, name: 'At once', idempotencyKey: 'team-at-once' }],
    ] as const) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => call(tool, args)));
      const [first] = answers.filter(({ code }) => code === undefined);
      for (const answer of answers)
        expect(answer).toMatchObject(answer['code'] === undefined ? first! : { code: 'PLAN_MOVED', retryable: true });
      expect(await done(tool, args)).toEqual(first);
    }
    expect(await world.db.admin(`select id from platform.plan where title = 'At once'`)).toHaveLength(1);
    expect(await world.db.admin('select rev from platform.plan where id = $1', [planId])).toEqual([{ rev: 1 }]);
  });

  it('keep no cost for who may not see pay any more, whatever their key got before', async () => {
    const user = await createUser(world.db, 'owner', acme.orgId);
    const own = await world.connect(acme, { user });
    const planId = await plan({}, own);
    const args = { planId, ...hire, jobRoleId: organization.jobRole, geographyId: organization.place, idempotencyKey: 'hire-1' };
    const first = await done('add_employee', { ...args, annualSalary: '120000' }, own);
    expect(Number(first['impact'].monthlyCost)).toBeGreaterThan(10_000);
    const unpaid = { ...args, firstName: 'Dee', idempotencyKey: 'hire-2' };
    const leftOut = await done('add_employee', unpaid, own);
    expect(leftOut['warnings']).toMatchObject([{ code: 'WORK_TYPE_ASSUMED' }, { code: 'SALARY_MISSING' }]);
    await world.db.admin(`update platform.membership set role = 'manager' where user_id = $1`, [user.id]);
    expect((await done('add_employee', unpaid, own))['warnings']).toMatchObject([{ code: 'WORK_TYPE_ASSUMED' }]);
    const { asOf, headcount, fte } = first['impact'];
    expect(await done('add_employee', { ...args, annualSalary: '120000' }, own)).toEqual({ ...first, impact: { asOf, headcount, fte } });
  });

  it('need the right to write, of pay too, and show no cost to who may not see pay', async () => {
    const viewer = await world.connect(acme, { role: 'viewer' });
    expect(await call('create_scenario', { title: 'X' }, viewer)).toMatchObject({ code: 'PERMISSION_DENIED' });
    const member = await world.connect(acme, { role: 'member' });
    const planId = await plan({}, member);
    const who = { planId, ...hire, jobRoleId: organization.jobRole, geographyId: organization.place };
    expect(await call('add_employee', { ...who, annualSalary: '1' }, member)).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { missing: ['compensation.write'] },
    });
    const added = await done('add_employee', who, member);
    expect(added['impact']).toEqual({ asOf: '2030-01-01', headcount: 1, fte: 1 });
    const admin = await world.connect(acme, { role: 'admin' });
    expect(await call('add_team', { planId, name: 'Y' }, admin)).toMatchObject({ code: 'PERMISSION_DENIED' });
    const other = await world.connect(acme, { role: 'member' });
    expect(await call('add_team', { planId, name: 'Y' }, other)).toMatchObject({ code: 'NOT_FOUND' });
    await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [acme.orgId, planId, other.user.id]);
    await done('add_team', { planId, name: 'Y' }, other);
  });

  it('change a draft only', async () => {
    const planId = await plan();
    for (const status of ['PENDING_APPROVAL', 'APPROVED']) {
      await world.db.admin('update platform.plan set status = $2 where id = $1', [planId, status]);
      expect(await call('add_team', { planId, name: 'Z' })).toMatchObject({ code: 'SCENARIO_NOT_EDITABLE' });
    }
    await world.db.admin(`update platform.plan set status = 'DRAFT' where id = $1`, [planId]);
    await world.db.admin(`update platform.plan set status = 'PENDING_APPROVAL' where id = $1`, [planId]);
    await world.db.admin(`update platform.plan set status = 'REJECTED' where id = $1`, [planId]);
    await done('add_team', { planId, name: 'Z' });
    expect(await world.db.admin('select status from platform.plan where id = $1', [planId])).toEqual([{ status: 'DRAFT' }]);
  });

  it('copy a scenario with all its changes, unless it holds pay that the caller may not see', async () => {
    const source = await plan();
    await done('add_team', { planId: source, name: 'Copied' });
    await done('update_employee', { planId: source, employeeId: ada, annualSalary: '1000' });
    const copy = await done('create_scenario', { title: 'Copy', sourcePlanId: source });
    expect(copy).toMatchObject({ planRev: 2, changeIds: [expect.any(String), expect.any(String)] });
    expect((await done('search_teams', { planId: copy['planId'] }))['items'].map(({ name }: Json) => name)).toContain('Copied');
    const admin = await world.connect(acme, { role: 'admin' });
    expect(await call('create_scenario', { title: 'Copy', sourcePlanId: source }, admin)).toMatchObject({ code: 'PERMISSION_DENIED' });
    const member = await world.connect(acme, { role: 'member' });
    expect(await call('create_scenario', { title: 'Copy', sourcePlanId: source }, member)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are off, or confirmed, where the organization says so', async () => {
    const user = await createUser(world.db, 'owner', acme.orgId);
    const [one, other] = [await world.connect(acme, { user }), await world.connect(acme, { user })];
    const planId = await plan({}, one);
    const mode = (value: string): Promise<unknown> =>
      world.db.admin('update platform.organization set write_mode = $2 where id = $1', [acme.orgId, value]);
    await mode('confirm_destructive');
    await done('add_team', { planId, name: 'Free' }, one);
    const args = { planId, teamId: data, reassignToTeamId: platform };
    const asked = await call('delete_team', args, one);
    expect(asked).toMatchObject({
      isError: true,
      code: 'CONFIRMATION_REQUIRED',
      details: { preview: { planRev: 3, entity: { id: data } } },
    });
    const { confirmationToken } = asked['details'];
    expect(await world.db.admin('select rev from platform.plan where id = $1', [planId])).toEqual([{ rev: 1 }]);
    expect(await call('delete_team', { ...args, confirmationToken }, other)).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    expect(await call('delete_team', { ...args, reassignToTeamId: undefined, cascade: true, confirmationToken }, one)).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
    });
    await done('delete_team', { ...args, confirmationToken }, one);
    await mode('off');
    expect(await call('add_team', { planId, name: 'Off' }, one)).toMatchObject({ code: 'TOOL_DISABLED' });
    expect(await call('create_scenario', { title: 'Off' }, one)).toMatchObject({ code: 'TOOL_DISABLED' });
    await mode('direct');
  });
});
