import { callScope } from '../../src/access';
import { Database, newId } from '../../src/database';
import { permissionsOfRole } from '../../src/permissions';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('Workforce → Scenarios', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let owner: TestUser;
  let approver: TestUser;
  let viewer: TestUser;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db, { name: 'Acme' });
    origin = app.origin(tenant.slug);
    owner = await createUser(app.db, 'manager', tenant.orgId);
    approver = await createUser(app.db, 'finance', tenant.orgId);
    viewer = await createUser(app.db, 'viewer', tenant.orgId);
  });
  afterAll(() => app.close());

  const signedIn = async (who: TestUser): Promise<Browser> => {
    const browser = new Browser();
    await browser.submit(await browser.get(`${origin}/sign-in`), { email: who.email, password: who.password }, 'password');
    return browser;
  };

  /** A scenario of the owner's with one change: a new team. */
  const scenario = async (title: string, team = newId('team')): Promise<string> => {
    const planId = newId('plan');
    await app.db.admin('insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, $3, $4)', [
      tenant.orgId,
      planId,
      title,
      owner.id,
    ]);
    await change(planId, { op: 'create', entity: 'team', id: team, patch: { name: 'Tiger & Co' } });
    return planId;
  };
  const change = (
    planId: string,
    { op, entity, id, patch }: { op: string; entity: string; id: string; patch: object },
    by = owner,
  ): Promise<unknown> => {
    const caller = { orgId: tenant.orgId, tenantId: tenant.id, userId: by.id, permissions: new Set(permissionsOfRole('manager')) };
    return app.app
      .get(Database)
      .call({ ...callScope(caller, planId), write: 'keep' }, (db) =>
        db.query('insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch) values ($1, $2, $3, $4, $5, $6, $7)', [
          ...[tenant.orgId, planId, newId('chg'), op, entity, id, JSON.stringify(patch)],
        ]),
      );
  };
  const act = async (browser: Browser, planId: string, name: string, more: Record<string, string> = {}): Promise<LoadedPage> =>
    browser.submit(await browser.get(`${origin}/scenarios/${planId}`), { act: name, ...more }, 'hash');
  const hashOf = async (planId: string): Promise<string> =>
    (await app.db.admin<{ hash: string }>('select content_hash as hash from platform.plan where id = $1', [planId]))[0]!.hash;
  const status = async (planId: string): Promise<unknown> =>
    (await app.db.admin('select status from platform.plan where id = $1', [planId]))[0]?.['status'];

  it('asks for a sign-in before it shows anything, and takes no bearer token for one', async () => {
    const planId = await scenario('Secret plan');
    for (const path of ['/scenarios', '/inbox', `/scenarios/${planId}`]) {
      const response = await fetch(`${origin}${path}`, { redirect: 'manual', headers: { authorization: 'Bearer x' } });
      expect({ path, status: response.status, to: response.headers.get('location') }).toEqual({ path, status: 303, to: '/sign-in' });
    }
  });

  it('lists the scenarios that one may see, and shows what one of them changes', async () => {
    const planId = await scenario('Two tigers');
    const browser = await signedIn(owner);
    expect((await browser.get(`${origin}/scenarios`)).html).toContain('Two tigers');
    const { html } = await browser.get(`${origin}/scenarios/${planId}`);
    for (const text of ['Two tigers', 'Team Tiger &amp; Co', 'created', 'Headcount', 'Submit for approval']) expect(html).toContain(text);
  });

  it('answers for a draft of somebody else, and for another organization’s, as for one that never was', async () => {
    const planId = await scenario('Hidden draft');
    const stranger = await createTenant(app.db);
    const elsewhere = await createUser(app.db, 'owner', stranger.orgId);
    const browser = await signedIn(viewer);
    const pages = [await browser.get(`${origin}/scenarios/${planId}`), await browser.get(`${origin}/scenarios/plan_aaaaaaaaaaaa`)];
    expect(pages.map((page) => page.status)).toEqual([404, 404]);
    expect(pages[0]?.html).toBe(pages[1]?.html);
    expect((await (await signedIn(elsewhere)).get(`${origin}/scenarios/${planId}`)).status).toBe(404);
  });

  it('goes from draft to approval by two people, and never by one', async () => {
    const planId = await scenario('By the book');
    const [own, other] = [await signedIn(owner), await signedIn(approver)];
    expect((await other.get(`${origin}/scenarios/${planId}`)).html).not.toContain('value="approve"');
    await act(own, planId, 'submit');
    expect(await status(planId)).toBe('PENDING_APPROVAL');
    const inbox = await other.get(`${origin}/inbox`);
    expect(inbox.html).toContain('Waiting for your decision (1)');
    const refused = await act(own, planId, 'approve');
    expect({ status: refused.status, now: await status(planId) }).toEqual({ status: 409, now: 'PENDING_APPROVAL' });
    await act(other, planId, 'approve');
    expect(await status(planId)).toBe('APPROVED');
    await act(own, planId, 'withdraw');
    expect(await status(planId)).toBe('DRAFT');
  });

  it('does not let the owner approve, even with the permission to', async () => {
    const planId = newId('plan');
    await app.db.admin('insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, $3, $4)', [
      tenant.orgId,
      planId,
      'Own',
      approver.id,
    ]);
    await app.db.admin(`update platform.plan set status = 'PENDING_APPROVAL', submitted_by = $2 where id = $1`, [planId, approver.id]);
    const refused = await act(await signedIn(approver), planId, 'approve');
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('Somebody else with the permission has to.');
    expect(await status(planId)).toBe('PENDING_APPROVAL');
  });

  it('does not let who wrote a part of it decide on it, though it is not shared with them any more', async () => {
    const planId = await scenario('Written together');
    await app.db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [tenant.orgId, planId, approver.id]);
    await change(planId, { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Lion' } }, approver);
    await app.db.admin('delete from platform.plan_assignee where plan_id = $1', [planId]);
    const [own, other] = [await signedIn(owner), await signedIn(approver)];
    await act(own, planId, 'submit');
    expect((await other.get(`${origin}/scenarios/${planId}`)).html).not.toContain('value="approve"');
    const { fields } = (await other.get(`${origin}/scenarios/${planId}`)).forms.find((form) => 'body' in form.fields)!;
    for (const name of ['approve', 'reject']) {
      const refused = await other.post(`${origin}/scenarios/${planId}/review`, {
        ...fields,
        act: name,
        reason: 'x',
        hash: await hashOf(planId),
      });
      expect([name, refused.status, refused.html.includes('Who works on a scenario cannot decide on it.')]).toEqual([name, 409, true]);
    }
    expect(await status(planId)).toBe('PENDING_APPROVAL');
  });

  it('wants a reason for a rejection, and tells the owner of it', async () => {
    const planId = await scenario('Too dear');
    const [own, other] = [await signedIn(owner), await signedIn(approver)];
    await act(own, planId, 'submit');
    expect((await act(other, planId, 'reject')).html).toContain('Say why');
    await act(other, planId, 'reject', { reason: 'Costs <too> much' });
    expect(await status(planId)).toBe('REJECTED');
    expect((await own.get(`${origin}/scenarios/${planId}`)).html).toContain('Costs &lt;too&gt; much');
    expect((await own.get(`${origin}/inbox`)).html).toContain('Too dear');
  });

  it('decides on nothing that changed after it was looked at', async () => {
    const planId = await scenario('Moving');
    const [own, other] = [await signedIn(owner), await signedIn(approver)];
    await act(own, planId, 'submit');
    const seen = await other.get(`${origin}/scenarios/${planId}`);
    await act(own, planId, 'withdraw');
    await change(planId, { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Lion' } });
    await act(own, planId, 'submit');
    const late = await other.submit(seen, { act: 'approve' }, 'hash');
    expect(late.html).toContain('has changed since you opened the page');
    expect(await status(planId)).toBe('PENDING_APPROVAL');
  });

  it('is not submitted while live data contradicts it, and shows the three values', async () => {
    const planId = await scenario('Clash');
    const team = newId('team');
    await app.db.admin('insert into live.team (org_id, id, name) values ($1, $2, $3)', [tenant.orgId, team, 'Before']);
    await change(planId, { op: 'update', entity: 'team', id: team, patch: { name: 'Planned' } });
    await app.db.admin('update live.team set name = $2 where id = $1', [team, 'Moved']);
    const browser = await signedIn(owner);
    const page = await browser.get(`${origin}/scenarios/${planId}`);
    for (const text of ['Conflicts (1)', 'Before', 'Moved', 'Planned']) expect(page.html).toContain(text);
    expect(page.html).not.toContain('value="submit"');
    const form = page.forms.find(({ fields }) => 'hash' in fields)!;
    const refused = await browser.post(new URL(form.action, origin).href, { ...form.fields, act: 'submit' });
    expect(refused.html).toContain('in conflict with live data');
    expect(await status(planId)).toBe('DRAFT');
  });

  describe('with conflicts', () => {
    /** A scenario that renames two teams, which live renames, too. */
    const clash = async (): Promise<{ planId: string; teams: [string, string] }> => {
      const planId = await scenario('Clash');
      const teams: [string, string] = [newId('team'), newId('team')];
      for (const team of teams) {
        await app.db.admin('insert into live.team (org_id, id, name) values ($1, $2, $3)', [tenant.orgId, team, `Before ${team}`]);
        await change(planId, { op: 'update', entity: 'team', id: team, patch: { name: `Planned ${team}` } });
        await live(team, 'Moved');
      }
      return { planId, teams };
    };
    const live = async (team: string, name: string): Promise<void> => {
      await app.db.admin('update platform.organization set live_rev = live_rev + 1 where id = $1', [tenant.orgId]);
      await app.db.admin('update live.team set name = $2 where id = $1', [team, `${name} ${team}`]);
    };
    const states = (planId: string): Promise<unknown> =>
      app.db.admin(`select id, patch, conflicts from platform.plan_state where plan_id = $1 and op = 'update' order by id`, [planId]);

    it('is resolved by a choice for each, on the page', async () => {
      const { planId, teams } = await clash();
      const browser = await signedIn(owner);
      const page = await browser.get(`${origin}/scenarios/${planId}`);
      for (const text of ['Conflicts (2)', `Before ${teams[0]}`, `Moved ${teams[0]}`, `Planned ${teams[0]}`])
        expect(page.html).toContain(text);
      expect((await browser.submit(page, {}, 'liveRev')).html).toContain('Choose what to keep of at least one conflict.');
      const half = await browser.submit(page, { [`keep ${teams[0]} name`]: 'live' }, 'liveRev');
      expect(half.html).toContain('Conflicts (1)');
      const done = await browser.submit(half, { [`keep ${teams[1]} name`]: 'plan' }, 'liveRev');
      expect(done.html).not.toContain('Conflicts');
      expect(await states(planId)).toEqual([{ id: teams[1], patch: { name: `Planned ${teams[1]}` }, conflicts: [] }]);
      expect((await act(browser, planId, 'submit')).html).toContain('waiting for approval');
    });

    it('is not resolved by who looked at other values', async () => {
      const { planId, teams } = await clash();
      const browser = await signedIn(owner);
      const page = await browser.get(`${origin}/scenarios/${planId}`);
      await live(teams[0], 'Again');
      const late = await browser.submit(page, { keep: 'plan' }, 'liveRev');
      expect({ status: late.status, html: late.html }).toEqual({
        status: 409,
        html: expect.stringContaining('Live data has changed since you looked'),
      });
      expect(await states(planId)).toEqual(expect.arrayContaining([expect.objectContaining({ conflicts: ['name'] })]));
      expect((await browser.submit(late, { keep: 'plan' }, 'liveRev')).html).not.toContain('Conflicts');
    });

    it('is only looked at by who may not change the scenario', async () => {
      const { planId, teams } = await clash();
      const all = await createUser(app.db, 'admin', tenant.orgId);
      const browser = await signedIn(all);
      const page = await browser.get(`${origin}/scenarios/${planId}`);
      expect(page.html).toContain('Conflicts (2)');
      expect(page.html).not.toContain('Resolve conflicts');
      const { token } = page.forms.find(({ action }) => action.endsWith('/comment'))!.fields;
      for (const [path, fields] of [
        ['rebase', { liveRev: '1', [`keep ${teams[0]} name`]: 'live' }],
        ['undo', { change: 'chg_aaaaaaaaaaaa' }],
      ] as const)
        expect((await browser.post(`${origin}/scenarios/${planId}/${path}`, { token: token!, ...fields })).html).toContain(
          'Only the owner of a scenario',
        );
      expect(await states(planId)).toEqual(expect.arrayContaining([expect.objectContaining({ conflicts: ['name'] })]));
    });
  });

  it('takes a change back from the history, and brings it back', async () => {
    const planId = await scenario('Regret');
    const team = newId('team');
    await change(planId, { op: 'create', entity: 'team', id: team, patch: { name: 'Badger' } });
    const browser = await signedIn(owner);
    const page = await browser.get(`${origin}/scenarios/${planId}`);
    const undo = (of: LoadedPage, seq: number): Promise<LoadedPage> => {
      const changeId = new RegExp(`value="(chg_\\w+)"[^>]*aria-label="Undo change ${seq}"`).exec(of.html)?.[1];
      const form = of.forms.find(({ action }) => action.endsWith('/undo'))!;
      return browser.post(new URL(form.action, origin).href, { ...form.fields, change: changeId ?? '' });
    };
    const undone = await undo(page, 2);
    expect(undone.html).not.toContain('Team Badger');
    expect(undone.html).not.toContain('aria-label="Undo change 2"');
    expect((await undo(undone, 3)).html).toContain('Team Badger');
    expect((await undo(page, 7)).html).toContain('This scenario has no such change');
    expect(
      await app.db.admin(
        `select op, cause->>'tool' as tool, cause->>'user' as by from platform.plan_change where plan_id = $1 and seq > 2 order by seq`,
        [planId],
      ),
    ).toEqual([
      { op: 'delete', tool: 'page', by: owner.id },
      { op: 'create', tool: 'page', by: owner.id },
    ]);
  });

  it('takes no form of another browser', async () => {
    const planId = await scenario('Forged');
    const [own, other] = [await signedIn(owner), await signedIn(approver)];
    await act(own, planId, 'submit');
    const { forms } = await own.get(`${origin}/scenarios/${planId}`);
    const { token, hash } = forms.find(({ fields }) => 'hash' in fields)!.fields as Record<string, string>;
    for (const forged of ['', 'x', token!])
      expect((await other.post(`${origin}/scenarios/${planId}/review`, { token: forged, hash: hash!, act: 'approve' })).status).toBe(403);
    expect(await status(planId)).toBe('PENDING_APPROVAL');
  });

  it('keeps comments as they were said, and shows them as text', async () => {
    const planId = await scenario('Discussed');
    const browser = await signedIn(owner);
    const form = (await browser.get(`${origin}/scenarios/${planId}`)).forms.find(({ action }) => action.endsWith('/comment'))!;
    const say = (body: string): Promise<LoadedPage> => browser.post(new URL(form.action, origin).href, { ...form.fields, body });
    expect((await say('Why <now>?')).html).toContain('Why &lt;now&gt;?');
    expect((await say('  ')).html).toContain('A comment has 1 to 4,000 characters.');
    expect(await app.db.admin('select body, user_id from platform.plan_comment where plan_id = $1', [planId])).toEqual([
      { body: 'Why <now>?', user_id: owner.id },
    ]);
  });
});
