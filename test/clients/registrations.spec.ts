import { OAuthClientInformationFullSchema, OAuthTokensSchema } from '@modelcontextprotocol/sdk/shared/auth.js';
import { fromElsewhere } from '../support/browser';
import { authorizeUrl, type Client, pkce, postJson, redeem, refresh, revoke } from '../support/oauth-flow';
import { startTlsProduct, type TlsProduct } from '../support/tls-product';
import { consent } from './consenting-person';
import { KNOWN_CLIENTS, type KnownClient } from './registrations';
import { rpc, rpcHeaders, type RpcAnswer } from './rpc';

interface Reply {
  readonly client_id: string;
  readonly client_secret?: string;
}

/** Each client's own requests, as they are known from outside. Its callback is looked at, never fetched. */
describe('the way that a known client connects', () => {
  let product: TlsProduct;
  let origin: string;
  let registered: Reply;
  beforeAll(async () => {
    product = await startTlsProduct();
    origin = product.origin('acme');
  }, 90_000);
  afterAll(() => product.stop());

  async function contextFor(accessToken: string): Promise<unknown> {
    const call = rpc('tools/call', { name: 'get_organization_context', arguments: {} });
    const headers = { ...rpcHeaders, authorization: `Bearer ${accessToken}` };
    const response = await fetch(`${origin}/mcp`, { method: 'POST', headers, body: call });
    return ((await response.json()) as RpcAnswer).result?.structuredContent;
  }

  async function tokensOf(response: Response): Promise<{ access_token: string; refresh_token: string; scope: string }> {
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    expect(Object.values(body as object)).not.toContain(null);
    return OAuthTokensSchema.parse(body) as never;
  }

  describe.each(KNOWN_CLIENTS)('%s', (_, { metadata, redirects, method, scope }: KnownClient) => {
    beforeAll(async () => {
      const response = await postJson(`${origin}/api/mcp/oauth/register`, metadata, fromElsewhere());
      expect(response.status).toBe(201);
      registered = (await response.json()) as Reply;
    });

    it('registers, and reads back what it asked for', () => {
      const { client_name, redirect_uris, grant_types, response_types, token_endpoint_auth_method } = metadata as Record<string, unknown>;
      const echoed = { client_name, redirect_uris, grant_types, response_types, token_endpoint_auth_method };
      expect(registered).toEqual({
        ...echoed,
        client_id: expect.stringMatching(/^mcp_/),
        client_id_issued_at: expect.any(Number),
        ...(method !== 'none' && { client_secret: expect.stringMatching(/^[0-9a-f]{64}$/), client_secret_expires_at: 0 }),
      });
      expect(Object.values(registered)).not.toContain(null);
      expect(OAuthClientInformationFullSchema.parse(registered)).toMatchObject(echoed);
    });

    it.each(redirects)('connects by way of %s, calls a tool, refreshes and revokes', async (redirectUri) => {
      const client: Client = { id: registered.client_id, secret: registered.client_secret, redirectUri };
      const { verifier, challenge } = pkce();
      const address = authorizeUrl(origin, client, challenge, { state: 'its state', scope, resource: `${origin}/mcp` });
      const { callback } = await consent(address, 'finance@acme.example', { organization: 'Acme' });
      const { code = '', ...rest } = Object.fromEntries(callback.searchParams);
      expect(callback.href.split('?', 1)).toEqual([redirectUri]);
      expect(rest).toEqual({ state: 'its state', iss: origin });

      const tokens = await tokensOf(await redeem(origin, client, code, verifier, { resource: `${origin}/mcp` }));
      expect(tokens.scope).toBe(scope ?? 'openid profile');
      expect(await contextFor(tokens.access_token)).toMatchObject({ organization: { name: 'Acme' } });

      const refreshed = await tokensOf(await refresh(origin, client, tokens.refresh_token, { resource: `${origin}/mcp` }));
      expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
      expect(await contextFor(refreshed.access_token)).toMatchObject({ organization: { name: 'Acme' } });

      expect((await revoke(origin, client, refreshed.refresh_token)).status).toBe(200);
      expect((await refresh(origin, client, refreshed.refresh_token)).status).toBe(400);
    });
  });
});
