import { startApp, type TestApp } from '../support/app';
import { createTenant, type TestTenant } from '../support/people';
import { SCHEMA, ScimClient } from './scim-client';

let app: TestApp;
let tenant: TestTenant;
let directory: ScimClient;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  tenant = await createTenant(app.db);
  directory = await ScimClient.connect(app, tenant);
});

const TODAY = `(select (clock_timestamp() at time zone time_zone)::date from organization where id = $1)`;
const memberships = (): Promise<Record<string, unknown>[]> =>
  app.db.admin(
    `select e.last_name as last, t.name as team, trim_scale(a.fte)::text as fte, a.start_date - ${TODAY} as "from", a.end_date - ${TODAY} as "to", a.is_primary as main
     from allocation a join employee e on e.org_id = a.org_id and e.id = a.employee_id join team t on t.org_id = a.org_id and t.id = a.target_team_id
     where a.org_id = $1 order by 1, a.start_date, 2`,
    [tenant.orgId],
  );

/** As if everything had begun ten days ago. */
async function tenDaysOn(): Promise<void> {
  await app.db.admin(
    `with terms as (update employment_terms set effective_from = ${TODAY} - 10 where org_id = $1), teams as (update allocation set start_date = ${TODAY} - 10 where org_id = $1)
     update employee set start_date = ${TODAY} - 10 where org_id = $1`,
    [tenant.orgId],
  );
}

const members = (data: Record<string, unknown>): string[] => ((data['members'] ?? []) as { value: string }[]).map(({ value }) => value);

async function group(displayName: string, ...ids: string[]): Promise<Record<string, unknown> & { id: string }> {
  const { status, data } = await directory.call('POST', '/Groups', {
    schemas: [SCHEMA.group],
    displayName,
    members: ids.map((value) => ({ value })),
  });
  if (status !== 201) throw new Error(JSON.stringify(data));
  return data as Record<string, unknown> & { id: string };
}

