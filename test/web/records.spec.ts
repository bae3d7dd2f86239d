import { Database } from '../../src/database';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { createTenant, createUser, TestTenant } from '../support/people';
import { Bench, TestOrganization } from '../workforce/organization';

describe('the page that a search result links to', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let employee: string;
  let team: string;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db);
    const org = new TestOrganization({ database: app.app.get(Database) } as Bench, tenant);
    await org.insert('geography', [{ id: org.place, name: 'Home', country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' }]);
    await org.insert('job_role', [{ id: org.jobRole, title: 'Engineer' }]);
    await org.insert('work_type', [{ id: org.workType, name: 'Permanent' }]);
    team = await org.team('<b>Crew</b>');
    employee = await org.person({ first: 'Ann', last: 'Axe', team, pay: { '2020-01-01': ['61234', '0', 'EUR'] } });
  });
  afterAll(() => app.close());

  async function visit(role: string, path: string, of = tenant): Promise<LoadedPage> {
    const origin = app.origin(of.slug);
    const { email, password } = await createUser(app.db, role, of.orgId);
    const browser = new Browser();
    await browser.submit(await browser.get(`${origin}/sign-in`), { email, password }, 'password');
    return browser.get(`${origin}${path}`);
  }

  it('shows a person what the tools would show: no pay without the right', async () => {
    const viewer = await visit('viewer', `/records/${employee}`);
    expect([viewer.status, viewer.html]).toEqual([200, expect.stringContaining('Ann Axe (employee)')]);
    expect(viewer.html).toContain('Not shown: salary, salaryHistory.');
    expect(viewer.html).not.toContain('61234');
    expect((await visit('owner', `/records/${employee}`)).html).toContain('61234.00');
  });

  it('escapes what is in the data', async () => {
    const { html } = await visit('viewer', `/records/${team}`);
    expect(html).toContain('&lt;b&gt;Crew&lt;/b&gt;');
    expect(html).not.toContain('<b>Crew');
  });

  it('is there for members only, and for records only', async () => {
    const stranger = await createTenant(app.db);
    expect((await visit('owner', `/records/${employee}`, stranger)).status).toBe(404);
    for (const id of ['emp_aaaaaaaaaaaa', 'geo_aaaaaaaaaaaa', 'constructor', "x'--"])
      expect((await visit('owner', `/records/${encodeURIComponent(id)}`)).status).toBe(404);
    const page = await new Browser().get(`${app.origin(tenant.slug)}/records/${employee}`);
    expect([new URL(page.url).pathname, page.html]).toEqual(['/sign-in', expect.not.stringContaining('Axe')]);
    const bearer = await fetch(`${app.origin(tenant.slug)}/records/${employee}`, {
      headers: { authorization: 'Bearer x' },
      redirect: 'manual',
    });
    expect([bearer.status, bearer.headers.get('location')]).toEqual([303, '/sign-in']);
  });
});
