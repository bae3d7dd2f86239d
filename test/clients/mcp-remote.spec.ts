import { connect, credentials, postForm } from '../support/oauth-flow';
import { startTlsProduct, type TlsProduct } from '../support/tls-product';
import { finance, nobody } from './desktop-browser';
import { type Bridge, McpRemoteDesktop } from './mcp-remote';

interface KeptTokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

interface KeptClient {
  readonly client_id: string;
  readonly client_secret?: string;
}

describe('mcp-remote, a stdio bridge in a process of its own, over TLS', () => {
  let product: TlsProduct;
  const desktops: McpRemoteDesktop[] = [];
  const bridges: Bridge[] = [];
  beforeAll(async () => {
    product = await startTlsProduct();
  }, 90_000);
  afterEach(async () => {
    for (const { client } of bridges.splice(0)) await client.close();
    for (const desktop of desktops.splice(0)) desktop.remove();
  });
  afterAll(() => product.stop());

  function newDesktop(settings: Record<string, string> = {}): McpRemoteDesktop {
    const desktop = new McpRemoteDesktop({ ...product.clientEnvironment, ...settings });
    desktops.push(desktop);
    return desktop;
  }

  async function start(desktop: McpRemoteDesktop, args: readonly string[], person: typeof finance): Promise<Bridge> {
    const bridge = await desktop.start([`${product.origin('acme')}/mcp`, '--auth-timeout', '60', ...args], person);
    bridges.push(bridge);
    return bridge;
  }

  async function expectTools({ client }: Bridge): Promise<void> {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['get_organization_context', 'search_employees']));
    const context = await client.callTool({ name: 'get_organization_context' });
    expect(context.structuredContent).toMatchObject({ organization: { name: 'Acme' } });
  }

  it.each([
    ['legacy', false],
    ['auto', true],
  ])(
    'signs in once in the browser, and starts the next time with what it kept (--protocol %s)',
    async (protocol, modern) => {
      const desktop = newDesktop();
      const first = await start(desktop, ['--protocol', protocol], finance);
      await expectTools(first);
      expect(first.log().includes('speaks MCP 2026-07-28')).toBe(modern);
      expect(desktop.opened()).toHaveLength(1);
      expect(new URL(desktop.opened()[0] ?? '').searchParams.get('resource')).toBe(`${product.origin('acme')}/mcp`);
      await first.client.close();

      await expectTools(await start(desktop, ['--protocol', protocol], nobody));
    },
    120_000,
  );

  it('refreshes an expired token without its user, and keeps the rotated one', async () => {
    const desktop = newDesktop();
    await (await start(desktop, [], finance)).client.close();
    const kept = desktop.read<KeptTokens>('tokens');
    desktop.write('tokens', { ...kept, access_token: 'expired', expires_at: Date.now() - 1_000 });

    await expectTools(await start(desktop, [], nobody));
    const rotated = desktop.read<KeptTokens>('tokens');
    expect(rotated.refresh_token).not.toBe(kept.refresh_token);
    expect(rotated.access_token).toMatch(/^ey/);
  }, 120_000);

  it('asks its user again in the middle of a session when the connection was revoked', async () => {
    const desktop = newDesktop();
    const bridge = await start(desktop, [], finance);
    await expectTools(bridge);
    const { client_id: id, client_secret: secret } = desktop.read<KeptClient>('client_info');
    const { refresh_token: token } = desktop.read<KeptTokens>('tokens');
    const form = { token, ...credentials({ id, secret, redirectUri: '' }) };
    expect((await postForm(`${product.origin('acme')}/api/mcp/oauth/revoke`, form)).status).toBe(200);

    await desktop.during(expectTools(bridge), finance);
    expect(desktop.opened()).toHaveLength(2);
  }, 120_000);

  it('passes on a token that its user configured as a header, with no sign-in at all', async () => {
    const { access_token } = await connect(product.origin('acme'), { email: 'finance@acme.example', password: 'flowstate-demo' });
    const desktop = newDesktop({ AUTHORIZATION: `Bearer ${access_token}` });
    await expectTools(await start(desktop, ['--header', 'Authorization:${AUTHORIZATION}'], nobody));
    expect(desktop.opened()).toEqual([]);
  }, 120_000);
});