describe('a Group', () => {
  it('is a team, and its members are people whose main team it is', async () => {
    const a = await directory.user('a@example.test', { [SCHEMA.employment]: { startDate: '2025-01-31', fte: 0.5 } });
    const made = await directory.call('POST', '/Groups', {
      schemas: [SCHEMA.group],
      externalId: '8aa1',
      displayName: 'Platform',
      members: [{ value: a['id'] }],
    });
    expect(made.status).toBe(201);
    expect(made.data).toMatchObject({
      schemas: [SCHEMA.group],
      ...{ displayName: 'Platform', externalId: '8aa1' },
      members: [{ value: a['id'], display: 'Ada a', type: 'User', $ref: `${app.origin(tenant.slug)}/scim/v2/Users/${a['id']}` }],
    });
    expect(made.headers.get('etag')).toBe(made.data['meta'].version);
    expect(await memberships()).toMatchObject([{ last: 'a', team: 'Platform', fte: '0.5', to: null, main: true }]);
    const user = (await directory.get(`/Users/${a['id']}`)).data;
    expect(user).toMatchObject({
      groups: [{ value: made.data['id'], display: 'Platform' }],
      [SCHEMA.enterprise]: { department: 'Platform' },
    });
  });

  it('is found by name or external id, also without its members', async () => {
    const a = await directory.user('a@example.test');
    const { id } = await group('Platform', a['id']);
    await directory.call('PUT', `/Groups/${id}`, { displayName: 'Platform', externalId: 'x9' });
    for (const filter of [
      'displayName eq "Platform"',
      'externalId eq "x9"',
      `id eq "${id}"`,
      `id eq "${id}" and members eq "${a['id']}"`,
      `members[value eq "${a['id']}"].value eq "${a['id']}"`,
    ]) {
      expect((await directory.find('Groups', filter)).data['Resources']).toMatchObject([{ id, members: [{ value: a['id'] }] }]);
    }
    const short = (await directory.find('Groups', 'displayName eq "Platform"', '&excludedAttributes=members')).data;
    expect(short).toMatchObject({ totalResults: 1, Resources: [{ id, displayName: 'Platform' }] });
    expect(JSON.stringify(short)).not.toContain('"members"');
    expect((await directory.get(`/Groups/${id}?excludedAttributes=members`)).data['members']).toBeUndefined();
    expect((await directory.find('Groups', `id eq "${id}" and members eq "emp_nobody"`)).data['totalResults']).toBe(0);
  });

  it('takes members as Entra and as Okta add and remove them', async () => {
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => directory.user(`${name}@example.test`)));
    const { id } = await group('Platform', a!['id']);
    const patch = async (...operations: object[]): Promise<string[]> =>
      members((await directory.patch(`/Groups/${id}`, ...operations)).data).sort();
    const sorted = (...users: (Record<string, unknown> | undefined)[]): string[] => users.map((user) => String(user!['id'])).sort();
    expect(await patch({ op: 'Add', path: 'members', value: [{ $ref: null, value: b!['id'] }] })).toEqual(sorted(a, b));
    expect(await patch({ op: 'Remove', path: 'members', value: [{ $ref: null, value: a!['id'] }] })).toEqual(sorted(b));
    expect(await patch({ op: 'add', value: { members: [{ value: a!['id'] }, { value: c!['id'] }] } })).toEqual(sorted(a, b, c));
    expect(await patch({ op: 'remove', path: `members[value eq "${c!['id']}"]` })).toEqual(sorted(a, b));
    // A filter chooses members, and the others stay (RFC 7644 §3.5.2.3).
    expect(await patch({ op: 'replace', path: `members[value eq "${a!['id']}"]`, value: { value: c!['id'] } })).toEqual(sorted(b, c));
    expect(await patch({ op: 'remove', path: `members[value eq "${a!['id']}"]` })).toEqual(sorted(b, c));
    expect(await patch({ op: 'remove', path: 'members[type eq "Group"]' })).toEqual(sorted(b, c));
    const other = await directory.patch(`/Groups/${id}`, { op: 'replace', path: `members[value eq "${a!['id']}"]`, value: [] });
    expect(other.data).toMatchObject({ status: '400', scimType: 'noTarget' });
    const named = await directory.patch(`/Groups/${id}`, { op: 'remove', path: 'members[display eq "Ada b"]' });
    expect(named.data).toMatchObject({ status: '400', scimType: 'invalidFilter' });
    expect(await patch({ op: 'remove', path: 'members[type eq "User"]' })).toEqual([]);
    expect(await patch({ op: 'replace', path: 'members', value: [{ value: c!['id'] }] })).toEqual(sorted(c));
    expect(await patch({ op: 'replace', value: { id, displayName: 'Core' } })).toEqual(sorted(c));
    expect((await directory.get(`/Groups/${id}`)).data['displayName']).toBe('Core');
    expect(await patch({ op: 'remove', path: 'members' })).toEqual([]);
    const stranger = await directory.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: 'emp_aaaaaaaaaaaa' }] });
    expect(stranger.data).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  it('takes people out of the team that they were in, with the history kept', async () => {
    const a = await directory.user('a@example.test');
    const [old, other] = [await group('Old', a['id']), await group('New')];
    await tenDaysOn();
    await directory.patch(`/Groups/${other.id}`, { op: 'add', path: 'members', value: [{ value: a['id'] }] });
    expect(await memberships()).toEqual([
      { last: 'a', team: 'Old', fte: '1', from: -10, to: -1, main: true },
      { last: 'a', team: 'New', fte: '1', from: 0, to: null, main: true },
    ]);
    expect(members((await directory.get(`/Groups/${old.id}`)).data)).toEqual([]);
    // The order in which a directory tells of a move is not known.
    await directory.patch(`/Groups/${old.id}`, { op: 'remove', path: 'members', value: [{ value: a['id'] }] });
    expect(members((await directory.get(`/Groups/${other.id}`)).data)).toEqual([a['id']]);
  });

  it('has a name of its own, and a version', async () => {
    const { id, meta } = (await group('Platform')) as unknown as { id: string; meta: { version: string } };
    expect((await directory.call('POST', '/Groups', { displayName: 'Platform' })).data).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
    });
    expect((await directory.call('POST', '/Groups', {})).data).toMatchObject({ status: '400', scimType: 'invalidValue' });
    const { id: other } = await group('Data');
    expect((await directory.call('PUT', `/Groups/${other}`, { displayName: 'Platform' })).data).toMatchObject({ status: '409' });
    expect((await directory.get(`/Groups/${id}`, { 'if-none-match': meta.version })).status).toBe(304);
    const a = await directory.user('a@example.test');
    await directory.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: a['id'] }] });
    expect((await directory.call('PUT', `/Groups/${id}`, { displayName: 'X' }, { 'if-match': meta.version })).status).toBe(412);
  });

  it('is found and taken by its name in any case', async () => {
    const { id } = await group('VerA');
    expect((await directory.find('Groups', 'displayName eq "vera"')).data['Resources']).toMatchObject([{ id, displayName: 'VerA' }]);
    const twin = { status: '409', scimType: 'uniqueness' };
    expect((await directory.call('POST', '/Groups', { displayName: 'vera' })).data).toMatchObject(twin);
    const { id: other } = await group('Data');
    expect((await directory.call('PUT', `/Groups/${other}`, { displayName: 'VERA' })).data).toMatchObject(twin);
    expect((await directory.call('PUT', `/Groups/${id}`, { displayName: 'vera' })).data).toMatchObject({ displayName: 'vera' });
  });

  it('was last modified when its members were', async () => {
    const a = await directory.user('a@example.test');
    const { id, ...made } = await group('Platform');
    const modified = (data: Record<string, unknown>): number => Date.parse((data['meta'] as { lastModified: string }).lastModified);
    const joined = (await directory.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: a['id'] }] })).data;
    expect(modified(joined)).toBeGreaterThan(modified(made));
    const left = (await directory.patch(`/Groups/${id}`, { op: 'remove', path: 'members' })).data;
    expect(modified(left)).toBeGreaterThan(modified(joined));
  });

  it('that is deleted has no members from today on, and its team with a history can come back', async () => {
    const a = await directory.user('a@example.test');
    const { id } = await group('Platform', a['id']);
    await tenDaysOn();
    expect((await directory.call('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect((await directory.get(`/Groups/${id}`)).status).toBe(404);
    expect((await directory.get('/Groups')).data['totalResults']).toBe(0);
    expect(await memberships()).toMatchObject([{ to: -1 }]);
    const { id: other } = await group('Other');
    const { data } = await directory.call('PUT', `/Groups/${other}`, { displayName: 'platform' });
    expect(data).toMatchObject({ status: '409', scimType: 'uniqueness', detail: expect.stringContaining('deleted') });
    expect(await group('platform')).toMatchObject({ id, displayName: 'platform' });
  });

  it('that is deleted goes with its team where nothing refers to it', async () => {
    const a = await directory.user('a@example.test');
    const [never, today, above] = [await group('Never'), await group('Today', a['id']), await group('Above')];
    await app.db.admin(`insert into team (org_id, id, name, parent_team_id) values ($1, 'team_aaaaaaaaaaaa', 'Below', $2)`, [
      tenant.orgId,
      above.id,
    ]);
    for (const { id } of [never, today, above]) expect((await directory.call('DELETE', `/Groups/${id}`)).status).toBe(204);
    const teams = await app.db.admin<{ name: string }>('select name from team where org_id = $1 order by name', [tenant.orgId]);
    expect(teams.map(({ name }) => name)).toEqual(['Above', 'Below']);
    expect((await group('Never')).id).not.toBe(never.id);
  });

  it('has no member who is no User any more, nor takes one', async () => {
    const [a, b] = [await directory.user('a@example.test'), await directory.user('b@example.test')];
    const { id } = await group('Platform', a['id'], b['id']);
    await directory.call('DELETE', `/Users/${a['id']}`);
    expect(members((await directory.get(`/Groups/${id}`)).data)).toEqual([b['id']]);
    expect((await directory.find('Groups', `members eq "${a['id']}"`)).data['totalResults']).toBe(0);
    const { id: other } = await group('Other');
    const add = { op: 'add', path: 'members', value: [{ value: a['id'] }] };
    expect((await directory.patch(`/Groups/${other}`, add)).data).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  it('does not take who has left, and leaves their history alone', async () => {
    const a = await directory.user('a@example.test', { [SCHEMA.employment]: { startDate: '2023-01-31', endDate: '2024-05-31' } });
    const [old, other] = [await group('Old'), await group('New')];
    await app.db.admin(
      `insert into allocation (org_id, id, employee_id, target_team_id, fte, start_date, end_date, is_primary)
       values ($1, 'alc_aaaaaaaaaaaa', $2, $3, 1, '2023-01-31', '2024-05-31', true)`,
      [tenant.orgId, a['id'], old.id],
    );
    const before = await memberships();
    const { data } = await directory.patch(`/Groups/${other.id}`, { op: 'add', path: 'members', value: [{ value: a['id'] }] });
    expect(data).toMatchObject({ status: '400', scimType: 'invalidValue', detail: expect.stringContaining('ended') });
    expect(await memberships()).toEqual(before);
  });

  it('of a thousand members is one request', async () => {
    const letters = (index: number): string => index.toString(2).replaceAll('0', 'a').replaceAll('1', 'b').padStart(12, 'a');
    const names = Array.from({ length: 1_000 }, (_, index) => `emp_${letters(index)}`);
    await app.db.admin(
      `insert into geography (org_id, id, name, country_code, time_zone, currency) values ($1, 'geo_aaaaaaaaaaaa', 'X', 'DE', 'UTC', 'EUR')`,
      [tenant.orgId],
    );
    await app.db.admin(`insert into job_role (org_id, id, title) values ($1, 'role_aaaaaaaaaaaa', 'X')`, [tenant.orgId]);
    await app.db.admin(`insert into work_type (org_id, id, name) values ($1, 'wt_aaaaaaaaaaaa', 'X')`, [tenant.orgId]);
    await app.db.admin(
      `with people as (insert into employee (org_id, id, first_name, last_name, start_date) select $1, id, 'A', id, '2025-01-01' from unnest($2::text[]) id returning id)
       insert into employment_terms (org_id, id, employee_id, effective_from, job_role_id, work_type_id, geography_id)
       select $1, replace(id, 'emp_', 'trm_'), id, '2025-01-01', 'role_aaaaaaaaaaaa', 'wt_aaaaaaaaaaaa', 'geo_aaaaaaaaaaaa' from people`,
      [tenant.orgId, names],
    );
    const { id } = await group('All', ...names);
    expect(members((await directory.get(`/Groups/${id}`)).data).sort()).toEqual([...names].sort());
  });
});

describe('a connection that takes departments for teams', () => {
  it('puts people into the team of that name', async () => {
    const hr = await ScimClient.connect(app, tenant, 'department');
    const a = await hr.user('a@example.test', { [SCHEMA.enterprise]: { department: 'Sales' } });
    expect(await memberships()).toMatchObject([{ last: 'a', team: 'Sales', to: null, main: true }]);
    await tenDaysOn();
    await hr.patch(`/Users/${a['id']}`, { op: 'Replace', path: `${SCHEMA.enterprise}:department`, value: 'Support' });
    expect(await memberships()).toMatchObject([
      { team: 'Sales', to: -1 },
      { team: 'Support', from: 0, to: null },
    ]);
    await directory.patch(`/Users/${a['id']}`, { op: 'Replace', path: `${SCHEMA.enterprise}:department`, value: 'Nowhere' });
    expect(await memberships()).toHaveLength(2);
    await app.db.admin(
      `insert into team (org_id, id, name, parent_team_id) select $1, 'team_aaaaaaaaaaaa', 'Support', id from team where org_id = $1 and name = 'Sales'`,
      [tenant.orgId],
    );
    const department = { [SCHEMA.enterprise]: { department: 'Support' } };
    expect(await hr.call('PUT', `/Users/${a['id']}`, { title: 'Lead', ...department })).toMatchObject({
      status: 200,
      data: { title: 'Lead' },
    });
    expect(await memberships()).toHaveLength(2);
    const stranger = { userName: 'b@example.test', name: { givenName: 'B', familyName: 'B' }, ...department };
    expect((await hr.call('POST', '/Users', stranger)).data).toMatchObject({ detail: 'Several teams have the name of the department.' });
  });
});
