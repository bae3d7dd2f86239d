import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startApp, type TestApp } from '../support/app';
import { createTenant } from '../support/people';
import { SCHEMA, ScimClient } from './scim-client';

let app: TestApp;
let directory: ScimClient;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  directory = await ScimClient.connect(app, await createTenant(app.db));
});

const WORK = { value: 'ada@work.test', type: 'work', primary: true };
const HOME = { type: 'home', value: 'ada@private.test' };
const OTHER = { type: 'other', value: 'ada@other.test' };
const BERLIN = { locality: 'Berlin', country: 'DE', type: 'work', primary: true };

const ada = async (): Promise<string> => String((await directory.user('ada@example.test', { emails: [WORK], addresses: [BERLIN] }))['id']);

async function answerTo(path: string, operation: object): Promise<unknown> {
  const { status, data } = await directory.patch(path, operation);
  return status === 200 ? (data['emails'] as { value: string }[] | undefined)?.map(({ value }) => value) : data['scimType'];
}

const filtered = (op: string, filter: string, rest: object = {}, sub = ''): object => ({ op, path: `emails[${filter}]${sub}`, ...rest });
const NEW = { value: 'new@work.test' };

describe('the one address of a User', () => {
  it.each([
    ['a private one is added', { op: 'add', path: 'emails', value: [HOME] }],
    ['one of another kind is added', { op: 'add', path: 'emails', value: OTHER }],
    ['a private one is added without a path', { op: 'add', value: { emails: [HOME] } }],
    ['a private one is added by its type', filtered('add', 'type eq "home"', { value: HOME.value }, '.value')],
    ['one that is not the primary one is added', { op: 'add', path: 'emails', value: [{ ...NEW, type: 'work' }] }],
    ['all are replaced by a private one', { op: 'replace', path: 'emails', value: [HOME] }],
    ['another value is removed', filtered('remove', 'value eq "ada@other.test"')],
    ['another value is removed by a list', { op: 'remove', path: 'emails', value: [OTHER] }],
    ['what is not primary is removed', filtered('remove', 'primary eq false')],
    ['a private one is removed', filtered('remove', 'type eq "home"')],
    ['only half of a filter is so', filtered('remove', 'type eq "work" and value eq "ada@other.test"')],
    ['a text with a bracket is removed', filtered('remove', 'value eq "a]b"')],
  ])('stays when %s', async (_what, operation) => {
    expect(await answerTo(`/Users/${await ada()}`, operation)).toEqual([WORK.value]);
  });

  it.each([
    ['the primary one is another', { op: 'add', path: 'emails', value: [{ ...NEW, type: 'work', primary: true }] }],
    ['all are replaced', { op: 'replace', path: 'emails', value: [HOME, { ...NEW, type: 'work' }, OTHER] }],
    ['its own value is replaced', filtered('replace', 'value eq "ADA@work.test"', { value: NEW.value }, '.value')],
    ['that at work is replaced', filtered('replace', 'type eq "work" and primary eq true', { value: NEW })],
    ['that at work gets another value', filtered('add', 'type eq "work"', { value: NEW.value }, '.value')],
    ['it has no filter', { op: 'replace', path: 'emails.value', value: NEW.value }],
  ])('changes when %s', async (_what, operation) => {
    expect(await answerTo(`/Users/${await ada()}`, operation)).toEqual([NEW.value]);
  });

  it.each([
    ['its own value', filtered('remove', 'value eq "ada@work.test"')],
    ['that at work', filtered('remove', 'type eq "work"', {}, '.value')],
    ['all', { op: 'remove', path: 'emails' }],
    ['all by an empty list', { op: 'replace', path: 'emails', value: [] }],
  ])('goes by a removal of %s', async (_what, operation) => {
    expect(await answerTo(`/Users/${await ada()}`, operation)).toBeUndefined();
  });

  it.each([
    ['replaces what is not there', filtered('replace', 'value eq "nobody@work.test"', { value: NEW.value }, '.value'), 'noTarget'],
    ['replaces what is of another kind', filtered('replace', 'type eq "home"', { value: NEW.value }, '.value'), 'noTarget'],
    ['compares otherwise', filtered('remove', 'value co "a"'), 'invalidFilter'],
    ['compares what is unknown', filtered('remove', 'display eq "a"'), 'invalidFilter'],
    ['has a filter on what has one value', { op: 'replace', path: 'title[type eq "work"]', value: 'X' }, 'invalidPath'],
  ])('is refused to a request that %s', async (_what, operation, scimType) => {
    const id = await ada();
    expect(await answerTo(`/Users/${id}`, operation)).toBe(scimType);
    expect((await directory.get(`/Users/${id}`)).data['emails']).toEqual([WORK]);
  });

  it('is added where there is none, and found by its kind', async () => {
    const id = await ada();
    await directory.patch(
      `/Users/${id}`,
      { op: 'remove', path: 'emails' },
      filtered('add', 'type eq "work"', { value: NEW.value }, '.value'),
    );
    const found = async (kind: string): Promise<number> =>
      (await directory.find('Users', `emails[type eq "${kind}"].value eq "${NEW.value}"`)).data['totalResults'] as number;
    expect([await found('work'), await found('home')]).toEqual([1, 0]);
  });

  it('is not the private one of somebody new, and no place is where they live', async () => {
    const user = await directory.user('eve@example.test', {
      emails: [HOME],
      addresses: [{ type: 'home', locality: 'Paris', country: 'FR' }],
    });
    expect([user['emails'], user['addresses']]).toMatchObject([
      [{ value: 'eve@example.test' }],
      [{ locality: 'Not stated', country: 'DE' }],
    ]);
    const id = await ada();
    const address = { type: 'home', locality: 'Paris', country: 'FR' };
    const { data } = await directory.patch(`/Users/${id}`, { op: 'add', path: 'addresses', value: [address] });
    expect(data['addresses']).toEqual([BERLIN]);
    const moved = await directory.patch(`/Users/${id}`, { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Bonn' });
    expect(moved.data['addresses']).toEqual([{ ...BERLIN, locality: 'Bonn' }]);
  });
});

describe('attributes that nobody knows here', () => {
  it('are passed over, however they are called', async () => {
    const odd = { '@odata.type': '#user', 'a name': 1, constructor: [1], 'phones[type pr].value': '+49', schemas: [SCHEMA.user] };
    const user = await directory.user('odd@example.test', odd);
    expect((await directory.call('PUT', `/Users/${user['id']}`, { ...odd, title: 'Lead' })).data).toMatchObject({ title: 'Lead' });
    const path = 'phoneNumbers[type eq "work" or type eq "mobile"].value';
    expect((await directory.patch(`/Users/${user['id']}`, { op: 'add', value: odd }, { op: 'replace', path, value: '+49' })).status).toBe(
      200,
    );
    expect((await directory.call('POST', '/Groups', { ...odd, displayName: 'Platform' })).status).toBe(201);
  });
});

describe('a request that names many', () => {
  const people = Array.from({ length: 25_000 }, (_, index) => `emp_${String(index).padStart(12, '0')}`);
  const operation = (op: string, ids: readonly string[]): object => ({ op, path: 'members', value: ids.map((value) => ({ value })) });

  it('holds up nobody else, however its members come and go', async () => {
    const { id } = (await directory.call('POST', '/Groups', { displayName: 'All' })).data;
    const single = people.slice(0, 499).flatMap((value) => [{ op: 'remove', path: `members[value eq "${value}"]` }]);
    const delay = monitorEventLoopDelay();
    delay.enable();
    for (const operations of [
      [operation('add', people), operation('remove', people)],
      [operation('add', people), ...single, { op: 'remove', path: 'members' }],
    ])
      expect((await directory.patch(`/Groups/${id}`, ...operations)).status).toBe(200);
    const attributes = 'x,'.repeat(6_000);
    for (let index = 0; index < 30; index += 1) await directory.user(`p${index}@example.test`);
    expect((await directory.get(`/Users?attributes=${attributes}id`)).status).toBe(200);
    delay.disable();
    expect(delay.max / 1e9).toBeLessThan(1);
  });

  it('is refused above its bounds, with a word for it', async () => {
    const { id } = (await directory.call('POST', '/Groups', { displayName: 'All' })).data;
    const many = await directory.patch(`/Groups/${id}`, operation('add', people), operation('remove', people), operation('add', ['emp_x']));
    expect(many.data).toMatchObject({ status: '400', scimType: 'tooMany' });
    const operations = Array.from({ length: 1_001 }, () => operation('add', []));
    expect((await directory.patch(`/Groups/${id}`, ...operations)).data).toMatchObject({ status: '400', scimType: 'tooMany' });
    const filter = Array.from({ length: 21 }, () => 'id eq "a"').join(' and ');
    expect((await directory.find('Users', filter)).data).toMatchObject({ status: '400', scimType: 'invalidFilter' });
  });
});
