import { connect } from 'node:net';
import { OrganizationContextService } from '../../src/workforce';
import { liveChecksum } from '../support/live-checksum';
import { Connection, posted, World } from './world';
import { Answer, Json, pause, speak } from './wire';

const MIB = 1024 * 1024;
const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

describe('what arrives at the protocol endpoint', () => {
  let world: World;
  let acme: Connection;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.connect(await world.tenant());
  });
  afterAll(() => world.close());

  /** A ping with this text in its params. */
  const ping = (params: string): string => `{"jsonrpc":"2.0","id":1,"method":"ping","params":${params}}`;
  const nested = (depth: number, opening = '{"a":', closing = '}'): string => opening.repeat(depth) + '1' + closing.repeat(depth);
  const call = (args: string): string =>
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_employees","arguments":${args}}}`;

  const cases: [string, () => string, number, number | undefined][] = [
    ['IN-1 exactly 1 MiB', () => ping(`{"a":"${'x'.repeat(MIB - ping('{"a":""}').length)}"}`), 200, undefined],
    ['IN-1 1 MiB and a byte', () => ping(`{"a":"${'x'.repeat(MIB - ping('{"a":""}').length + 1)}"}`), 413, -32000],
    ['IN-1 20 MiB', () => 'x'.repeat(20 * MIB), 413, -32000],
    ['IN-1 64 levels', () => ping(nested(63)), 200, undefined],
    ['IN-1 65 levels', () => ping(nested(64)), 400, -32600],
    ['IN-1 100,000 levels', () => '['.repeat(100_000), 400, -32600],
    ['IN-1 brackets within text', () => ping(`{"a":"${'[{'.repeat(100)}\\"${'['.repeat(100)}"}`), 200, undefined],
    ['IN-2 __proto__', () => ping('{"__proto__":{"polluted":1}}'), 400, -32600],
    ['IN-2 an escaped __proto__', () => ping('{"\\u005f_proto__":{"polluted":1}}'), 400, -32600],
    ['IN-2 __proto__ in a list of a list', () => ping('{"a":[[{"__proto__":1}]]}'), 400, -32600],
    ['IN-2 __proto__ within tool arguments', () => call('{"__proto__":{"limit":1}}'), 400, -32600],
    ['IN-2 constructor.prototype', () => ping('{"constructor":{"prototype":{"polluted":1}}}'), 400, -32600],
    ['IN-6 broken JSON', () => '{"jsonrpc":', 400, -32700],
    ['IN-6 nothing', () => '', 400, -32700],
    ['IN-6 two documents', () => LIST + LIST, 400, -32700],
    ['IN-6 a trailing comma', () => '{"jsonrpc":"2.0",}', 400, -32700],
    ['IN-6 NaN', () => ping('{"a":NaN}'), 400, -32700],
    ['IN-6 1e400', () => ping('{"a":1e400}'), 200, undefined],
    ['IN-6 a byte order mark', () => `\ufeff${LIST}`, 400, -32700],
    ['IN-6 a NUL', () => `${LIST}\u0000`, 400, -32700],
    ['IN-6 form fields', () => 'a=1&b=2', 400, -32700],
  ];
  it.each(cases)('%s', async (_, body, status, code) => {
    const since = await world.mark();
    const answer = await world.post(acme, body());
    expect([answer.status, answer.json.error?.code, answer.json.jsonrpc]).toEqual([status, code, '2.0']);
    expect(await since()).toHaveLength(1);
    expect(({} as Json).polluted).toBeUndefined();
  });

  const types: [string | undefined, number][] = [
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['APPLICATION/JSON', 200],
    [undefined, 415],
    ['', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/jsonp', 415],
    ['application/x-flowstate-own-body', 415],
    ['/;;,"', 415],
  ];
  it.each(types)('IN-6 content of the type %s is answered %i', async (type, status) => {
    const { headers, ...ask } = posted(acme, LIST);
    const { ['content-type']: _, ...rest } = headers as Record<string, string>;
    const answer = await world.send({ ...ask, headers: { ...rest, ...(type !== undefined && { 'content-type': type }) } });
    expect(answer.status).toBe(status);
    expect(answer.json.jsonrpc).toBe('2.0');
  });

  it('IN-6 odd encodings and framings are never a fault of ours', async () => {
    const odd: Record<string, string>[] = [
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'nonsense' },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const headers of odd) expect((await world.post(acme, LIST, headers)).status).toBeLessThan(500);
    const invalid = await world.send({ ...posted(acme, ''), body: Buffer.from('7b22ff22fe7d', 'hex') });
    expect(invalid.status).toBe(400);
    const lines = [`Host: ${acme.host}`, `Authorization: Bearer ${acme.token}`, 'Content-Type: application/json', 'Connection: close'];
    const smuggled = ['POST /api/mcp HTTP/1.1', ...lines, 'Content-Length: 5', 'Transfer-Encoding: chunked', '', '0', '', ''].join('\r\n');
    expect(await speak(world.app.port, smuggled)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('refuses who may not come in before it reads what they say', async () => {
    for (const body of ['x'.repeat(2 * MIB), '{"__proto__":1}', '{'])
      expect((await world.post({ ...acme, token: 'x' }, body)).status).toBe(401);
  });

  it('IN-6 holds for every form and endpoint: whatever the type, it is refused and no fault of ours', async () => {
    const types = [
      '',
      '/;;,"',
      'application/json; charset=utf-16',
      'text/plain',
      'multipart/form-data',
      'application/x-www-form-urlencoded; charset=x',
      '\u00ff/\u00fe',
      'application/json, text/html',
    ];
    const bodies = ['', '{', 'a=%zz&a=%00', Buffer.from([0xff, 0xfe, 0x00, 0xd8])];
    const paths = [
      ...[
        '/sign-in',
        '/sign-out',
        '/settings/api-keys/gnt_x/revoke',
        '/oauth/token',
        '/oauth/revoke',
        '/oauth/register',
        '/oauth/authorize',
      ],
      ...['/mcp', '/', '/health/live', '/.well-known/jwks.json'],
    ];
    for (const path of paths)
      for (const type of types)
        for (const body of bodies) {
          const { status } = await world.send({ method: 'POST', path, host: acme.host, headers: { 'content-type': type }, body });
          expect([path, type, status >= 300 && status < 500]).toEqual([path, type, true]);
        }
  });

  it('IN-1 IN-2 hold for the forms of the pages too', async () => {
    const send = (body: string): Promise<Answer> =>
      world.send({ method: 'POST', path: '/sign-in', host: acme.host, headers: { 'content-type': 'application/json' }, body });
    expect((await send(`"${'x'.repeat(MIB)}"`)).status).toBe(413);
    expect((await send('{"__proto__":{"polluted":1}}')).status).toBe(400);
    expect((await send('{"constructor":{"prototype":{"polluted":1}}}')).status).toBe(400);
    expect([400, 403]).toContain((await send('['.repeat(100_000) + ']'.repeat(100_000))).status);
    expect(({} as Json).polluted).toBeUndefined();
    expect((await world.rpc(acme, 'tools/list')).status).toBe(200);
  });

  describe('MCP-5 tool arguments', () => {
    const bad: [string, string, string][] = [
      ['an unknown one', '{"nonsense":1}', 'nonsense'],
      ['one with a long name', `{"${'x'.repeat(10_000)}":1}`, 'x'.repeat(60)],
      ['a wrong type', '{"limit":"ten"}', 'limit'],
      ['an object for a text', '{"query":{"toString":1}}', 'query'],
      ['a list for a number', '{"limit":[10]}', 'limit'],
      ['null', '{"limit":null}', 'limit'],
      ['1e400', '{"limit":1e400}', 'limit'],
      ['the text NaN', '{"limit":"NaN"}', 'limit'],
      ['a yes for a number', '{"limit":true}', 'limit'],
      ['a member of a member', '{"status":{"$ne":"x"}}', 'status'],
      ['a fraction', '{"limit":1.5}', 'limit'],
      ['10,000 characters', `{"query":"${'x'.repeat(10_000)}"}`, 'query'],
      ['a NUL', '{"query":"\\u0000"}', 'query'],
      ['half a surrogate pair', '{"query":"\\ud800"}', 'query'],
      ['a date that does not exist', '{"asOf":"2026-02-30"}', 'asOf'],
      ['SQL for an id', `{"teamId":"team_x' or 1=1 --"}`, 'teamId'],
      ...['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'length', '__defineGetter__'].map(
        (name): [string, string, string] => [`a member called ${name}`, `{"${name}":"x"}`, name],
      ),
    ];
    it.each(bad)('with %s are a refusal that names the field', async (_, args, field) => {
      const answer = await world.post(acme, call(args));
      expect([answer.status, answer.json.result?.isError]).toEqual([200, true]);
      const refusal = JSON.parse(answer.json.result.content[0].text);
      expect(refusal).toMatchObject({ code: 'VALIDATION', retryable: true, details: { fields: [{ field }] } });
      expect(Object.keys(refusal).sort()).toEqual(['code', 'details', 'hint', 'message', 'requestId', 'retryable']);
      expect(answer.body).not.toMatch(/\bat .*\.[jt]s:|node_modules|select /i);
      expect(answer.body.length).toBeLessThan(3_000);
    });

    it('MCP-5 that are not JSON, or name a prototype, do not get as far as a tool', async () => {
      for (const args of ['{"limit":NaN}', '{"limit":-Infinity}', '{"__proto__":{"limit":1}}', '{"query":{"__proto__":{}}}']) {
        const answer = await world.post(acme, call(args));
        expect([args, answer.status, answer.json.result]).toEqual([args, 400, undefined]);
        expect(answer.body).not.toMatch(/\bat .*\.[jt]s:|node_modules/);
      }
      expect(({} as Json).limit).toBeUndefined();
    });

    it('MCP-11 that would be names in a statement are taken from a list, whatever they look like', async () => {
      const crafted = [
        "salary'; drop table live.employee; --",
        'salary) union select 1',
        '"salary"',
        'SALARY',
        'password_hash',
        'constructor',
        '',
      ];
      for (const by of crafted)
        for (const extra of [{}, { order: by }]) {
          const { json } = await world.call(acme, 'rank_employees', { by, ...extra });
          expect([by, JSON.parse(json.result.content[0].text).code]).toEqual([by, 'VALIDATION']);
        }
      const asked = { metrics: ['headcount'], dimensions: ['team'] };
      for (const name of crafted.filter((one) => one !== ''))
        for (const wrong of [
          { metrics: [name] },
          { dimensions: [name] },
          { granularity: name },
          { filters: [{ field: name, op: 'eq', value: 'x' }] },
          { orderBy: { field: name } },
        ]) {
          const { json } = await world.call(acme, 'query_analytics', { ...asked, ...wrong });
          expect([wrong, JSON.parse(json.result.content[0].text).code]).toEqual([wrong, 'VALIDATION']);
        }
    });

    it('MCP-4 that name a scenario which is not there are refused, and nothing is written', async () => {
      const before = await liveChecksum(world.db);
      const { tools } = (await world.rpc(acme, 'tools/list')).json.result;
      for (const { name, inputSchema } of tools) {
        const { json } = await world.call(acme, name, { planId: 'plan_ofnobody2345' });
        const complete = (inputSchema.required ?? []).every((field: string) => field === 'planId');
        const code = 'planId' in inputSchema.properties && complete ? 'NOT_FOUND' : 'VALIDATION';
        expect([name, json.result.isError, JSON.parse(json.result.content[0].text).code]).toEqual([name, true, code]);
      }
      expect(await liveChecksum(world.db)).toEqual(before);
    });

    it('of a thousand members are refused in an answer of bearable length', async () => {
      const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, index]));
      const answer = await world.post(acme, call(JSON.stringify(many)));
      expect(JSON.parse(answer.json.result.content[0].text).code).toBe('VALIDATION');
      expect(answer.body.length).toBeLessThan(20_000);
    });

    it('left empty mean not given', async () => {
      expect((await world.post(acme, call('{"query":"","teamId":""}'))).json.result.isError).toBeUndefined();
    });
  });

  it('MCP-6 is not answered with more than a model can read, by a tool or a resource', async () => {
    const service = world.app.app.get(OrganizationContextService);
    const read = service.read.bind(service);
    const huge = jest.spyOn(service, 'read').mockImplementation(async (ctx) => ({ ...(await read(ctx)), note: 'x'.repeat(300_000) }));
    const tool = await world.call(acme, 'get_organization_context');
    const resource = await world.rpc(acme, 'resources/read', { uri: 'org://context' });
    huge.mockRestore();
    expect(JSON.parse(tool.json.result.content[0].text)).toMatchObject({ code: 'RESULT_TOO_LARGE', hint: expect.any(String) });
    expect(resource.json.error).toMatchObject({ code: -32602, data: { code: 'RESULT_TOO_LARGE' } });
  });

  it('IN-4 a body that does not come holds nobody else up', async () => {
    const socket = connect(world.app.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /api/mcp HTTP/1.1\r\nHost: ${acme.host}\r\nAuthorization: Bearer ${acme.token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    await pause(50);
    expect((await world.rpc(acme, 'tools/list')).status).toBe(200);
    const since = await world.mark();
    socket.destroy();
    for (let tries = 0; tries < 100 && (await since()).length === 0; tries += 1) await pause(10);
    expect(await since()).toMatchObject([{ kind: 'mcp.request', outcome: 'refused', user_id: acme.user.id }]);
  });

  it('IN-4 headers or a body that do not come are not waited for longer than 30 seconds', async () => {
    const half = (bytes: string, more = ''): Promise<string> => {
      const socket = connect(world.app.port, '127.0.0.1', () => socket.write(bytes));
      // A byte now and then does not help.
      const dripping = setInterval(() => socket.write(more), 1_000);
      let text = '';
      socket.on('error', () => undefined).on('data', (chunk) => (text += chunk.toString()));
      return new Promise((resolve) => socket.once('close', () => (clearInterval(dripping), resolve(text))));
    };
    const lines = `POST /api/mcp HTTP/1.1\r\nHost: ${acme.host}\r\nAuthorization: Bearer ${acme.token}\r\n`;
    const body = `${lines}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
    const slow = [half(''), half(`${lines}X-Slow: `), half(`${lines}X-Slow: `, 'x'), half(body), half(body, ' ')];
    // Well above the 30 seconds: that the connections end by themselves is what counts here, not how busy the machine is.
    const tooLate = new Promise<string>((resolve) => setTimeout(() => resolve('still open'), 55_000).unref());
    const ends = await Promise.all(slow.map((one) => Promise.race([one, tooLate])));
    for (const end of ends) expect(end).toMatch(/^$|^HTTP\/1\.1 408 /);
    const { requestTimeout, headersTimeout } = world.app.app.getHttpServer() as { requestTimeout: number; headersTimeout: number };
    const lookedAtEvery = 5_000;
    expect(Math.max(requestTimeout, headersTimeout) + lookedAtEvery).toBeLessThanOrEqual(30_000);
  });
});
