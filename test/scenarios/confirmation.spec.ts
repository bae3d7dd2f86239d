import { createUser } from '../support/people';
import type { Json } from '../mcp/wire';
import { Connection, World } from '../mcp/world';
import { OrganizationsService } from '../../src/tenants';
import { Desk } from '../tools/desk';

const DAY = '2031-01-01';

/** Each call that an organization may want confirmed, with what it is about. */
const CALLS: readonly [string, (desk: Known) => object][] = [
  ['delete_team', ({ team }) => ({ teamId: team })],
  ['terminate_employees', ({ ada }) => ({ employeeIds: [ada], endDate: DAY })],
  ['discard_scenario_changes', () => ({ all: true })],
  ['apply_scenario_changes', () => ({ changes: [{ tool: 'add_team', arguments: { name: 'Bulk' } }] })],
  ['delete_scenario', () => ({})],
  ['update_employee', ({ ada }) => ({ employeeId: ada, endDate: DAY })],
  ['update_contractor', ({ carl }) => ({ contractorId: carl, endDate: DAY })],
];

interface Known {
  readonly team: string;
  readonly ada: string;
  readonly carl: string;
}

describe('an organization that wants removals confirmed', () => {
  let world: World;
  let desk: Desk;
  let known: Known;
  let planId: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const [carl] = (await desk.add('contractor', 'con', { name: 'Carl', geography_id: desk.org.place, start_date: '2026-01-01' })) as [
      string,
    ];
    known = { team: await desk.org.team('Platform'), ada: await desk.org.person({ first: 'Ada' }), carl };
    await set('confirm_destructive');
  });
  beforeEach(async () => {
    planId = (await desk.ask('owner', 'create_scenario', { title: 'Careful' })).planId;
    await desk.ask('owner', 'add_team', { planId, name: 'Free' });
  });
  afterAll(() => world.close());

  /** As the operator's command does. */
  async function set(value: string): Promise<void> {
    const organizations = world.app.app.get(OrganizationsService);
    await organizations.set(await organizations.find(desk.org.id), 'write-mode', value);
  }
  const rev = async (): Promise<number | undefined> =>
    (await world.db.admin<{ rev: number }>('select rev from platform.plan where id = $1', [planId]))[0]?.rev;

  it('tells so in tenant_settings and in the context', async () => {
    expect((await desk.ask('admin', 'tenant_settings')).organization.writeMode).toBe('confirm_destructive');
    expect(await desk.ask('owner', 'get_organization_context')).toMatchObject({
      organization: { writeMode: 'confirm_destructive' },
      me: { mayWriteScenarios: true },
    });
  });

  it.each(CALLS)('asks before %s, shows what would be, and does it when called again with the token', async (tool, args) => {
    const call = { planId, ...args(known) };
    const asked = await desk.ask('owner', tool, call);
    expect(asked).toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
      retryable: true,
      details: { preview: { planId }, confirmationToken: expect.any(String) },
    });
    expect(await rev()).toBe(1);
    const dry = await desk.ask('owner', tool, { ...call, dryRun: true });
    expect([dry.code, dry.dryRun]).toEqual([undefined, true]);
    const done = await desk.ask('owner', tool, { ...call, confirmationToken: asked.details.confirmationToken });
    expect(done).toMatchObject({ planId });
    expect(done.code).toBeUndefined();
    if (tool !== 'delete_scenario') expect(await rev()).toBeGreaterThan(1);
    else expect(await rev()).toBeUndefined();
  });

  it('asks before a rebase that drops what was planned, not before one that keeps it', async () => {
    await desk.ask('owner', 'update_team', { planId, teamId: known.team, name: 'Core' });
    await desk.org.edit(`update team set name = 'Live ' || left(md5(random()::text), 8) where org_id = $1 and id = $2`, known.team);
    const { liveRev } = await desk.ask('owner', 'get_scenario_conflicts', { planId });
    const rebase = (keep: string): Promise<Json> => desk.ask('owner', 'rebase_scenario', { planId, expectedLiveRev: liveRev, keep });
    expect((await rebase('live')).code).toBe('CONFIRMATION_REQUIRED');
    expect((await rebase('plan')).code).toBeUndefined();
  });

  describe('takes a token', () => {
    const args = (): Json => ({ planId, ...{ employeeIds: [known.ada], endDate: DAY } });
    const token = async (): Promise<string> => (await desk.ask('owner', 'terminate_employees', args())).details.confirmationToken;
    const refused = async (more: object, who = 'owner', tool = 'terminate_employees'): Promise<void> => {
      expect(await desk.ask(who, tool, { ...args(), ...more })).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
      expect(await rev()).toBe(1);
    };

    it('for the same arguments, scenario and person only', async () => {
      const confirmationToken = await token();
      await refused({ confirmationToken, endDate: '2031-01-02' });
      await refused({ confirmationToken, backfill: true });
      const { user } = await desk.connection('finance');
      await world.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [desk.org.id, planId, user.id]);
      await refused({ confirmationToken }, 'finance');
      const other = await desk.ask('owner', 'create_scenario', { title: 'Other' });
      await desk.ask('owner', 'add_team', { planId: other.planId, name: 'Free' });
      await refused({ confirmationToken, planId: other.planId });
      await refused({ confirmationToken: `${confirmationToken.slice(0, -1)}x` });
      await refused({ confirmationToken: 'nonsense' });
    });

    it('from the same program only', async () => {
      const user = await createUser(world.db, 'owner', desk.org.id);
      const [one, other] = [await world.connect(desk.org.tenant, { user }), await world.connect(desk.org.tenant, { user })];
      const asks = async (connection: Connection, tool: string, given: object): Promise<Json> =>
        JSON.parse((await world.call(connection, tool, given)).json.result.content[0].text);
      const plan = (await asks(one, 'create_scenario', { title: 'Two programs' })).planId;
      const call = { ...args(), planId: plan };
      const { confirmationToken } = (await asks(one, 'terminate_employees', call)).details;
      expect((await asks(other, 'terminate_employees', { ...call, confirmationToken })).code).toBe('CONFIRMATION_REQUIRED');
      expect((await asks(one, 'terminate_employees', { ...call, confirmationToken })).code).toBeUndefined();
    });

    it('once: any change of the scenario makes it worthless', async () => {
      const confirmationToken = await token();
      expect((await desk.ask('owner', 'terminate_employees', { ...args(), confirmationToken })).planRev).toBe(2);
      const undone = await desk.ask('owner', 'discard_scenario_changes', { planId, entityId: known.ada });
      expect(undone.code).toBe('CONFIRMATION_REQUIRED');
      expect(await desk.ask('owner', 'terminate_employees', { ...args(), endDate: '2030-12-31', confirmationToken })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
      });
      const again = await desk.ask('owner', 'terminate_employees', { ...args(), confirmationToken });
      expect(again.code).toMatch(/^(VALIDATION|CONFIRMATION_REQUIRED)$/);
      expect(await rev()).toBe(2);
    });

    it('for a quarter of an hour', async () => {
      const confirmationToken = await token();
      const now = Date.now();
      const later = jest.spyOn(Date, 'now').mockReturnValue(now + 16 * 60_000);
      const answer = await desk.ask('owner', 'terminate_employees', { ...args(), confirmationToken });
      later.mockRestore();
      expect(answer.code).toBe('CONFIRMATION_REQUIRED');
      expect((await desk.ask('owner', 'terminate_employees', { ...args(), confirmationToken })).code).toBeUndefined();
    });
  });

  it('does at once what can be undone: an addition, a change, an undo', async () => {
    const { changeIds, code } = await desk.ask('owner', 'update_team', { planId, teamId: known.team, name: 'Core' });
    expect(code).toBeUndefined();
    expect((await desk.ask('owner', 'undo_scenario_change', { planId, changeId: changeIds[0] })).code).toBeUndefined();
  });

  it('may switch changes off, for all programs', async () => {
    await set('off');
    for (const [tool, args] of [
      ['add_team', { name: 'X' }],
      ['comment_on_scenario', { body: 'x' }],
      ...CALLS.map(([name, of]) => [name, of(known)] as const),
    ] as const)
      expect([tool, (await desk.ask('owner', tool, { planId, ...args })).code]).toEqual([tool, 'TOOL_DISABLED']);
    expect((await desk.ask('owner', 'get_organization_context')).me.mayWriteScenarios).toBe(false);
    const refused = await desk.ask('owner', 'add_team', { planId, name: 'X' });
    expect(refused.message).toContain('Settings → Policies');
    expect((await desk.ask('owner', 'get_my_access')).missing).toEqual([{ why: refused.message, permissions: ['scenarios.write'] }]);
    expect((await desk.ask('owner', 'get_scenario', { planId })).rev).toBe(1);
    await set('confirm_destructive');
  });
});
