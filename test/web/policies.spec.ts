import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Browser, type LoadedPage } from '../support/browser';
import { createOrganization, createUser, type TestUser } from '../support/people';
import { Desk } from '../tools/desk';

describe('Settings → Policies', () => {
  let world: World;
  let desk: Desk;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
  });
  beforeEach(async () => {
    desk = await Desk.open(world);
  });
  afterAll(() => world.close());

  const at = (path = '/settings/policies'): string => `${world.app.origin(desk.org.tenant.slug)}${path}`;
  const signedIn = async (who: string | TestUser): Promise<Browser> => {
    const { email, password } = typeof who === 'string' ? (await desk.connection(who)).user : who;
    const browser = new Browser();
    await browser.submit(await browser.get(at('/sign-in')), { email, password }, 'password');
    return browser;
  };
  const set = async (browser: Browser, values: Record<string, string>): Promise<LoadedPage> =>
    browser.submit(await browser.get(at()), values, 'write-mode');
  const policies = (): Promise<Json[]> =>
    world.db.admin('select write_mode as mode, over_allocation as over from platform.organization where id = $1', [desk.org.id]);

  it('is in force with the next call, each change with an event in its transaction, and none for what stays', async () => {
    const browser = await signedIn('admin');
    const saved = await set(browser, { 'write-mode': 'off' });
    expect([saved.status, saved.html.includes('Saved: in force from now on.')]).toEqual([200, true]);
    expect(await policies()).toEqual([{ mode: 'off', over: 'warn' }]);
    expect(await desk.ask('owner', 'create_scenario', { title: 'Late' })).toMatchObject({ code: 'TOOL_DISABLED' });
    const { fields } = (await browser.get(at())).forms.find((form) => 'write-mode' in form.fields)!;
    expect(fields).toMatchObject({ 'write-mode': 'off', 'over-allocation': 'warn' });
    await set(browser, { 'write-mode': 'confirm_destructive', 'over-allocation': 'block' });
    expect(await desk.done('tenant_settings', {}, 'admin')).toMatchObject({
      organization: { writeMode: 'confirm_destructive', overAllocation: 'block' },
    });
    const events = await world.db.admin<Json>(
      `select e.user_id, e.details, e.transaction_id::text = o.xmin::text as together from platform.audit_event e, platform.organization o
       where e.kind = 'organization.changed' and e.org_id = $1 and o.id = $1 order by e.seq`,
      [desk.org.id],
    );
    const { user } = await desk.connection('admin');
    expect(events.map(({ user_id, details }) => [user_id, details.setting, details.value])).toEqual([
      [user.id, 'write-mode', 'off'],
      [user.id, 'write-mode', 'confirm_destructive'],
      [user.id, 'over-allocation', 'block'],
    ]);
    expect(events.map(({ together }) => together)).toEqual([false, true, true]);
  });

  it('asks for the password when the last one is more than ten minutes ago', async () => {
    const browser = await signedIn('owner');
    await world.db.admin("update platform.browser_session set authenticated_at = authenticated_at - interval '11 minutes'");
    const asked = await set(browser, { 'write-mode': 'off' });
    expect([asked.status, asked.html.includes('Confirm that it is you'), asked.html.includes('They may read scenarios only.')]).toEqual([
      403,
      true,
      true,
    ]);
    expect((await browser.submit(asked, { password: 'wrong' }, 'password')).status).toBe(401);
    expect(await policies()).toEqual([{ mode: 'direct', over: 'warn' }]);
    const { user } = await desk.connection('owner');
    expect((await browser.submit(asked, { password: user.password }, 'password')).status).toBe(200);
    expect(await policies()).toEqual([{ mode: 'off', over: 'warn' }]);
  });

  it('is for owners and administrators, who find it and the directories in the head of every page', async () => {
    for (const [role, there] of [
      ['owner', true],
      ['admin', true],
      ['finance', false],
      ['viewer', false],
    ] as const) {
      const browser = await signedIn(role);
      const linked = await Promise.all(['/', '/settings/api-keys', '/inbox'].map(async (path) => (await browser.get(at(path))).html));
      expect([role, (await browser.get(at())).status]).toEqual([role, there ? 200 : 404]);
      for (const path of ['/settings/policies', '/settings/directories']) {
        const link = new RegExp(`<header>[^]*href="${path}"[^]*</header>`);
        expect([role, path, ...linked.map((html) => link.test(html))]).toEqual([role, path, there, there, there]);
      }
    }
    expect((await new Browser().get(at())).html).toContain('Sign in');
  });

  it('is set of one’s own organizations only, one at a time, to what there is', async () => {
    const other = `${desk.org.id}b`;
    await createOrganization(world.db, desk.org.tenant.id, other, 'Second');
    const both = await signedIn(await createUser(world.db, 'owner', desk.org.id, other));
    const page = await both.get(at(`/settings/policies?organization=${other}`));
    expect(page.html).toContain('Policies of Second');
    expect(page.html).toContain(`?organization=${desk.org.id}"`);
    await both.submit(page, { 'write-mode': 'off' }, 'write-mode');
    expect(await policies()).toEqual([{ mode: 'direct', over: 'warn' }]);
    const stranger = await signedIn(await createUser(world.db, 'owner', other));
    expect((await set(stranger, { organization: desk.org.id, 'write-mode': 'off' })).status).toBe(404);
    expect((await set(both, { organization: desk.org.id, 'write-mode': 'sometimes' })).status).toBe(404);
    expect(await policies()).toEqual([{ mode: 'direct', over: 'warn' }]);
  });

  it('takes no form of another browser, and no bearer token', async () => {
    const [own, other] = [await signedIn('owner'), await signedIn('owner')];
    const { fields } = (await own.get(at())).forms.find((form) => 'write-mode' in form.fields)!;
    for (const token of ['', 'x', fields['token']!])
      expect((await other.post(at(), { ...fields, 'write-mode': 'off', token })).status).toBe(403);
    const bearer = await fetch(at(), {
      ...{ method: 'POST', redirect: 'manual', headers: { authorization: 'Bearer x' }, body: new URLSearchParams({ ...fields }) },
    });
    expect([bearer.status, bearer.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(await policies()).toEqual([{ mode: 'direct', over: 'warn' }]);
  });
});
