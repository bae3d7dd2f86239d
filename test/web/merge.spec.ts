import { callScope } from '../../src/access';
import { Database, newId } from '../../src/database';
import { permissionsOfRole } from '../../src/permissions';
import { startApp, TestApp } from '../support/app';
import { Browser, LoadedPage } from '../support/browser';
import { itOnServer } from '../support/database';
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

  itOnServer('is told that somebody else is changing the data, and is done when tried again', async () => {
    const planId = await approved('Waits', { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Waits' } });
    await app.db.admin('begin');
    await app.db.admin('select from platform.organization where id = $1 for update', [tenant.orgId]);
    const busy = await act('merger', planId, 'merge');
    await app.db.admin('commit');
    expect({ status: busy.status, now: await status(planId) }).toEqual({ status: 503, now: 'APPROVED' });
    expect(busy.html).toContain('Somebody else is changing the same data just now');
    await act('merger', planId, 'merge');
    expect(await status(planId)).toBe('MERGED');
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

  describe('and reversing it', () => {
    const columns = `to_jsonb(x) - array['version', 'updated_at', 'created_at', 'plan_id']`;
    const live = (): Promise<unknown[]> =>
      app.db.admin(`select ${columns} as row from live.team x where org_id = $1 order by id`, [tenant.orgId]);
    const reverse = async (planId: string, who: keyof typeof people = 'merger'): Promise<LoadedPage> => {
      const page = await people[who].get(`${origin}/scenarios/${planId}`);
      const form = page.forms.find(({ action }) => action.endsWith('/comment'));
      return people[who].post(`${origin}/scenarios/${planId}/reverse`, { token: form?.fields['token'] as string });
    };
    const draftOf = async (planId: string): Promise<string> =>
      (await app.db.admin('select id from platform.plan where reverses_plan_id = $1', [planId]))[0]?.['id'] as string;

    it('gives everything back by a new draft that passes the same gate, also what was deleted, with its external id', async () => {
      const [changed, deleted] = [await team('Before'), await team('Deleted')];
      await app.db.admin(`update live.team set external_id = 'T-1', description = 'd' where id = $1`, [deleted]);
      const before = await live();
      const planId = await approved(
        'There and back',
        { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Created', parent_team_id: changed } },
        { op: 'update', entity: 'team', id: changed, patch: { name: 'After' } },
        { op: 'delete', entity: 'team', id: deleted },
      );
      await act('merger', planId, 'merge');
      expect(await live()).not.toEqual(before);
      const page = await reverse(planId);
      const draft = await draftOf(planId);
      expect(page.status).toBe(200);
      for (const text of ['Reversal of There and back', planId, 'Before', 'After', 'Created', 'Deleted']) expect(page.html).toContain(text);
      expect(await status(draft)).toBe('DRAFT');
      const [event] = await app.db.admin(
        `select e.transaction_id::text = p.xmin::text as together from platform.audit_event e, platform.plan p
         where p.id = $2 and e.kind = 'scenario.reviewed' and e.details = jsonb_build_object('act', 'reverse', 'plan', $1::text, 'reversal', p.id)`,
        [planId, draft],
      );
      expect(event).toEqual({ together: true });
      await act('merger', draft, 'submit');
      expect((await act('merger', draft, 'approve')).status).toBe(409);
      await act('approver', draft, 'approve');
      await act('merger', draft, 'merge');
      expect(await live()).toEqual(before);
      expect((await people.owner.get(`${origin}/scenarios/${planId}`)).html).toContain('Merged by');
    });

    it('is in conflict where live moved since, and does not speak of what is already as it was', async () => {
      const [moved, back, gone] = [await team('M0'), await team('B0'), await team('G0')];
      const created = newId('team');
      const planId = await approved(
        'Overtaken',
        { op: 'create', entity: 'team', id: created, patch: { name: 'C1' } },
        ...[moved, back, gone].map((id, index): Change => ({ op: 'update', entity: 'team', id, patch: { name: `N${index}` } })),
      );
      await act('merger', planId, 'merge');
      for (const [id, name] of [
        [moved, 'Moved'],
        [back, 'B0'],
        [created, 'C2'],
      ])
        await app.db.admin('update live.team set name = $2 where id = $1', [id, name]);
      await app.db.admin('delete from live.team where id = $1', [gone]);
      const page = await reverse(planId);
      expect(page.html).toContain(`Left out, because they are no longer there: team ${gone}.`);
      const state = await app.db.admin('select id, op, conflicts from platform.plan_state where plan_id = $1 order by op, id = $2', [
        await draftOf(planId),
        moved,
      ]);
      expect(state).toEqual([
        { id: created, op: 'delete', conflicts: ['*'] },
        { id: back, op: 'update', conflicts: [] },
        { id: moved, op: 'update', conflicts: ['name'] },
      ]);
      for (const text of ['Conflicts (2)', 'N0', 'Moved', 'M0']) expect(page.html).toContain(text);
    });

    it('is for those who may merge, of what is merged, and not where nothing is left of it', async () => {
      const id = newId('team');
      const planId = await approved('Short-lived', { op: 'create', entity: 'team', id, patch: { name: 'Fly' } });
      expect((await reverse(planId)).html).toContain('Only a scenario that has been merged can be reversed.');
      await act('merger', planId, 'merge');
      expect((await reverse(planId, 'owner')).html).toContain('lacks the permission scenarios.merge');
      await app.db.admin('delete from live.team where id = $1', [id]);
      expect((await reverse(planId)).html).toContain('Nothing is left of what was merged');
      expect(await draftOf(planId)).toBeUndefined();
    });
  });
});
