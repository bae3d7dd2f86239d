import { startApp, type TestApp } from '../support/app';
import { createTenant, type TestTenant } from '../support/people';
import { SCHEMA, ScimClient } from './scim-client';

let app: TestApp;
let tenant: TestTenant;
let entra: ScimClient;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  tenant = await createTenant(app.db);
  entra = await ScimClient.connect(app, tenant);
});

const rows = (sql: string): Promise<Record<string, unknown>[]> => app.db.admin(sql, [tenant.orgId]);
const TODAY = `(select (clock_timestamp() at time zone time_zone)::date from organization where id = $1)`;

const terms = (): Promise<Record<string, unknown>[]> =>
  rows(`select e.last_name as last, r.title, w.name as type, g.name as place, g.country_code as country, c.code as centre, m.last_name as manager,
      trim_scale(t.contracted_fte)::text as fte, e.start_date = ${TODAY} as new, e.end_date = ${TODAY} as ends, e.external_id as number
    from employee e join employment_terms t on t.org_id = e.org_id and t.employee_id = e.id and t.effective_to is null
    join job_role r on r.org_id = e.org_id and r.id = t.job_role_id join work_type w on w.org_id = e.org_id and w.id = t.work_type_id
    join geography g on g.org_id = e.org_id and g.id = t.geography_id left join cost_centre c on c.org_id = e.org_id and c.id = t.cost_centre_id
    left join employee m on m.org_id = t.org_id and m.id = t.manager_id where e.org_id = $1 order by e.last_name`);

