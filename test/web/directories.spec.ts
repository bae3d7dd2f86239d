import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { createOrganization, createTenant, createUser, TestTenant, TestUser } from '../support/people';
import { ScimClient } from '../scim/scim-client';

describe('Settings → Directories', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let admin: TestUser;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db, { name: 'Acme' });
    admin = await createUser(app.db, 'admin', tenant.orgId);
    origin = app.origin(tenant.slug);
  });
  afterAll(() => app.close());

  const settings = (): string => `${origin}/settings/directories`;
  const signedIn = async (who: TestUser, at = origin): Promise<Browser> => {
    const browser = new Browser();
    await browser.submit(await browser.get(`${at}/sign-in`), { email: who.email, password: who.password }, 'password');
    return browser;
  };
  const ENTRA = { name: 'Entra <b>', country: 'de', teams: 'groups' };
  const connect = async (browser: Browser, values: object = ENTRA): Promise<LoadedPage> =>
    browser.submit(await browser.get(settings()), { ...values }, 'country');
  const tokenOf = ({ html }: LoadedPage): string => /scim_[\w-]{43}/.exec(html)?.[0] ?? '';
  const statusWith = async (token: string): Promise<number> => (await new ScimClient(`${origin}/scim/v2`, token).get('/Users')).status;

  it('makes a token that works, shows it once, and says when it was used', async () => {
    const browser = await signedIn(admin);
    const made = await connect(browser);
    expect(made.html).toContain(`${origin}/scim/v2`);
    expect(made.headers.get('cache-control')).toContain('no-store');
    expect(await statusWith(tokenOf(made))).toBe(200);
    const { html } = await browser.get(settings());
    expect(html).toContain('Entra &lt;b&gt;');
    expect(html).not.toContain(tokenOf(made));
    expect(html).not.toContain('never');
    const events = await app.db.admin<{ user_id: string }>(`select user_id from platform.audit_event where kind = 'scim.connected'`);
    expect(events).toEqual([{ user_id: admin.id }]);
  });

  it('revokes at once', async () => {
    const browser = await signedIn(admin);
    const token = tokenOf(await connect(browser, { ...ENTRA, name: 'Okta' }));
    const page = await browser.get(settings());
    const revoke = page.forms.find(({ action }) => action.endsWith('/revoke'))!;
    expect((await browser.post(origin + revoke.action, { token: 'x' })).status).toBe(403);
    expect(await statusWith(token)).toBe(200);
    expect((await browser.post(origin + revoke.action, revoke.fields)).html).toContain('revoked ');
    expect(await statusWith(token)).toBe(401);
  });

  it('asks for the password when the last one is more than ten minutes ago', async () => {
    const browser = await signedIn(admin);
    await app.db.admin("update platform.browser_session set authenticated_at = authenticated_at - interval '11 minutes'");
    const asked = await connect(browser);
    expect(asked.html).toContain('Confirm that it is you');
    expect((await browser.submit(asked, { password: 'wrong' }, 'password')).status).toBe(401);
    expect(await statusWith(tokenOf(await browser.submit(asked, { password: admin.password }, 'password')))).toBe(200);
  });

  it('says what is wrong and keeps what was typed', async () => {
    const { status, html } = await connect(await signedIn(admin), { ...ENTRA, name: 'Ours', country: 'Germany' });
    expect(status).toBe(400);
    expect(html).toContain('is not the code of a country');
    expect(html).toContain('value="Ours"');
  });

  it('is there for nobody without live.write, and of no other organization', async () => {
    const other = `${tenant.orgId}b`;
    await createOrganization(app.db, tenant.id, other, 'Second');
    const stranger = await createUser(app.db, 'owner', other);
    const members = [await createUser(app.db, 'manager', tenant.orgId), await createUser(app.db, 'finance', tenant.orgId)];
    for (const member of members) expect((await (await signedIn(member)).get(settings())).status).toBe(404);
    const browser = await signedIn(stranger);
    const page = await browser.get(settings());
    expect(page.html).not.toContain('Entra &lt;b&gt;');
    expect((await browser.submit(page, { ...ENTRA, organization: tenant.orgId }, 'country')).status).toBe(404);
    const [own] = (await (await signedIn(admin)).get(settings())).forms.filter(({ action }) => action.endsWith('/revoke'));
    const { token } = page.forms.find(({ fields }) => 'country' in fields)!.fields;
    expect((await browser.post(origin + own!.action, { token: token! })).status).toBe(404);
    expect((await new Browser().get(settings())).html).toContain('Sign in');
  });
});
