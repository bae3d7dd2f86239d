import { Client as Client2026, StreamableHTTPClientTransport as Transport2026 } from '@modelcontextprotocol/client';
import { Client as Client2025 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as Transport2025 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Product, startProduct } from '../support/product';
import { resolveLocalhostNames } from '../support/localhost-names';
import { ConnectingPerson } from './connecting-person';

resolveLocalhostNames();

/** What a test needs of an MCP client, whichever SDK generation it is. */
interface AnyClient {
  connect(transport: never): Promise<void>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: {
    name: string;
    arguments?: Record<string, unknown>;
  }): Promise<{ isError?: unknown; structuredContent?: unknown; content?: unknown }>;
  close(): Promise<void>;
}

interface AnyTransport {
  finishAuth(code: string, iss?: string): Promise<void>;
}

const INFO = { name: 'test', version: '1' };

/** The real client packages, as their users construct them. */
const CLIENTS: readonly [string, () => AnyClient, (url: URL, person: ConnectingPerson) => AnyTransport][] = [
  [
    '@modelcontextprotocol/sdk 1.32 (2025 era)',
    () => new Client2025(INFO) as never,
    (url, authProvider) => new Transport2025(url, { authProvider }),
  ],
  [
    '@modelcontextprotocol/client 2.4, automatic',
    () => new Client2026(INFO, { versionNegotiation: { mode: 'auto' } }),
    (url, authProvider) => new Transport2026(url, { authProvider }),
  ],
  [
    '@modelcontextprotocol/client 2.4, pinned to 2026-07-28',
    () => new Client2026(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    (url, authProvider) => new Transport2026(url, { authProvider }),
  ],
];

/** Where a connector URL may point: every mount, on a tenant's host and on the bare one. */
const PLACES: readonly [string, string | undefined][] = [
  ['/api/mcp', 'acme'],
  ['/api/mcp/protocol', 'acme'],
  ['/mcp', 'acme'],
  ['/mcp', undefined],
];

describe('the product, started as its users start it', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  }, 90_000);
  afterAll(() => product.stop());

  describe.each(CLIENTS)('%s', (_, newClient, newTransport) => {
    it.each(PLACES)('registers, signs in, consents, lists and calls tools at %s of %s', async (path, slug) => {
      const person = new ConnectingPerson('finance@acme.example', 'Acme');
      const url = new URL(`${product.origin(slug)}${path}`);
      const first = newTransport(url, person);
      await expect(newClient().connect(first as never)).rejects.toThrow();
      expect(person.callback).toMatchObject({ iss: product.origin(slug) });
      await first.finishAuth(person.callback['code'] ?? '', person.callback['iss']);

      const client = newClient();
      await client.connect(newTransport(url, person) as never);
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['get_organization_context', 'search_employees', 'get_employee_details', 'rank_employees']),
      );
      const context = await client.callTool({ name: 'get_organization_context' });
      expect(context.isError).toBeFalsy();
      expect(context.structuredContent).toMatchObject({ organization: { name: 'Acme' } });
      const found = await client.callTool({ name: 'search_employees', arguments: { query: 'a', limit: 3 } });
      expect((found.structuredContent as { items: unknown[] }).items).toHaveLength(3);
      const refused = await client.callTool({ name: 'search_employees', arguments: { nonsense: 1 } });
      expect(refused.isError).toBe(true);
      expect(JSON.stringify(refused.content)).toContain('VALIDATION');
      await client.close();
    });
  });
});