describe('a directory that provisions as Microsoft Entra does', () => {
  it('finds nobody, creates, finds, links the manager, changes and disables', async () => {
    const none = await entra.find('Users', 'userName eq "ada@example.test"');
    expect(none).toMatchObject({ status: 200, data: { totalResults: 0, Resources: [], startIndex: 1 } });
    const { status, data, headers } = await entra.call('POST', '/Users', {
      schemas: [SCHEMA.user, SCHEMA.enterprise],
      externalId: '0a21f0f2',
      userName: 'Ada@example.test',
      active: true,
      addresses: [{ primary: false, type: 'work', country: 'Germany', locality: 'Berlin', formatted: null, postalCode: '10115' }],
      displayName: 'Ada Amber',
      emails: [{ primary: true, type: 'work', value: 'ada@example.test' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Ada Amber', familyName: 'Amber', givenName: 'Ada' },
      phoneNumbers: [{ primary: true, type: 'work', value: '+49' }],
      preferredLanguage: 'de',
      title: 'Engineer',
      [SCHEMA.enterprise]: { employeeNumber: '701984', department: 'Platform', costCenter: 'CC-1' },
    });
    expect(status).toBe(201);
    expect(headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    expect(headers.get('location')).toBe(`${app.origin(tenant.slug)}/scim/v2/Users/${data['id']}`);
    expect(headers.get('etag')).toBe(data['meta'].version);
    expect(data).toMatchObject({
      ...{ externalId: '0a21f0f2', userName: 'Ada@example.test', active: true, title: 'Engineer', displayName: 'Ada Amber' },
      emails: [{ value: 'ada@example.test', type: 'work', primary: true }],
      addresses: [{ locality: 'Berlin', country: 'DE' }],
      [SCHEMA.enterprise]: { employeeNumber: '701984', costCenter: 'CC-1' },
    });
    const boss = await entra.user('boss@example.test');
    for (const filter of [
      'userName eq "ADA@EXAMPLE.TEST"',
      'externalId eq "0a21f0f2"',
      'emails[type eq "work"].value eq "ada@example.test"',
      `id eq "${data['id']}"`,
    ]) {
      expect((await entra.find('Users', filter)).data['Resources'].map(({ id }: { id: string }) => id)).toEqual([data['id']]);
    }
    const changed = await entra.patch(
      `/Users/${data['id']}`,
      { op: 'Add', path: `${SCHEMA.enterprise}:manager`, value: boss['id'] },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ada.amber@example.test' },
      { op: 'Replace', path: 'name.familyName', value: 'Azure' },
      { op: 'Add', path: 'title', value: 'Lead' },
      { op: 'Replace', path: `${SCHEMA.employment}:fte`, value: '0.8' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49' },
    );
    expect(changed.data).toMatchObject({
      title: 'Lead',
      name: { familyName: 'Azure' },
      [SCHEMA.enterprise]: { manager: { value: boss['id'], displayName: 'Ada boss' } },
    });
    expect((await entra.find('Users', `id eq "${data['id']}" and manager eq "${boss['id']}"`, '&attributes=id')).data['totalResults']).toBe(
      1,
    );
    expect((await terms())[0]).toEqual({
      ...{ last: 'Azure', title: 'Lead', type: 'Permanent', place: 'Berlin', country: 'DE', centre: 'CC-1', manager: 'boss' },
      ...{ fte: '0.8', new: true, ends: null, number: '701984' },
    });
    const off = await entra.patch(`/Users/${data['id']}`, { op: 'Replace', path: 'active', value: 'False' });
    expect(off).toMatchObject({ status: 200, data: { active: false } });
    expect((await entra.find('Users', 'userName eq "ada@example.test"')).data['Resources'][0]).toMatchObject({ active: false });
    expect((await terms())[0]).toMatchObject({ ends: true });
    const on = await entra.patch(`/Users/${data['id']}`, {
      op: 'Replace',
      value: { active: 'True', 'name.givenName': 'Adele', [`${SCHEMA.enterprise}:costCenter`]: 'CC-2' },
    });
    expect(on.data).toMatchObject({ active: true, name: { givenName: 'Adele' }, [SCHEMA.enterprise]: { costCenter: 'CC-2' } });
    await entra.patch(`/Users/${data['id']}`, { op: 'Remove', path: `${SCHEMA.enterprise}:manager` });
    expect((await terms())[0]).toMatchObject({ ends: null, manager: null, centre: 'CC-2' });
  });

  it('links people who are there from an HR export by their address', async () => {
    const { id } = await entra.user('ben@example.test', { [SCHEMA.enterprise]: { employeeNumber: 'E7' } });
    await rows(`delete from scim_user where org_id = $1`);
    expect((await entra.find('Users', 'userName eq "Ben@example.test"')).data['Resources']).toMatchObject([
      { id, userName: 'ben@example.test' },
    ]);
    await entra.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'userName', value: 'ben@corp.example.test' },
      { op: 'Add', path: 'externalId', value: 'x1' },
    );
    expect((await entra.get(`/Users/${id}`)).data).toMatchObject({
      userName: 'ben@corp.example.test',
      externalId: 'x1',
      emails: [{ value: 'ben@example.test' }],
    });
    expect(
      (
        await entra.call('POST', '/Users', {
          userName: 'new@example.test',
          name: { givenName: 'B', familyName: 'C' },
          emails: [{ value: 'BEN@example.test' }],
        })
      ).data,
    ).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: 'Somebody else who is employed at the same time has this e-mail address.',
    });
  });

  it('is not made to write what is so already', async () => {
    const { id, ...user } = await entra.user('eve@example.test');
    const revision = (): Promise<unknown[]> => rows('select live_rev from organization where id = $1');
    const before = await revision();
    const { data } = await entra.call('PUT', `/Users/${id}`, user);
    expect(data['meta'].version).toBe(user['meta'].version);
    expect(await revision()).toEqual(before);
  });
});

describe('a directory that provisions as Okta does', () => {
  it('looks up, creates, replaces, deactivates by PATCH without a path, and takes back', async () => {
    expect((await entra.find('Users', 'userName eq "test.user@okta.local"', '&startIndex=1&count=100')).data['totalResults']).toBe(0);
    const profile = {
      schemas: [SCHEMA.user],
      userName: 'test.user@okta.local',
      name: { givenName: 'Test', familyName: 'User' },
      emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
      displayName: 'Test User',
      locale: 'en-US',
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: '1mz050nq',
      active: true,
    };
    const created = await entra.call('POST', '/Users', profile);
    expect(created.status).toBe(201);
    expect(JSON.stringify(created.data)).not.toContain('1mz050nq');
    const { id } = created.data;
    expect((await entra.call('POST', '/Users', profile)).data).toMatchObject({ status: '409', scimType: 'uniqueness' });
    const replaced = await entra.call('PUT', `/Users/${id}`, {
      ...profile,
      id,
      name: { givenName: 'Another', familyName: 'User' },
      meta: created.data['meta'],
    });
    expect(replaced).toMatchObject({ status: 200, data: { id, name: { givenName: 'Another' } } });
    expect((await entra.patch(`/Users/${id}`, { op: 'replace', value: { active: false } })).data).toMatchObject({ active: false });
    expect((await entra.call('PUT', `/Users/${id}`, { ...profile, active: true })).data).toMatchObject({ active: true });
  });
});

