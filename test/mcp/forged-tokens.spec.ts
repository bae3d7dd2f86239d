import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fs from 'node:fs';
import { Database } from '../../src/database';
import { Forger, newKey } from './forge';
import { Connection, World } from './world';

describe('a forged access token', () => {
  let world: World;
  let acme: Connection;
  let forger: Forger;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.connect(await world.tenant());
    forger = new Forger(world, acme);
  });
  afterAll(() => world.close());

  const attacks: [string, (forger: Forger) => string][] = [
    ...['none', 'None', 'nOnE', ''].map((alg): [string, (f: Forger) => string] => [
      `AT-4 alg "${alg}"`,
      (f) => `${f.unsigned({}, { alg })}.`,
    ]),
    ['AT-4 alg none with the real signature', (f) => `${f.unsigned({}, { alg: 'none' })}.${f.signed().split('.')[2]}`],
    ['AT-4 an empty signature', (f) => `${f.unsigned()}.`],
    ['AT-4 no signature', (f) => f.unsigned()],
    ['AT-4 HS256 with the public PEM', (f) => f.hmac(f.publicKey.export({ format: 'pem', type: 'spki' }))],
    ['AT-4 HS256 with the public JWK', (f) => f.hmac(JSON.stringify(f.publicKey.export({ format: 'jwk' })))],
    ['AT-4 HS256 with the public DER', (f) => f.hmac(f.publicKey.export({ format: 'der', type: 'spki' }))],
    ['AT-4 the header ES256', (f) => f.signed({}, { alg: 'ES256' })],
    ['AT-4 the header RS512', (f) => f.signed({}, { alg: 'RS512' })],
    ['AT-4 the header PS256', (f) => f.signed({}, { alg: 'PS256' })],
    ['AT-4 a key of the attacker under our kid', (f) => f.signed({}, {}, newKey().privateKey)],
    ['AT-4 changed claims under the old signature', (f) => `${f.unsigned({ sub: 'usr_admin' })}.${f.signed().split('.')[2]}`],
    ['AT-5 an embedded jwk', (f) => ((key) => f.signed({}, { jwk: key.jwk }, key.privateKey))(newKey())],
    ['AT-5 an embedded jwk beside the right key', (f) => f.signed({}, { jwk: newKey().jwk })],
    ...['jku', 'x5u'].map((name): [string, (f: Forger) => string] => [
      `AT-5 a ${name}`,
      (f) => f.signed({}, { [name]: 'http://127.0.0.1:9/keys' }),
    ]),
    ['AT-5 an x5c', (f) => f.signed({}, { x5c: ['MII'] })],
    ['AT-5 crit', (f) => f.signed({}, { crit: ['exp'] })],
    ['AT-5 b64=false', (f) => f.signed({}, { b64: false, crit: ['b64'] })],
    ['AT-5 zip', (f) => f.signed({}, { zip: 'DEF' })],
    ...['../../dev/null', "' or 1=1 --", '', '\u0000', 'constructor'].map((kid): [string, (f: Forger) => string] => [
      `AT-5 the kid ${JSON.stringify(kid)}`,
      (f) => f.signed({}, { kid }),
    ]),
    ['AT-5 a list for a kid', (f) => f.signed({}, { kid: [f.header['kid']] })],
    ['AT-5 no kid', (f) => f.signed({}, { kid: undefined })],
    ...['JWT', 'jwt', 'application/at+jwt', 'AT+JWT', 'logout+jwt', undefined].map((typ): [string, (f: Forger) => string] => [
      `AT-6 typ ${typ}`,
      (f) => f.signed({}, { typ }),
    ]),
    ...['', '.', '..', 'null', 'a.b.c', 'e30.e30.', `${'e30.'.repeat(40)}`].map((text): [string, () => string] => [
      `AT-4 the text "${text.slice(0, 12)}"`,
      () => text,
    ]),
  ];
  it.each(attacks)('%s is refused', async (_, make) => {
    const since = await world.mark();
    const answer = await world.rpc({ ...acme, token: make(forger) }, 'tools/list');
    expect([answer.status, answer.json.error]).toEqual([401, 'invalid_token']);
    const [event, ...more] = await since();
    expect([event?.['kind'], event?.['severity'], more]).toEqual(['auth.failure', 'medium', []]);
  });

  it('AT-5 makes the server fetch nothing, open nothing and ask the database for nothing that it names', async () => {
    const asked: string[] = [];
    const trap = createServer((request, response) => (asked.push(request.url ?? ''), response.end('{"keys":[]}')));
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;
    const kid = "' or 1=1; select pg_sleep(9) --";
    const database = world.app.app.get(Database);
    const statements = (['app', 'gate', 'call'] as const).map((name) => jest.spyOn(database, name));
    const files = (['open', 'openSync', 'readFile', 'readFileSync'] as const).map((name) => jest.spyOn(fs, name));
    const headers = [
      { jku: url },
      { x5u: url },
      { jku: url, kid },
      { kid: url },
      { kid },
      { kid: '/etc/hostname' },
      { kid: '../../../../etc/hostname' },
    ];
    for (const header of headers) expect((await world.rpc({ ...acme, token: forger.signed({}, header) }, 'tools/list')).status).toBe(401);
    const opened = files.flatMap(({ mock }) => mock.calls.map(([path]) => String(path)));
    const sent = JSON.stringify(statements.filter((_, at) => at > 0).flatMap(({ mock }) => mock.calls));
    jest.restoreAllMocks();
    await new Promise((resolve) => trap.close(resolve));
    expect(asked).toEqual([]);
    expect(opened.filter((path) => /hostname|null/.test(path))).toEqual([]);
    for (const word of ['or 1=1', 'hostname', '127.0.0.1:']) expect(sent).not.toContain(word);
  });
});
