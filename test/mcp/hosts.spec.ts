import { Browser } from '../support/browser';
import type { TestTenant } from '../support/people';
import { type Json, speak } from './wire';
import { World } from './world';

describe('which tenant a request is for', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
  });
  afterAll(() => world.close());

  describe('the host', () => {
    let tenant: TestTenant;
    beforeAll(async () => void (tenant = await world.tenant()));

    const odd: [string, (slug: string, port: number) => string][] = [
      ['an unknown tenant', (_, port) => `nobody.localhost:${port}`],
      ['another port', (slug, port) => `${slug}.localhost:${port + 1}`],
      ['no port', (slug) => `${slug}.localhost`],
      ['an address', (_, port) => `127.0.0.1:${port}`],
      ['a trailing dot', (slug, port) => `${slug}.localhost.:${port}`],
      ['a tenant below a tenant', (slug, port) => `x.${slug}.localhost:${port}`],
      ['a domain that ends like ours', (slug, port) => `${slug}.evillocalhost:${port}`],
      ['ours in front of another', (slug, port) => `${slug}.localhost:${port}.evil.example`],
      ['user information', (slug, port) => `evil@${slug}.localhost:${port}`],
      ['an underscore', (_, port) => `a_b.localhost:${port}`],
      ['nothing', () => ''],
    ];
    it.each(odd)('META-2 TEN-1 is not ours with %s: 404, and no document names it', async (_, make) => {
      const host = make(tenant.slug, world.app.port);
      const answer = await world.send({ host, path: '/.well-known/oauth-authorization-server' });
      expect([400, 404]).toContain(answer.status);
      expect(answer.body).not.toContain(tenant.slug);
      expect(answer.body).not.toContain('issuer');
    });

    it.each(['-a', 'a-', 'a--', 'a.b', 'a_b', 'ä', '%61', 'a'.repeat(64), '*'])('TEN-1 is not ours with the label "%s"', async (label) => {
      const bytes = `GET /api/mcp HTTP/1.1\r\nHost: ${label}.localhost:${world.app.port}\r\nConnection: close\r\n\r\n`;
      expect(await speak(world.app.port, bytes)).toMatch(/^HTTP\/1\.1 40[04] /);
    });

    it('TEN-1 believes a proxy by its address or range, and about nothing but address and scheme', async () => {
      for (const [trusted, address] of [
        ['127.0.0.0/8', '203.0.113.7'],
        ['127.0.0.1,10.0.0.0/8', '203.0.113.7'],
        ['10.0.0.0/8', '127.0.0.1'],
      ] as const) {
        const own = await World.start({ TRUST_PROXY: trusted });
        const one = await own.connect(await own.tenant());
        const forwarded = {
          'x-forwarded-for': '203.0.113.7',
          'x-forwarded-host': own.host({ slug: 'nobody' }),
          'x-forwarded-port': '1',
          'x-forwarded-proto': 'https',
        };
        const events = await own.auditOf(async () =>
          expect((await own.post(one, { jsonrpc: '2.0', id: 1, method: 'tools/list' }, forwarded)).status).toBe(200),
        );
        expect([trusted, events[0]?.['ip'], events[0]?.['tenant_id']]).toEqual([trusted, address, one.tenant.id]);
        await own.close();
      }
    });

    it('META-2 is known in any case, and the document names the canonical one', async () => {
      const answer = await world.send({ host: world.host(tenant).toUpperCase(), path: '/.well-known/oauth-authorization-server' });
      expect(answer.json.issuer).toBe(world.app.origin(tenant.slug));
    });

    it('META-3 TEN-2 comes from the Host header alone', async () => {
      const plain = await world.send({ host: world.host(tenant), path: '/.well-known/oauth-authorization-server' });
      const forwarded: Record<string, string>[] = [
        { 'x-forwarded-host': 'evil.example' },
        { forwarded: 'host=evil.example' },
        { 'x-forwarded-proto': 'gopher' },
        { 'x-original-url': '/x' },
      ];
      for (const headers of forwarded) {
        const answer = await world.send({ host: world.host(tenant), path: '/.well-known/oauth-authorization-server', headers });
        expect(answer.body).toBe(plain.body);
      }
    });

    it('TEN-2 is never taken from an absolute target, which would slip past gates and audit', async () => {
      await world.setFeatures(tenant, false);
      for (const target of [
        `http://${world.host(tenant)}/api/mcp`,
        'http://evil.example/api/mcp',
        `http://${world.host(tenant)}/.well-known/oauth-authorization-server`,
      ]) {
        const { status } = await world.send({ host: world.host(tenant), path: target });
        expect([target, status]).toEqual([target, 404]);
      }
      await world.setFeatures(tenant, true);
    });

    it('TEN-1 is where links lead to, where it is one of ours; its page is there for who may see it, and for nobody else', async () => {
      const [own, foreign] = [await world.tenant(), await world.tenant()];
      const forged = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
      for (const bare of [false, true]) {
        const [owner, stranger] = [await world.connect(own, { bare }), await world.connect(foreign, { bare })];
        const tool = async (name: string, args: object): Promise<Json> => {
          const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
          return (await world.post(owner, call, forged)).json.result.structuredContent;
        };
        const { planId, reviewUrl } = await tool('create_scenario', { title: 'Afar' });
        expect([bare, reviewUrl]).toEqual([bare, `${world.app.origin(bare ? undefined : own.slug)}/scenarios/${planId}`]);
        expect((await tool('get_scenario', { planId })).reviewUrl).toBe(reviewUrl);
        expect((await tool('fetch', { id: planId })).url).toBe(reviewUrl);
        for (const [{ user }, status] of [
          [owner, 200],
          [stranger, 404],
        ] as const) {
          const browser = new Browser();
          await browser.submit(
            await browser.get(`${new URL(reviewUrl).origin}/sign-in`),
            { email: user.email, password: user.password },
            'password',
          );
          expect([bare, (await browser.get(reviewUrl)).status]).toEqual([bare, status]);
        }
      }
    });

    it('TEN-2 of two Host headers is the first or none', async () => {
      const other = world.host({ slug: 'nobody' });
      const text = await speak(
        world.app.port,
        `GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: ${other}\r\nHost: ${world.host(tenant)}\r\nConnection: close\r\n\r\n`,
      );
      expect(text).toMatch(/^HTTP\/1\.1 40[04] /);
    });
  });

  describe('X-Tenant', () => {
    it('may repeat the tenant and may not name another', async () => {
      const tenant = await world.tenant();
      for (const connection of [await world.connect(tenant), await world.connect(tenant, { bare: true })]) {
        const ping = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
        expect((await world.post(connection, ping, { 'x-tenant': tenant.slug })).status).toBe(200);
        expect((await world.post(connection, ping, { 'x-tenant': tenant.slug.toUpperCase() })).status).toBe(200);
        const foreign = await world.post(connection, ping, { 'x-tenant': 'globex' });
        expect([foreign.status, foreign.json]).toEqual([
          400,
          { jsonrpc: '2.0', id: null, error: { code: -32000, message: expect.stringContaining('X-Tenant') } },
        ]);
      }
    });
  });
});
