import { finance, nobody } from '../clients/desktop-browser';
import { startTlsProduct, type TlsProduct } from '../support/tls-product';
import { InspectorDesktop } from './inspector-cli';

interface Names {
  readonly tools: readonly { readonly name: string }[];
  readonly resources: readonly { readonly uri: string }[];
  readonly resourceTemplates: readonly { readonly uriTemplate: string }[];
  readonly prompts: readonly { readonly name: string }[];
}

interface ToolResult {
  readonly isError?: boolean;
  readonly structuredContent: { readonly organization: { readonly name: string }; readonly items: readonly unknown[] };
}

describe('the MCP Inspector command line, in a process of its own, over TLS', () => {
  let product: TlsProduct;
  let desktop: InspectorDesktop;
  beforeAll(async () => {
    product = await startTlsProduct();
    desktop = new InspectorDesktop(`${product.origin('acme')}/mcp`, product.clientEnvironment);
  }, 90_000);
  afterAll(async () => {
    desktop.remove();
    await product.stop();
  });

  it('discovers, registers, signs in by the browser and finds every tool schema portable', async () => {
    // --strict ends with an error where a schema would not work with some client or model.
    const { tools } = await desktop.run<Names>(['--method', 'tools/list', '--strict'], finance);
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['get_organization_context', 'search_employees']));
    expect(desktop.opened()).toHaveLength(1);
  }, 120_000);

  describe.each(['legacy', 'modern'])('with what it kept, in the %s era', (era) => {
    const run = <T>(...args: string[]): Promise<T> => desktop.run<T>([...args, '--protocol-era', era, '--stored-auth-only'], nobody);

    it('lists and calls tools', async () => {
      const { tools } = await run<Names>('--method', 'tools/list');
      expect(tools.length).toBeGreaterThan(3);
      const context = await run<ToolResult>('--method', 'tools/call', '--tool-name', 'get_organization_context');
      expect(context.structuredContent.organization.name).toBe('Acme');
      const people = await run<ToolResult>('--method', 'tools/call', '--tool-name', 'search_employees', '--tool-arg', 'query=a', 'limit=2');
      expect(people.structuredContent.items).toHaveLength(2);
    }, 120_000);

    it('lists and reads resources, lists and gets prompts', async () => {
      const { resources } = await run<Names>('--method', 'resources/list');
      const { resourceTemplates } = await run<Names>('--method', 'resources/templates/list');
      expect(resources.map(({ uri }) => uri)).toContain('org://context');
      expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('employee://{employeeId}');
      const read = await run<{ contents: { text: string }[] }>('--method', 'resources/read', '--uri', 'org://context');
      expect(JSON.parse(read.contents[0]?.text ?? '')).toMatchObject({ organization: { name: 'Acme' } });
      const { prompts } = await run<Names>('--method', 'prompts/list');
      expect(prompts.map(({ name }) => name)).toContain('org_review');
      const got = await run<{ messages: unknown[] }>('--method', 'prompts/get', '--prompt-name', 'org_review');
      expect(got.messages).toHaveLength(1);
    }, 120_000);
  });

  it('refreshes an expired token without its user', async () => {
    const spent = desktop.expireToken();
    const { tools } = await desktop.run<Names>(['--method', 'tools/list', '--stored-auth-only'], nobody);
    expect(tools.length).toBeGreaterThan(3);
    expect(desktop.expireToken()).not.toBe(spent);
  }, 120_000);

  it('forgets what it kept and signs in anew when told to', async () => {
    // Inspector 2.12 promises to revoke the old connection then, but sends no such request while its tokens are in the file.
    await desktop.run(['--method', 'tools/list', '--relogin'], finance);
    const clients = desktop.opened().map((address) => new URL(address).searchParams.get('client_id'));
    expect(new Set(clients).size).toBe(2);
  }, 120_000);
});
