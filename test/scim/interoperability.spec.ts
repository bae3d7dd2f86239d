import fc from 'fast-check';
import { type ScimPatchOperation, type ScimResource, scimPatch } from 'scim-patch';
import SCIMMY from 'scimmy';
import { startApp, type TestApp } from '../support/app';
import { createTenant } from '../support/people';
import { SCHEMA, ScimClient } from './scim-client';

let app: TestApp;
let directory: ScimClient;
beforeAll(async () => {
  app = await startApp({ SCIM_RATE_LIMIT_PER_MINUTE: '100000' });
  directory = await ScimClient.connect(app, await createTenant(app.db));
  SCIMMY.Schemas.User.definition.extend(SCIMMY.Schemas.EnterpriseUser.definition, false);
});
afterAll(() => app.close());

type Data = Record<string, unknown>;

/** What a library makes of an answer that it reads by the standard's own schema; it throws for what does not fit. */
const asUser = (data: Data): Data => JSON.parse(JSON.stringify(new SCIMMY.Schemas.User(data, 'both'))) as Data;
const asGroup = (data: Data): Data => JSON.parse(JSON.stringify(new SCIMMY.Schemas.Group(data, 'both'))) as Data;

describe('a library that knows the standard', () => {
  it('reads every answer, and finds in it what was sent', async () => {
    const boss = await directory.user('boss@example.test');
    const user = await directory.user('ada@example.test', {
      externalId: 'x1',
      title: 'Engineer',
      userType: 'Permanent',
      emails: [{ value: 'ada@example.test', type: 'work', primary: true }],
      addresses: [{ type: 'work', locality: 'Berlin', country: 'DE' }],
      [SCHEMA.enterprise]: { employeeNumber: '7', costCenter: 'CC-1', manager: { value: boss['id'] } },
    });
    for (const one of [
      user,
      (await directory.get(`/Users/${user['id']}`)).data,
      (await directory.find('Users', 'userName eq "ada@example.test"')).data['Resources'][0],
    ]) {
      expect(asUser(one as Data)).toMatchObject({
        ...{ id: user['id'], externalId: 'x1', userName: 'ada@example.test', title: 'Engineer', userType: 'Permanent', active: true },
        name: { givenName: 'Ada', familyName: 'ada', formatted: 'Ada ada' },
        emails: [{ value: 'ada@example.test', type: 'work', primary: true }],
        addresses: [{ type: 'work', locality: 'Berlin', country: 'DE' }],
        [SCHEMA.enterprise]: { employeeNumber: '7', costCenter: 'CC-1', manager: { value: boss['id'] } },
      });
    }
    const { data } = await directory.call('POST', '/Groups', { displayName: 'Platform', members: [{ value: user['id'] }] });
    expect(asGroup(data)).toMatchObject({ displayName: 'Platform', members: [{ value: user['id'], type: 'User' }] });
  });

  it('finds the schemas, resource types and abilities that it needs', async () => {
    const config = (await directory.get('/ServiceProviderConfig')).data;
    expect(JSON.parse(JSON.stringify(new SCIMMY.Schemas.ServiceProviderConfig(config as never, 'both')))).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
    const types = (await directory.get('/ResourceTypes')).data;
    expect(types['Resources'].map((type: Data) => [type['id'], type['endpoint'], type['schema']])).toEqual([
      ['User', '/Users', SCHEMA.user],
      ['Group', '/Groups', SCHEMA.group],
    ]);
    for (const type of types['Resources']) {
      expect(JSON.parse(JSON.stringify(new SCIMMY.Schemas.ResourceType(type as never, 'both')))).toMatchObject({
        name: type.name,
        schema: type.schema,
      });
      expect((await directory.get(`/ResourceTypes/${type.id}`)).data).toEqual(type);
    }
    const schemas = (await directory.get('/Schemas')).data;
    expect(schemas['Resources'].map(({ id }: Data) => id)).toEqual([SCHEMA.user, SCHEMA.enterprise, SCHEMA.employment, SCHEMA.group]);
    for (const schema of schemas['Resources']) expect((await directory.get(`/Schemas/${schema.id}`)).data).toEqual(schema);
    expect((await directory.get('/Schemas/urn:unknown')).status).toBe(404);
    expect((await directory.get('/Schemas?filter=id%20eq%20%22x%22')).status).toBe(403);
  });

  it('names no attribute in an answer that its schema does not have', async () => {
    const schemas = (await directory.get('/Schemas')).data['Resources'] as {
      id: string;
      attributes: { name: string; subAttributes?: { name: string }[] }[];
    }[];
    const { data } = await directory.find('Users', 'userName eq "ada@example.test"');
    const [user] = data['Resources'] as Data[];
    const names = (id: string): string[] => schemas.find((schema) => schema.id === id)!.attributes.map(({ name }) => name);
    const common = ['schemas', 'id', 'externalId', 'meta', SCHEMA.enterprise, SCHEMA.employment];
    expect(Object.keys(user!).filter((key) => !common.includes(key) && !names(SCHEMA.user).includes(key))).toEqual([]);
    for (const id of [SCHEMA.enterprise, SCHEMA.employment])
      expect(Object.keys(user![id] as Data).filter((key) => !names(id).includes(key))).toEqual([]);
  });
});

