import { callScope } from '../../src/access';
import { Database, newId } from '../../src/database';
import { permissionsOfRole } from '../../src/permissions';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

interface Change {
  readonly op: string;
  readonly entity: string;
  readonly id: string;
  readonly patch?: object;
}

describe('merging a scenario', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let origin: string;
  let owner: TestUser;
  let people: Record<'owner' | 'approver' | 'merger', Browser>;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db, { name: 'Acme' });
    origin = app.origin(tenant.slug);
    owner = await createUser(app.db, 'manager', tenant.orgId);
    people = {
      owner: await signedIn(owner),
      approver: await signedIn(await createUser(app.db, 'finance', tenant.orgId)),
      merger: await signedIn(await createUser(app.db, 'admin', tenant.orgId)),
    };
  });
  afterAll(() => app.close());

  const signedIn = async (who: TestUser): Promise<Browser> => {
    const browser = new Browser();
    await browser.submit(await browser.get(`${origin}/sign-in`), { email: who.email, password: who.password }, 'password');
    return browser;
  };
  const team = async (name: string): Promise<string> => {
    const id = newId('team');
    await app.db.admin('insert into live.team (org_id, id, name) values ($1, $2, $3)', [tenant.orgId, id, name]);
    return id;
  };
  const teams = (): Promise<unknown[]> =>
    app.db.admin('select name, version from live.team where org_id = $1 order by name', [tenant.orgId]);
  const change = (planId: string, ...changes: Change[]): Promise<unknown> => {
    const caller = { orgId: tenant.orgId, tenantId: tenant.id, userId: owner.id, permissions: new Set(permissionsOfRole('manager')) };
    return app.app.get(Database).call({ ...callScope(caller, planId), write: 'keep' }, async (db) => {
      for (const { op, entity, id, patch = {} } of changes)
        await db.query('insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch) values ($1, $2, $3, $4, $5, $6, $7)', [
          ...[tenant.orgId, planId, newId('chg'), op, entity, id, JSON.stringify(patch)],
        ]);
    });
  };
  const scenario = async (title: string, ...changes: Change[]): Promise<string> => {
    const planId = newId('plan');
    const row = [tenant.orgId, planId, title, owner.id];
    await app.db.admin('insert into platform.plan (org_id, id, title, owner_id) values ($1, $2, $3, $4)', row);
    await change(planId, ...changes);
    return planId;
  };
  const act = async (who: keyof typeof people, planId: string, name: string): Promise<LoadedPage> =>
    people[who].submit(await people[who].get(`${origin}/scenarios/${planId}`), { act: name }, 'hash');
  const approved = async (title: string, ...changes: Change[]): Promise<string> => {
    const planId = await scenario(title, ...changes);
    await act('owner', planId, 'submit');
    await act('approver', planId, 'approve');
    return planId;
  };
  const status = async (planId: string): Promise<unknown> =>
    (await app.db.admin('select status from platform.plan where id = $1', [planId]))[0]?.['status'];

  it('makes live what the scenario says, and says on its page who did it and what it was before', async () => {
    const [changed, deleted] = [await team('Old name'), await team('Superfluous')];
    const planId = await approved(
      'Growth',
      { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'New team', parent_team_id: changed } },
      { op: 'update', entity: 'team', id: changed, patch: { name: 'New name' } },
      { op: 'delete', entity: 'team', id: deleted },
    );
    const inbox = await people.merger.get(`${origin}/inbox`);
    expect(inbox.html).toContain('Approved, to be merged (1)');
    const page = await act('merger', planId, 'merge');
    expect({ status: page.status, now: await status(planId) }).toEqual({ status: 200, now: 'MERGED' });
    expect(await teams()).toEqual([
      { name: 'New name', version: 2 },
      { name: 'New team', version: 1 },
    ]);
    for (const text of ['merged by', 'Old name', 'New name', 'Superfluous', 'New team']) expect(page.html).toContain(text);
    expect(page.html).not.toContain('value="merge"');
  });

  it('asks for the password again where the last one is long ago, and merges only with the right one', async () => {
    const planId = await approved('Late', { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Late' } });
    await app.db.admin(`update platform.browser_session set authenticated_at = clock_timestamp() - interval '11 minutes'`);
    const asked = await act('merger', planId, 'merge');
    expect(asked.status).toBe(403);
    expect(asked.html).toContain('Confirm that it is you');
    expect(await status(planId)).toBe('APPROVED');
    const wrong = await people.merger.submit(asked, { password: 'not the password' }, 'password');
    expect({ status: wrong.status, now: await status(planId) }).toEqual({ status: 401, now: 'APPROVED' });
    const done = await people.merger.submit(wrong, { password: owner.password }, 'password');
    expect({ status: done.status, now: await status(planId) }).toEqual({ status: 200, now: 'MERGED' });
  });

  it('is for those with the permission only, and takes no bearer token and no form of another browser', async () => {
    const planId = await approved('Kept', { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Kept' } });
    const hash = (await app.db.admin('select content_hash from platform.plan where id = $1', [planId]))[0]?.['content_hash'] as string;
    for (const who of ['owner', 'approver'] as const) {
      const page = await people[who].get(`${origin}/scenarios/${planId}`);
      expect(page.html).not.toContain('value="merge"');
      const token = page.forms.find(({ action }) => action.endsWith('/comment'))?.fields['token'] as string;
      const forced = { token, hash, act: 'merge' };
      const refused = await people[who].post(`${origin}/scenarios/${planId}/review`, forced);
      const shown = refused.status === 403 ? await people[who].submit(refused, { password: owner.password }, 'password') : refused;
      expect(shown.status).toBe(409);
      expect(shown.html).toContain('lacks the permission scenarios.merge');
      expect((await people.merger.post(`${origin}/scenarios/${planId}/review`, forced)).status).toBe(403);
    }
    const response = await fetch(`${origin}/scenarios/${planId}/review`, {
      ...{ method: 'POST', redirect: 'manual', headers: { authorization: 'Bearer x' } },
      body: new URLSearchParams({ act: 'merge', hash }),
    });
    expect([response.status, response.headers.get('location'), await status(planId)]).toEqual([303, '/sign-in', 'APPROVED']);
  });
});
