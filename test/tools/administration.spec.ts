import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { createUser } from '../support/people';
import { Desk } from './desk';

describe('tools about the tenant and what is done in it', () => {
  let world: World;
  let desk: Desk;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
  });
  afterAll(() => world.close());

  it('shows the settings that figures depend on, also under the documented name', async () => {
    const { org } = desk;
    await world.db.admin(
      `update platform.organization set time_zone = 'Asia/Tokyo', reporting_currency = 'JPY', fiscal_year_start_month = 4, hours_per_day = 7.5,
         min_group_size = 5, over_allocation = 'block' where id = $1`,
      [org.id],
    );
    await world.db.admin(
      `update platform.tenant set features = '{"mcp_external_access": true, "mcp_writes": false, "mcp_agents": true}' where id = $1`,
      [org.tenant.id],
    );
    const settings = await desk.ask('admin', 'tenant_settings');
    expect(settings).toEqual({
      tenant: {
        id: org.tenant.id,
        slug: org.tenant.slug,
        name: `Tenant ${org.tenant.slug}`,
        plan: 'business',
        features: ['mcp_agents', 'mcp_external_access'],
      },
      organization: {
        id: org.id,
        name: org.tenant.orgName,
        timeZone: 'Asia/Tokyo',
        reportingCurrency: 'JPY',
        fiscalYearStartMonth: 4,
        hoursPerDay: 7.5,
        minGroupSize: 5,
        overAllocation: 'block',
        writeMode: 'off',
      },
    });
    const context = await desk.ask('admin', 'get_organization_context');
    expect([context.organization.writeMode, context.me.mayWriteScenarios]).toEqual(['off', false]);
    const access = await desk.ask('admin', 'get_my_access');
    for (const { permissions } of [context.me, access]) expect(permissions).not.toContain('scenarios.write');
    expect(access.missing).toContainEqual({ why: expect.stringContaining('mcp_writes'), permissions: ['scenarios.write'] });
    expect((await desk.ask('admin', 'create_scenario', { title: 'Off' })).message).toContain('mcp_writes');
    expect(await desk.ask('admin', 'tenant.settings')).toEqual(settings);
    await world.setFeatures(org.tenant, true);
    expect((await desk.ask('admin', 'tenant_settings')).tenant.features).toEqual(['mcp_external_access', 'mcp_writes']);
    for (const role of ['finance', 'viewer']) expect((await desk.ask(role, 'tenant_settings')).code).toBe('PERMISSION_DENIED');
  });

  it('does not list the documented names, and audits a call under the name that was used', async () => {
    const admin = await desk.connection('admin');
    const { tools } = (await world.rpc(admin, 'tools/list')).json.result;
    expect(tools.map(({ name }: Json) => name)).toEqual(expect.arrayContaining(['tenant_settings', 'list_scenarios']));
    for (const { name } of tools) expect(name).not.toContain('.');
    const [event] = await world.auditOf(() => desk.ask('admin', 'scenario.list'));
    expect(event).toMatchObject({ tool: 'scenario.list', outcome: 'ok' });
  });

  describe('get_activity_log', () => {
    let own: Desk;
    beforeAll(async () => {
      own = await Desk.open(world);
      await own.ask('viewer', 'get_organization_context');
      await own.ask('viewer', 'rank_employees', { by: 'salary' });
      await own.ask('viewer', 'search_employees', { query: 'Secret Name' });
    });

    it('tells who called what, newest first, without what was asked', async () => {
      const viewer = (await own.connection('viewer')).user;
      const { items } = await own.ask('owner', 'get_activity_log', { userId: viewer.id });
      const user = { id: viewer.id, name: `Person ${viewer.id}` };
      expect(items).toEqual([
        { at: expect.any(String), kind: 'mcp.request', outcome: 'ok', user, client: 'Test client', tool: 'search_employees' },
        expect.objectContaining({ tool: 'rank_employees', outcome: 'refused', errorCode: 'PERMISSION_DENIED' }),
        expect.objectContaining({ tool: 'get_organization_context', outcome: 'ok' }),
      ]);
      expect(JSON.stringify(items)).not.toMatch(/Secret|127\.0\.0\.1/);
      expect(Math.abs(Date.parse(items[0].at) - Date.now())).toBeLessThan(60_000);
    });

    it('can be asked by tool, outcome and day', async () => {
      const tools = async (args: object): Promise<string[]> =>
        (await own.pages('owner', 'get_activity_log', { limit: 1, ...args })).map(({ tool }: Json) => tool);
      expect(await tools({ outcome: 'refused' })).toEqual(['rank_employees']);
      expect(await tools({ tool: 'search_employees' })).toEqual(['search_employees']);
      const rows = await world.db.admin<{ day: string }>(
        `select distinct (at at time zone 'UTC')::date::text as day from platform.audit_event where org_id = $1`,
        [own.org.id],
      );
      const [today] = rows.map(({ day }) => day);
      expect(await tools({ outcome: 'refused', from: today, to: today })).toEqual(['rank_employees']);
      expect(await tools({ to: '2020-12-31' })).toEqual([]);
      expect(await tools({ from: '2199-01-01' })).toEqual([]);
      expect((await own.ask('owner', 'get_activity_log', { from: '2025-02-01', to: '2025-01-31' })).code).toBe('VALIDATION');
      expect((await own.ask('owner', 'get_activity_log', { userId: 'emp_abcdefghijkl' })).code).toBe('VALIDATION');
    });

    it('shows every event once over the pages, as the trail has them', async () => {
      const seqs = await world.db.admin<{ at: string }>(
        `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from platform.audit_event
         where org_id = $1 and user_id = $2 order by at desc, seq desc`,
        [own.org.id, (await own.connection('viewer')).user.id],
      );
      const { id } = (await own.connection('viewer')).user;
      const items = await own.pages('owner', 'get_activity_log', { userId: id, limit: 2 });
      expect(items.map(({ at }: Json) => at)).toEqual(seqs.map(({ at }) => at));
    });

    it('knows nothing of another organization, not even of the same tenant or user', async () => {
      const { items } = await own.ask('owner', 'get_activity_log', { userId: (await desk.connection('admin')).user.id });
      expect(items).toEqual([]);
      const seen = await own.ask('owner', 'get_activity_log', { limit: 100 });
      const members = await world.db.admin<{ user_id: string }>('select user_id from platform.membership where org_id = $1', [own.org.id]);
      const ids = new Set(members.map(({ user_id: id }) => id));
      for (const { user } of seen.items) expect(ids).toContain(user.id);
    });

    it('keeps the id of who is no member any more, without a name', async () => {
      const user = await createUser(world.db, 'viewer', own.org.id);
      const gone = await world.connect(own.org.tenant, { user });
      await world.call(gone, 'get_organization_context');
      await world.db.admin('delete from platform.membership where user_id = $1', [user.id]);
      const { items } = await own.ask('owner', 'get_activity_log', { userId: user.id });
      expect(items[0].user).toEqual({ id: user.id });
    });

    it('is for those with activity.read, and takes no cursor that it has not given', async () => {
      for (const role of ['finance', 'member']) expect((await own.ask(role, 'get_activity_log')).code).toBe('PERMISSION_DENIED');
      const { nextCursor } = await own.ask('admin', 'get_activity_log', { limit: 1 });
      expect((await own.ask('admin', 'get_activity_log', { limit: 1, cursor: nextCursor })).items).toHaveLength(1);
      const [version, mark, day] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as string[];
      for (const key of ['x', '1e3', "1'; select 1", '9'.repeat(40)]) {
        const cursor = Buffer.from(JSON.stringify([version, mark, day, key])).toString('base64url');
        expect([key, (await own.ask('admin', 'get_activity_log', { limit: 1, cursor })).code]).toEqual([key, 'VALIDATION']);
      }
      expect((await desk.ask('admin', 'get_activity_log', { cursor: nextCursor })).code).toBe('VALIDATION');
    });
  });
});