describe('a User', () => {
  it('has a version: 412 for what has changed since, 304 for what has not', async () => {
    const { id, meta } = await entra.user('v@example.test');
    expect((await entra.get(`/Users/${id}`, { 'if-none-match': meta.version })).status).toBe(304);
    const first = await entra.call('PUT', `/Users/${id}`, { userName: 'v@example.test', title: 'Chief' }, { 'if-match': meta.version });
    expect(first.status).toBe(200);
    expect(first.data['meta'].version).not.toBe(meta.version);
    const late = await entra.call('PUT', `/Users/${id}`, { title: 'Other' }, { 'if-match': meta.version });
    expect(late).toMatchObject({ status: 412, data: { status: '412' } });
    expect((await entra.call('DELETE', `/Users/${id}`, undefined, { 'if-match': meta.version })).status).toBe(412);
    expect((await entra.call('DELETE', `/Users/${id}`, undefined, { 'if-match': first.data['meta'].version })).status).toBe(204);
  });

  it('who is deleted leaves today, is not there any more, and can come back', async () => {
    const { id } = await entra.user('gone@example.test');
    expect((await entra.call('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await terms()).toMatchObject([{ last: 'gone', ends: true }]);
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const { status, data } = await entra.call(method, `/Users/${id}`, method === 'PUT' ? {} : undefined);
      expect({ status, detail: data['detail'] }).toEqual({ status: 404, detail: 'There is no such resource in this organization.' });
    }
    expect((await entra.find('Users', 'userName eq "gone@example.test"')).data['totalResults']).toBe(0);
    const again = await entra.user('gone@example.test');
    expect(again).toMatchObject({ id, active: true });
    expect(await terms()).toMatchObject([{ ends: null }]);
  });

  it('who is deactivated by mistake and activated again is allocated, and leaves, as was planned', async () => {
    const { id } = await entra.user('back@example.test', { [SCHEMA.employment]: { endDate: '2999-12-31' } });
    const { id: leaver } = await entra.user('late@example.test', { [SCHEMA.employment]: { startDate: '2020-01-31' } });
    await rows(`insert into team (org_id, id, name) values ($1, 'team_aaaaaaaaaaaa', 'A'), ($1, 'team_bbbbbbbbbbbb', 'B')`);
    await rows(`insert into project (org_id, id, name) values ($1, 'prj_aaaaaaaaaaaa', 'Apollo'), ($1, 'prj_bbbbbbbbbbbb', 'Hermes')`);
    const own = (first: string, more: string): string =>
      `insert into allocation (org_id, id, employee_id, fte, start_date, end_date, target_team_id, target_project_id, is_primary) values
        ($1, 'alc_${first}aaaaaaaaaaa', '${more}', 1, '2020-01-31', '2998-02-28', 'team_aaaaaaaaaaaa', null, true),
        ($1, 'alc_${first}bbbbbbbbbbb', '${more}', 1, '2998-03-01', '2999-12-31', 'team_bbbbbbbbbbbb', null, true),
        ($1, 'alc_${first}ccccccccccc', '${more}', 0.5, '2020-01-31', '2997-03-31', null, 'prj_aaaaaaaaaaaa', false),
        ($1, 'alc_${first}ddddddddddd', '${more}', 0.5, '2997-02-13', '2997-12-31', null, 'prj_bbbbbbbbbbbb', false)`;
    await rows(own('a', String(id)));
    await rows(own('b', String(leaver)));
    const allocations = () => rows(`select to_jsonb(a) - 'version' - 'updated_at' as row from allocation a where org_id = $1 order by id`);
    const end = () => rows(`select end_date::text as "end" from employee where org_id = $1 order by last_name`);
    const planned = await allocations();
    for (const person of [id, leaver]) {
      const { data } = await entra.patch(`/Users/${person}`, { op: 'replace', path: 'active', value: false });
      expect(data).toMatchObject({ active: false });
    }
    expect(await rows(`select id from allocation where org_id = $1 and (end_date is null or end_date > ${TODAY})`)).toEqual([]);
    await rows(`update allocation set end_date = '2020-02-01' where org_id = $1 and id = 'alc_bccccccccccc'`); // by hand, meanwhile
    for (const person of [id, leaver]) {
      const { data } = await entra.patch(`/Users/${person}`, { op: 'replace', path: 'active', value: true });
      expect(data).toMatchObject({ active: true });
    }
    expect(await end()).toEqual([{ end: '2999-12-31' }, { end: null }]);
    const changedByHand = planned.map((one) => {
      const { row } = one as { row: { id: string } };
      return row.id === 'alc_bccccccccccc' ? { row: { ...row, end_date: '2020-02-01' } } : one;
    });
    expect(await allocations()).toEqual(changedByHand);
  });

  it('who left long ago is no longer taken back as if nothing had been', async () => {
    const { id } = await entra.user('old@example.test', {
      [SCHEMA.employment]: { startDate: '2020-01-31' },
      [SCHEMA.enterprise]: { employeeNumber: 'E1' },
    });
    await rows(`update employee set end_date = ${TODAY} - 31 where org_id = $1`);
    expect((await entra.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })).data).toMatchObject({
      status: '400',
      scimType: 'mutability',
    });
    expect((await entra.call('DELETE', `/Users/${id}`)).status).toBe(204);
    const anew = await entra.user('old@example.test', { [SCHEMA.enterprise]: { employeeNumber: 'E2' } });
    expect(anew['id']).not.toBe(id);
    const twin = {
      userName: 'third@example.test',
      name: { givenName: 'A', familyName: 'B' },
      [SCHEMA.enterprise]: { employeeNumber: 'E1' },
    };
    expect((await entra.call('POST', '/Users', twin)).data).toMatchObject({ status: '409', scimType: 'uniqueness' });
  });

  it('comes in pages, and with the attributes that were asked for', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await entra.user(`${name}@example.test`);
    const page = async (query: string) => (await entra.get(`/Users?${query}`)).data;
    const all = await page('');
    expect(all).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 5,
      startIndex: 1,
      itemsPerPage: 5,
    });
    const ids = (list: Record<string, { id: string }[]>): string[] => list['Resources']!.map(({ id }) => id);
    expect([
      ...ids(await page('startIndex=1&count=2')),
      ...ids(await page('startIndex=3&count=2')),
      ...ids(await page('startIndex=5&count=2')),
    ]).toEqual(ids(all));
    expect(await page('count=0')).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] });
    expect(await page('startIndex=-3&count=1')).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
    expect(await page('count=-1')).toMatchObject({ totalResults: 5, itemsPerPage: 0 });
    const [first] = (await page('count=1&attributes=userName,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber'))[
      'Resources'
    ] as object[];
    expect(Object.keys(first!).sort()).toEqual(['id', 'meta', 'schemas', SCHEMA.enterprise, 'userName'].sort());
    const [second] = (await page('count=1&excludedAttributes=emails,addresses'))['Resources'] as object[];
    expect(Object.keys(second!)).not.toContain('emails');
    expect((await entra.find('Users', 'active eq true')).data['totalResults']).toBe(5);
    expect((await entra.find('Users', 'active eq "False"')).data['totalResults']).toBe(0);
  });

  it.each([
    ['a filter that is not offered', 'GET', '/Users?filter=userName%20co%20%22a%22', undefined, 400, 'invalidFilter'],
    ['a filter that is none', 'GET', '/Users?filter=nonsense', undefined, 400, 'invalidFilter'],
    ['a filter that goes on', 'GET', '/Users?filter=userName%20eq%20%22a%22%20and', undefined, 400, 'invalidFilter'],
    ['a filter by what is unknown', 'GET', '/Users?filter=salary%20eq%20%221%22', undefined, 400, 'invalidFilter'],
    ['SQL in a filter', 'GET', `/Users?filter=${encodeURIComponent(`userName eq "a' or '1'='1"`)}`, undefined, 200, undefined],
    ['a body that is no JSON', 'POST', '/Users', '{', 400, 'invalidSyntax'],
    ['a body that is a list', 'POST', '/Users', '[]', 400, 'invalidSyntax'],
    ['a User without a name', 'POST', '/Users', {}, 400, 'invalidValue'],
    ['a flag that is none', 'POST', '/Users', { userName: 'x', active: 'maybe' }, 400, 'invalidValue'],
    ['a name that is an object', 'POST', '/Users', { userName: { a: 1 } }, 400, 'invalidValue'],
    ['a NUL byte', 'POST', '/Users', { userName: 'a\u0000b' }, 400, 'invalidValue'],
    ['an endless name', 'POST', '/Users', { userName: 'x'.repeat(300) }, 400, 'invalidValue'],
    [
      'a manager who is nobody',
      'POST',
      '/Users',
      { userName: 'x', [SCHEMA.enterprise]: { manager: { value: 'emp_nobody' } } },
      400,
      'invalidValue',
    ],
    ['a day of no calendar', 'POST', '/Users', { userName: 'x', [SCHEMA.employment]: { startDate: '2021-02-29' } }, 400, 'invalidValue'],
    ['a day that is none', 'POST', '/Users', { userName: 'x', [SCHEMA.employment]: { startDate: 'soon' } }, 400, 'invalidValue'],
    [
      'an end before the start',
      'POST',
      '/Users',
      { userName: 'x', [SCHEMA.employment]: { startDate: '2025-02-01', endDate: '2025-01-01' } },
      400,
      'invalidValue',
    ],
    ['a PATCH without operations', 'PATCH', '/Users/emp_x', {}, 400, 'invalidSyntax'],
    ['an operation that is none', 'PATCH', '/Users/emp_x', { Operations: [{ op: 'move' }] }, 400, 'invalidSyntax'],
    ['a path that is none', 'PATCH', '/Users/emp_x', { Operations: [{ op: 'add', path: 'a[b', value: 1 }] }, 400, 'invalidPath'],
    ['a remove of nothing', 'PATCH', '/Users/emp_x', { Operations: [{ op: 'remove' }] }, 400, 'noTarget'],
    ['an id that is none', 'GET', '/Users/..%2f..', undefined, 404, undefined],
    ['an address that is none', 'GET', '/Nothing', undefined, 404, undefined],
    ['a method that is none', 'DELETE', '/Users', undefined, 404, undefined],
    ['Bulk', 'POST', '/Bulk', {}, 501, undefined],
    ['Me', 'GET', '/Me', undefined, 501, undefined],
  ])('refuses %s in its own form', async (_what, method, path, body, status, scimType) => {
    const answer = await entra.call(method, path, body);
    expect({ status: answer.status, scimType: answer.data['scimType'] }).toEqual({ status, scimType });
    if (status < 400) return;
    expect(answer.data).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.any(String),
    });
    expect(answer.data['detail']).not.toMatch(/rule|22008/);
    expect(await rows('select id from employee where org_id = $1')).toEqual([]);
  });

  it('does not report to themselves, in however many steps', async () => {
    const a = await entra.user('a@example.test');
    const b = await entra.user('b@example.test', { [SCHEMA.enterprise]: { manager: { value: a['id'] } } });
    const circle = await entra.patch(`/Users/${a['id']}`, { op: 'add', path: 'manager', value: { value: b['id'] } });
    expect(circle.data).toMatchObject({
      status: '400',
      scimType: 'invalidValue',
      detail: 'With this manager the person would report to themselves.',
    });
    expect((await entra.patch(`/Users/${a['id']}`, { op: 'add', path: 'manager', value: a['id'] })).data).toMatchObject({
      ...{ status: '400', scimType: 'invalidValue', detail: 'Nobody is their own manager. Name somebody else.' },
    });
  });

  it('does not report to who is no User any more, and can be changed all the same', async () => {
    const [boss, a] = [await entra.user('boss@example.test'), await entra.user('a@example.test')];
    const add = { op: 'add', path: 'manager', value: boss['id'] };
    await entra.patch(`/Users/${a['id']}`, add);
    await entra.call('DELETE', `/Users/${boss['id']}`);
    expect((await entra.get(`/Users/${a['id']}`)).data[SCHEMA.enterprise]['manager']).toBeUndefined();
    expect((await entra.find('Users', `manager eq "${boss['id']}"`)).data['totalResults']).toBe(0);
    expect((await entra.patch(`/Users/${a['id']}`, { op: 'replace', path: 'title', value: 'Lead' })).status).toBe(200);
    const b = await entra.user('b@example.test');
    expect((await entra.patch(`/Users/${b['id']}`, add)).data).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  it('has no pay, neither shown nor taken', async () => {
    const user = await entra.user('pay@example.test', { salary: '100000', [SCHEMA.employment]: { salary: '100000', annualSalary: 1 } });
    expect(JSON.stringify(user)).not.toMatch(/salary|100000/i);
    expect(await rows('select id from salary_adjustment where org_id = $1')).toEqual([]);
  });
});
