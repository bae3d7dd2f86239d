import { CallRunner } from '../../src/mcp/call-runner';
import { AccessTokens, TokenKeys } from '../../src/access';
import { statusAt } from '../support/oauth-flow';
import { Forger } from './forge';
import { Connection, posted, World } from './world';
import { speak } from './wire';

const PING = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const now = (): number => Math.floor(Date.now() / 1000);

describe('access tokens', () => {
  let world: World;
  let acme: Connection;
  let globex: Connection;
  let forger: Forger;
  let genuine: string;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await world.connect(await world.tenant());
    globex = await world.connect(await world.tenant());
    forger = new Forger(world, acme);
    genuine = acme.token;
  });
  afterAll(() => world.close());

  const statusOf = async (token: string, at = acme): Promise<number> => (await world.rpc({ ...at, token }, 'tools/list')).status;
  const metadata = (path = '/api/mcp'): string => `${acme.issuer}/.well-known/oauth-protected-resource${path}`;

  it('AT-1 say who, where and through what, and nothing about the person', () => {
    const { kid } = world.app.app.get(TokenKeys).signing();
    expect(forger.header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid });
    const moment = expect.any(Number);
    expect(forger.claims).toEqual({
      ...acme.claims,
      iss: acme.issuer,
      aud: `${acme.issuer}/api/mcp`,
      iat: moment,
      exp: moment,
      jti: expect.any(String),
    });
    expect((forger.claims['exp'] as number) - (forger.claims['iat'] as number)).toBe(3600);
  });

  it('are what the forger makes when it changes nothing', async () => {
    expect(await statusOf(genuine)).toBe(200);
    expect(await statusOf(forger.signed())).toBe(200);
  });

  describe('AT-2 are refused, signed with the right key, with', () => {
    const wrong: [string, () => Record<string, unknown>][] = [
      ['another issuer', () => ({ iss: 'https://evil.example' })],
      ['the issuer with a slash', () => ({ iss: `${acme.issuer}/` })],
      ['the bare host as issuer', () => ({ iss: world.app.origin() })],
      ["another tenant's audience", () => ({ aud: `${globex.issuer}/api/mcp` })],
      ['the audience of another mount', () => ({ aud: `${acme.issuer}/mcp` })],
      ['an audience list that contains ours', () => ({ aud: [`${acme.issuer}/api/mcp`, 'https://evil.example'] })],
      ['an audience list of ours alone', () => ({ aud: [`${acme.issuer}/api/mcp`] })],
      ['an end that has passed', () => ({ exp: now() - 6 })],
      ['an end that is a text', () => ({ exp: String(now() + 600) })],
      ['a beginning yet to come', () => ({ nbf: now() + 30 })],
      ['a time of issue yet to come', () => ({ iat: now() + 90 })],
      ["another tenant's tid", () => ({ tid: globex.tenant.id })],
      ["another tenant's organization", () => ({ org: globex.tenant.orgId })],
      ["another tenant's grant", () => ({ gid: globex.grantId })],
      ["another tenant's user", () => ({ sub: globex.user.id })],
      ["another tenant's client", () => ({ client_id: globex.clientId })],
      ['a grant that does not exist', () => ({ gid: 'gnt_none' })],
      ['a list for a subject', () => ({ sub: [acme.user.id] })],
      ['an object for a grant', () => ({ gid: { toString: acme.grantId } })],
      ...['iss', 'aud', 'exp', 'iat', 'sub', 'tid', 'org', 'gid', 'client_id', 'jti', 'scope'].flatMap(
        (name): [string, () => Record<string, unknown>][] => [
          [`no ${name}`, () => ({ [name]: undefined })],
          [`an empty ${name}`, () => ({ [name]: '' })],
          [`null for ${name}`, () => ({ [name]: null })],
        ],
      ),
    ];
    it.each(wrong)('%s', async (_, claims) => {
      const answer = await world.rpc({ ...acme, token: forger.signed(claims()) }, 'tools/list');
      expect([answer.status, answer.json.error]).toEqual([401, 'invalid_token']);
      expect(answer.headers['www-authenticate']).toBe(
        `Bearer error="invalid_token", resource_metadata="${metadata()}", scope="openid profile mcp:use"`,
      );
    });
  });

  it('AT-3 of acme are worth nothing at globex, whichever single claim still says acme', async () => {
    expect(await statusOf(genuine, globex)).toBe(401);
    const there = new Forger(world, globex);
    for (const name of ['iss', 'aud', 'sub', 'tid', 'org', 'gid', 'client_id']) {
      expect([name, await statusOf(there.signed({ [name]: forger.claims[name] }), globex)]).toEqual([name, 401]);
      expect([name, await statusOf(forger.signed({ [name]: there.claims[name] }), globex)]).toEqual([name, 401]);
    }
    expect(await statusOf(there.signed(), globex)).toBe(200);
  });

  it('AT-3 of a tenant host are not for the bare host, nor the other way round', async () => {
    const bare = await world.connect(acme.tenant, { bare: true, user: acme.user });
    expect(await statusOf(bare.token, bare)).toBe(200);
    expect([await statusOf(genuine, bare), await statusOf(bare.token, acme)]).toEqual([401, 401]);
  });

  it('AT-7 RT-11 come in the Authorization header alone, once, as Bearer in any case', async () => {
    const { headers: given, ...ask } = posted(acme, PING);
    const headers = { ...given } as Record<string, string>;
    delete headers['authorization'];
    const status = async (more: Record<string, string | string[]>, path = '/api/mcp'): Promise<number> =>
      (await world.send({ ...ask, path, headers: { ...headers, ...more } })).status;
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR'])
      expect(await status({ authorization: `${scheme} ${genuine}` })).toBe(200);
    const refused: Record<string, string | string[]>[] = [
      ...[
        `Bearer  ${genuine}`,
        `Bearer${genuine}`,
        `Token ${genuine}`,
        `Basic ${genuine}`,
        `Bearer ${genuine} x`,
        `Bearer ${genuine},`,
        genuine,
        'Bearer',
      ].map((authorization) => ({ authorization })),
      { authorization: [`Bearer ${genuine}`, 'Bearer x'] },
      { authorization: ['Bearer x', `Bearer ${genuine}`] },
      { authorization: [`Bearer ${genuine}`, `Bearer ${genuine}`] },
      { 'proxy-authorization': `Bearer ${genuine}` },
      { cookie: `access_token=${genuine}` },
      { 'x-authorization': `Bearer ${genuine}` },
    ];
    for (const one of refused) expect([one, await status(one)]).toEqual([one, 401]);
    expect(await status({}, `/api/mcp?access_token=${genuine}`)).toBe(401);
    const inBody = await world.send({
      ...ask,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: `access_token=${genuine}`,
    });
    expect(inBody.status).toBe(401);
    expect(await statusOf('rt_0123456789abcdef0123456789abcdef0123456789abcdef')).toBe(401);
  });

  it('AT-7 two Authorization lines on the wire are none', async () => {
    const lines = [
      `Host: ${acme.host}`,
      `Authorization: Bearer ${genuine}`,
      'Authorization: Bearer x',
      'Content-Length: 0',
      'Connection: close',
    ];
    expect(await speak(world.app.port, ['POST /api/mcp HTTP/1.1', ...lines, '', ''].join('\r\n'))).toMatch(/^HTTP\/1\.1 40[01] /);
  });

  it.each(['/api/mcp', '/api/mcp/protocol', '/mcp', '/api/mcp/'])(
    'AT-8 without one the answer challenges with the metadata of the mount %s',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
        const since = await world.mark();
        const answer = await world.send({ method, path, host: acme.host, headers: { 'content-type': 'application/json' } });
        expect(await since()).toMatchObject([{ kind: 'auth.failure', outcome: 'refused', http_status: 401, error_code: 'unauthorized' }]);
        expect([method, answer.status, answer.json]).toEqual([
          method,
          401,
          { error: 'unauthorized', error_description: expect.any(String) },
        ]);
        const named = metadata(path.replace(/\/$/, ''));
        expect(answer.headers['www-authenticate']).toBe(`Bearer resource_metadata="${named}", scope="openid profile mcp:use"`);
        expect(answer.headers['x-ratelimit-limit']).toBe('100000');
        expect(answer.headers['x-ratelimit-remaining']).toMatch(/^\d+$/);
        expect((await world.send({ host: acme.host, path: new URL(named).pathname })).json.resource).toBe(
          `${acme.issuer}${path.replace(/\/$/, '')}`,
        );
      }
    },
  );

  it('a token without any of the scopes to connect is told what it lacks', async () => {
    const connection = await world.connect(acme.tenant, { scopes: ['people.read'], narrowed: true });
    const answer = await world.rpc(connection, 'tools/list');
    expect([answer.status, answer.json.error]).toEqual([403, 'insufficient_scope']);
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer error="insufficient_scope", resource_metadata="${metadata()}", scope="openid profile mcp:use"`,
    );
  });

  it('AT-9 a missing permission is a refusal that the model can read, not a 401, and is audited', async () => {
    const viewer = await world.connect(acme.tenant, { role: 'viewer' });
    const since = await world.mark();
    const answer = await world.call(viewer, 'rank_employees', { by: 'salary' });
    expect([answer.status, answer.json.result.isError]).toEqual([200, true]);
    expect(JSON.parse(answer.json.result.content[0].text)).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { missing: ['compensation.read'] },
    });
    expect(await since()).toMatchObject([
      { outcome: 'refused', severity: 'medium', error_code: 'PERMISSION_DENIED', tool: 'rank_employees' },
    ]);
    const narrowed = await world.connect(acme.tenant, { scopes: ['openid', 'people.read'], narrowed: true });
    const outside = await world.call(narrowed, 'rank_employees', { by: 'salary' });
    expect(JSON.parse(outside.json.result.content[0].text)).toMatchObject({ code: 'SCOPE_MISSING' });
  });

  it('AT-10 of the key before are good until they end, and of a removed key at no time', async () => {
    const keys = world.app.app.get(TokenKeys);
    const before = keys.signing();
    const old = forger.signed();
    const kid = await keys.rotate();
    const fresh = world.app.app.get(AccessTokens).sign(acme.issuer, acme.claims as never);
    expect(kid).not.toBe(before.kid);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
    const jwks = await world.send({ host: acme.host, path: '/api/mcp/oauth/jwks' });
    expect(jwks.json.keys.map((key: { kid: string }) => key.kid).sort()).toEqual([kid, before.kid].sort());
    for (const key of jwks.json.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    await world.db.admin('delete from platform.signing_key where kid = $1', [before.kid]);
    for (let tries = 0; tries < 100 && (await statusOf(old)) !== 401; tries += 1);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 200]);
    forger = new Forger(world, { ...acme, token: fresh });
    genuine = fresh;
  });

  it('AT-10 are signed with a key that shows in no log, environment, answer or table', async () => {
    const written: string[] = [];
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((chunk) => (written.push(String(chunk)), true)),
    );
    const talkative = await World.start({ LOG_LEVEL: 'debug' });
    const keys = talkative.app.app.get(TokenKeys);
    await keys.rotate();
    const one = await talkative.connect(await talkative.tenant());
    const answers = [
      await talkative.send({ host: one.host, path: '/api/mcp/oauth/jwks' }),
      await talkative.send({ host: one.host, path: '/.well-known/jwks.json' }),
      await talkative.rpc(one, 'tools/list'),
      await talkative.rpc({ ...one, token: 'x.y.z' }, 'tools/list'),
    ];
    const { d = '', p = '', q = '' } = keys.signing().privateKey.export({ format: 'jwk' });
    const stored = await talkative.db.admin("select k::text, encode(sealed_private, 'base64') from platform.signing_key k");
    await talkative.close();
    spies.forEach((spy) => spy.mockRestore());
    expect([d, p, q].every((part) => part.length > 100)).toBe(true);
    const outputs = { written, answers, stored, environment: process.env };
    for (const part of [d, p, q])
      for (const shape of [
        part,
        Buffer.from(part, 'base64url').toString('hex'),
        Buffer.from(part, 'base64url').toString('base64').slice(4, 60),
      ])
        for (const [name, output] of Object.entries(outputs)) expect([name, JSON.stringify(output).includes(shape)]).toEqual([name, false]);
    expect(JSON.stringify(outputs)).not.toMatch(/PRIVATE KEY/);
    expect(written.join('')).toContain('/api/mcp');
  });

  it('AT-11 may be off by five seconds of clock and no more', async () => {
    expect(await statusOf(forger.signed({ exp: now() - 1 }))).toBe(200);
    expect(await statusOf(forger.signed({ exp: now() - 7 }))).toBe(401);
    expect(await statusOf(forger.signed({ nbf: now() + 3 }))).toBe(200);
    expect(await statusOf(forger.signed({ nbf: now() + 8 }))).toBe(401);
  });

  it('AT-12 never reach a tool', async () => {
    const runner = world.app.app.get(CallRunner);
    const seen: unknown[] = [];
    const original = runner.tool.bind(runner);
    jest.spyOn(runner, 'tool').mockImplementation((...args) => (seen.push(...args), original(...args)));
    await world.call({ ...acme, token: genuine }, 'get_organization_context');
    await world.modern({ ...acme, token: genuine }, 'tools/call', { name: 'get_organization_context', arguments: {} });
    jest.restoreAllMocks();
    expect(seen).toHaveLength(8);
    expect(JSON.stringify(seen)).not.toContain(genuine.split('.')[2]);
  });

  describe('in force on the very next request is', () => {
    const cuts: [string, string, (one: Connection) => unknown[]][] = [
      ['a revoked grant', `update platform.oauth_grant set revoked_at = clock_timestamp() where id = $1`, ({ grantId }) => [grantId]],
      ['a deleted grant', `delete from platform.oauth_grant where id = $1`, ({ grantId }) => [grantId]],
      ['a removed membership', `delete from platform.membership where user_id = $1`, ({ user }) => [user.id]],
      ['a disabled account', `update platform.app_user set status = 'disabled' where id = $1`, ({ user }) => [user.id]],
    ];
    it.each(cuts)('%s', async (_, sql, parameters) => {
      for (const bare of [false, true]) {
        const one = await world.connect(await world.tenant(), { bare });
        expect(await statusAt(one.issuer, one.token)).toBe(200);
        await world.db.admin(sql, parameters(one));
        const answer = await world.rpc(one, 'tools/list');
        expect([answer.status, answer.json.error]).toEqual([401, 'invalid_token']);
      }
    });

    it('a changed role, built in or of the organization, and a changed direct grant', async () => {
      const one = await world.connect(await world.tenant(), { role: 'viewer' });
      const may = async (): Promise<string[]> =>
        (await world.call(one, 'get_organization_context')).json.result.structuredContent.me.permissions;
      expect(await may()).not.toContain('compensation.read');
      await world.db.admin(`update platform.membership set role = 'finance' where user_id = $1`, [one.user.id]);
      expect(await may()).toContain('compensation.read');
      await world.db.admin(`insert into platform.role (org_id, name, permissions) values ($1, 'clerk', '{org.read}')`, [one.tenant.orgId]);
      await world.db.admin(`update platform.membership set role = 'clerk' where user_id = $1`, [one.user.id]);
      expect(await may()).toEqual(['org.read']);
      await world.db.admin(`update platform.role set permissions = '{org.read,people.read}' where org_id = $1`, [one.tenant.orgId]);
      expect(await may()).toEqual(['org.read', 'people.read']);
      await world.db.admin(`update platform.membership set direct_grants = '{teams.read,nonsense}' where user_id = $1`, [one.user.id]);
      expect(await may()).toEqual(['org.read', 'people.read', 'teams.read']);
    });
  });
});
