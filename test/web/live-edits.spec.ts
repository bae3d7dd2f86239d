import { Database, newId } from '../../src/database';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';
import { Bench, TestOrganization } from '../workforce/organization';

describe('live data, edited by hand', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let org: TestOrganization;
  let owner: TestUser;
  let team: string;
  let boss: string;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db);
    owner = await createUser(app.db, 'owner', tenant.orgId);
    org = new TestOrganization({ database: app.app.get(Database) } as Bench, tenant);
    await org.insert('geography', [{ id: org.place, name: 'Home', country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' }]);
    await org.insert('job_role', [{ id: org.jobRole, title: 'Engineer' }]);
    await org.insert('job_role', [{ id: newId('role'), title: 'Architect' }]);
    await org.insert('work_type', [{ id: org.workType, name: 'Permanent' }]);
    team = await org.team('Crew');
    boss = await org.person({ first: 'Bo', last: 'Oak', email: 'bo@example.test' });
  });
  afterAll(() => app.close());

  const origin = (): string => app.origin(tenant.slug);
  const signedIn = async (who: TestUser): Promise<Browser> => {
    const browser = new Browser();
    await browser.submit(await browser.get(`${origin()}/sign-in`), { email: who.email, password: who.password }, 'password');
    return browser;
  };
  const person = (): Promise<string> =>
    org.person({ first: 'Ann', last: 'Axe', email: null, start: '2020-01-01', team, pay: { '2020-01-01': ['50000', '0', 'EUR'] } });
  /** Opens the form of one of a record's rows, as the record's page links to it. */
  const open = async (browser: Browser, record: string, link: RegExp): Promise<LoadedPage> => {
    const { html } = await browser.get(`${origin()}/records/${record}`);
    const path = [...html.matchAll(/<a href="(\/records\/[^"]+\/edit)">([^<]+)<\/a>/g)].find(([, , text]) => link.test(text ?? ''))?.[1];
    if (path === undefined) throw new Error(`No link ${String(link)} in ${html}`);
    return browser.get(`${origin()}${path}`);
  };
  const save = (browser: Browser, form: LoadedPage, values: Record<string, string>): Promise<LoadedPage> =>
    browser.submit(form, values, 'version');
  const alertOf = ({ html }: LoadedPage): string | undefined => /role="alert"[^>]*>\s*<p>([^<]*)/.exec(html)?.[1]?.replaceAll('&#39;', "'");
  const revision = async (): Promise<number> =>
    Number((await app.db.admin('select live_rev from platform.organization where id = $1', [tenant.orgId]))[0]?.['live_rev']);
  const rows = async (table: string, where: string, id: string): Promise<Record<string, unknown>[]> =>
    (
      await app.db.admin<{ row: Record<string, unknown> }>(
        `select to_jsonb(x) as row from live.${table} x where org_id = $1 and ${where} = $2`,
        [tenant.orgId, id],
      )
    ).map(({ row }) => row);

  it('changes what was written and nothing else, with the version and the revision of live data', async () => {
    const [id, before] = [await person(), await revision()];
    const browser = await signedIn(owner);
    const page = await save(browser, await open(browser, id, /^Edit person/), { last_name: 'Ash', email: 'ann@example.test' });
    expect([page.status, new URL(page.url).pathname]).toEqual([200, `/records/${id}`]);
    expect(page.html).toContain('Ann Ash (employee)');
    expect(await rows('employee', 'id', id)).toEqual([
      expect.objectContaining({ first_name: 'Ann', last_name: 'Ash', email: 'ann@example.test', version: 2, start_date: '2020-01-01' }),
    ]);
    expect(await revision()).toBe(before + 1);
    // In the transaction of the edit: there is never one without the other.
    const events = await app.db.admin(
      `select e.details, e.transaction_id::text = x.xmin::text as together from platform.audit_event e join live.employee x on x.id = $1
       where e.kind = 'live.edited' and e.details->>'id' = $1`,
      [id],
    );
    expect(events).toEqual([{ details: { id, fields: 'first_name last_name email notice_date end_date' }, together: true }]);
  });

  it('keeps what was in force until the day from which new terms and pay are', async () => {
    const id = await person();
    const browser = await signedIn(owner);
    await save(browser, await open(browser, id, /^Edit terms/), {
      ...{ job_role_id: 'Architect', manager_id: 'bo@example.test', contracted_fte: '0.8', from: '2024-07-01' },
    });
    const terms = await app.db.admin(
      `select t.effective_from::text as start, t.effective_to::text as until, r.title, t.manager_id, t.contracted_fte::text as fte
       from live.employment_terms t join live.job_role r on r.id = t.job_role_id where t.employee_id = $1 order by 1`,
      [id],
    );
    expect(terms).toEqual([
      { start: '2020-01-01', until: '2024-06-30', title: 'Engineer', manager_id: null, fte: '1.000' },
      { start: '2024-07-01', until: null, title: 'Architect', manager_id: boss, fte: '0.800' },
    ]);
    await save(browser, await open(browser, id, /^Edit pay/), { annual_salary: '55000.50', from: '2024-07-01' });
    const pay = await app.db.admin(
      'select effective_date::text as day, annual_salary::text as salary from live.salary_adjustment where employee_id = $1 order by 1',
      [id],
    );
    expect(pay).toEqual([
      { day: '2020-01-01', salary: '50000.0000' },
      { day: '2024-07-01', salary: '55000.5000' },
    ]);
  });

  it('ends the allocations of who leaves', async () => {
    const id = await person();
    const browser = await signedIn(owner);
    await save(browser, await open(browser, id, /^Edit person/), { end_date: '2030-06-30' });
    const [allocation] = await app.db.admin('select end_date::text as last from live.allocation where employee_id = $1', [id]);
    expect(allocation).toEqual({ last: '2030-06-30' });
    expect((await save(browser, await open(browser, id, /^Edit allocation to Crew/), { fte: '0.5', end_date: '2029-12-31' })).status).toBe(
      200,
    );
    expect(await rows('allocation', 'employee_id', id)).toEqual([expect.objectContaining({ fte: 0.5, end_date: '2029-12-31' })]);
  });

  it('says in a sentence what does not hold, keeps what was typed, and changes nothing', async () => {
    const [id, before] = [await person(), await revision()];
    const browser = await signedIn(owner);
    const [employee, terms] = [await open(browser, id, /^Edit person/), await open(browser, id, /^Edit terms/)];
    const cases: [LoadedPage, Record<string, string>, string][] = [
      [employee, { last_name: ' ' }, 'Last name is needed.'],
      [employee, { email: 'nobody' }, 'Email is no e-mail address.'],
      [employee, { end_date: '2019-01-01' }, 'The end is before the start.'],
      [employee, { end_date: '2019-02-30' }, 'End date is no day like 2026-01-31.'],
      [employee, { email: 'BO@example.test' }, 'Somebody who is employed at the same time has this e-mail address.'],
      [employee, {}, 'Nothing is different from what was there.'],
      [terms, { job_role_id: 'Astronaut' }, 'Job role: there is no such job role.'],
      [terms, { manager_id: id }, 'With this manager somebody would report to themselves.'],
      [terms, { contracted_fte: '3' }, 'The FTE is out of range: above 0, and at most 2 for one person.'],
      [terms, { contracted_fte: '1e3' }, 'Contracted FTE is no number like 1250.50.'],
      [terms, { from: '2019-12-31' }, 'This one begins on 2020-01-01: choose that day to correct it, or a later one.'],
    ];
    for (const [form, values, sentence] of cases) {
      const page = await save(browser, form, values);
      expect({ values, status: page.status, says: alertOf(page) }).toEqual({ values, status: 409, says: sentence });
      for (const text of Object.values(values)) if (text.trim() !== '') expect(page.html).toContain(text);
    }
    expect([await rows('employee', 'id', id), await revision()]).toEqual([[expect.objectContaining({ version: 1 })], before]);
  });

  it('does not write over what somebody else has changed since', async () => {
    const id = await person();
    const [browser, other] = [await signedIn(owner), await signedIn(owner)];
    const seen = await open(browser, id, /^Edit person/);
    await save(other, await open(other, id, /^Edit person/), { last_name: 'Elm' });
    const late = await save(browser, seen, { last_name: 'Fir' });
    expect(alertOf(late)).toContain('Somebody has changed this since you opened it.');
    expect(await rows('employee', 'id', id)).toEqual([expect.objectContaining({ last_name: 'Elm' })]);
  });

  it('makes the conflicts that scenarios show', async () => {
    const id = await person();
    const plan = newId('plan');
    await app.db.admin(`insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, 'Plan', $3)`, [
      tenant.orgId,
      plan,
      owner.id,
    ]);
    await app.app.get(Database).call(
      {
        orgId: tenant.orgId,
        tenantId: tenant.id,
        userId: owner.id,
        seesPay: true,
        seesMoney: true,
        seesPlans: 'all',
        planId: plan,
        write: 'keep',
      },
      (db) =>
        db.query(
          `insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch) values ($1, $2, $3, 'update', 'employee', $4, $5)`,
          [...[tenant.orgId, plan, newId('chg'), id, JSON.stringify({ last_name: 'Planned', end_date: '2031-01-31' })]],
        ),
    );
    const browser = await signedIn(owner);
    await save(browser, await open(browser, id, /^Edit person/), { last_name: 'Lived', email: 'lived@example.test' });
    const { html } = await browser.get(`${origin()}/scenarios/${plan}`);
    for (const text of ['Conflicts (1)', 'Axe', 'Lived', 'Planned']) expect(html).toContain(text);
  });

  it('is for who may write live data, and shows pay to nobody who may not see it', async () => {
    const id = await person();
    const [admin, finance, stranger] = [
      await createUser(app.db, 'admin', tenant.orgId),
      await createUser(app.db, 'finance', tenant.orgId),
      await createUser(app.db, 'owner', (await createTenant(app.db)).orgId),
    ];
    const [terms] = await rows('employment_terms', 'employee_id', id);
    const [pay] = await rows('salary_adjustment', 'employee_id', id);
    const browser = await signedIn(admin);
    const page = await browser.get(`${origin()}/records/${id}`);
    expect(page.html).toContain(`/records/${String(terms?.['id'])}/edit`);
    expect(page.html).not.toContain(String(pay?.['id']));
    expect((await browser.get(`${origin()}/records/${String(pay?.['id'])}/edit`)).status).toBe(404);
    expect((await (await signedIn(finance)).get(`${origin()}/records/${id}`)).html).not.toContain('/edit"');
    for (const who of [finance, stranger])
      expect((await (await signedIn(who)).get(`${origin()}/records/${String(terms?.['id'])}/edit`)).status).toBe(404);
  });

  it('shows no amount, and takes none, of whoever may not see money', async () => {
    const [project, vacancy, agent] = [newId('prj'), newId('vac'), newId('agt')];
    const amount = '987654';
    await org.insert('project', [{ id: project, name: 'Moon', estimated_cost: amount, currency: 'CHF' }]);
    await org.insert('vacancy', [
      {
        id: vacancy,
        role: 'Pilot',
        status: 'open',
        target_start_date: '2031-01-01',
        salary_min: amount,
        salary_max: amount,
        currency: 'CHF',
      },
    ]);
    await org.insert('ai_agent', [
      { id: agent, name: 'Bot', provider: 'X', seats: 1, monthly_per_seat_price: amount, currency: 'CHF', start_date: '2026-01-01' },
    ]);
    const [admin, owner] = [
      await signedIn(await createUser(app.db, 'admin', tenant.orgId)),
      await signedIn(await createUser(app.db, 'owner', tenant.orgId)),
    ];
    for (const [id, table, column] of [
      [project, 'project', 'estimated_cost'],
      [vacancy, 'vacancy', 'salary_max'],
      [agent, 'ai_agent', 'monthly_per_seat_price'],
    ] as const) {
      const path = `${origin()}/records/${id}/edit`;
      expect([table, (await owner.get(path)).html.includes(amount)]).toEqual([table, true]);
      const form = await admin.get(path);
      expect([table, form.html.includes(amount), form.html.includes('CHF')]).toEqual([table, false, false]);
      const { fields } = form.forms.find((one) => 'version' in one.fields)!;
      const answer = await admin.post(path, { ...fields, [column]: '1', currency: 'EUR' });
      expect([table, answer.status, answer.html.includes(amount)]).toEqual([table, 409, false]);
      expect((await rows(table, 'id', id))[0]).toMatchObject({ [column]: Number(amount), currency: 'CHF' });
    }
  });

  it('takes no form of another browser, and no bearer token', async () => {
    const id = await person();
    const browser = await signedIn(owner);
    const form = await open(browser, id, /^Edit person/);
    const other = await signedIn(owner);
    const { action, fields } = form.forms.find((one) => 'version' in one.fields)!;
    for (const token of ['', 'x', fields['token']!])
      expect((await other.post(new URL(action, origin()).href, { ...fields, token, last_name: 'Oops' })).status).toBe(403);
    const bearer = await fetch(new URL(action, origin()), {
      ...{ method: 'POST', redirect: 'manual', headers: { authorization: 'Bearer x' }, body: new URLSearchParams({ ...fields }) },
    });
    expect([bearer.status, bearer.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(await rows('employee', 'id', id)).toEqual([expect.objectContaining({ last_name: 'Axe', version: 1 })]);
  });
});