describe('a PATCH', () => {
  const text = fc.stringMatching(/^[A-Za-z]{1,12}$/);
  const operation = fc.oneof(
    fc.record({
      op: fc.constantFrom('add', 'replace'),
      path: fc.constantFrom('title', 'userType', 'name.givenName', 'name.familyName', 'externalId'),
      value: text,
    }),
    fc.record({
      op: fc.constantFrom('add', 'replace'),
      path: fc.constant('emails[type eq "work"].value'),
      value: text.map((one) => `${one}@example.test`),
    }),
    fc.record({ op: fc.constantFrom('add', 'replace'), path: fc.constant(`${SCHEMA.enterprise}:costCenter`), value: text }),
    fc.record({
      op: fc.constantFrom('add', 'replace'),
      value: fc.record({ title: text, userType: text }, { requiredKeys: [] }),
    }),
    fc.record({ op: fc.constant('remove'), path: fc.constantFrom('externalId', `${SCHEMA.enterprise}:costCenter`) }),
  );

  // A job role, work type or cost centre is the one of that name, in whatever case a directory writes it.
  const any = (name: unknown): string | undefined => (typeof name === 'string' ? name.toLowerCase() : undefined);
  const seen = ({ title, userType, name, externalId, emails, [SCHEMA.enterprise]: enterprise }: Data): Data => ({
    ...{ title: any(title), userType: any(userType), externalId, costCenter: any((enterprise as Data | undefined)?.['costCenter']) },
    ...{ given: (name as Data)['givenName'], family: (name as Data)['familyName'], email: (emails as Data[])[0]?.['value'] },
  });

  it('leaves what a library of patches would leave, whatever the operations', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 5 }), async (operations) => {
        const mail = `p${(count += 1)}`;
        const user = await directory.user(`${mail}@patch.example.test`, {
          ...{ title: 'T', userType: 'U', externalId: 'E', emails: [{ value: `${mail}@patch.example.test`, type: 'work', primary: true }] },
          [SCHEMA.enterprise]: { employeeNumber: mail, costCenter: 'C' },
        });
        const unique = operations.map((one) =>
          'value' in one && typeof one.value === 'string' && one.value.includes('@') ? { ...one, value: `${mail}${one.value}` } : one,
        );
        const expected = scimPatch(structuredClone(user) as unknown as ScimResource, structuredClone(unique) as ScimPatchOperation[]);
        const { status, data } = await directory.patch(`/Users/${user['id']}`, ...unique);
        expect(status).toBe(200);
        expect(seen(data)).toEqual(seen(expected as unknown as Data));
        expect((await directory.get(`/Users/${user['id']}`)).data).toEqual(data);
      }),
      { numRuns: 40 },
    );
  });
});
