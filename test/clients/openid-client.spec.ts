import * as client from 'openid-client';
import { startTlsProduct, type TlsProduct } from '../support/tls-product';
import { consent } from './consenting-person';
import { rpc, rpcHeaders, type RpcAnswer } from './rpc';

/** Never listened on: the redirect is read, not followed. */
const REDIRECT = 'http://127.0.0.1:41997/callback';

describe('a client written with openid-client, over TLS', () => {
  let product: TlsProduct;
  beforeAll(async () => {
    product = await startTlsProduct();
  }, 90_000);
  afterAll(() => product.stop());

  const endpoint = (): URL => new URL(`${product.origin('acme')}/mcp`);

  /** Discovery, registration and the client's own configuration in one, as the library offers it. */
  function register(algorithm: 'oauth2' | 'oidc', metadata: Partial<client.ClientMetadata>): Promise<client.Configuration> {
    const wanted = { client_name: 'openid-client client', redirect_uris: [REDIRECT], ...metadata };
    const method = metadata.token_endpoint_auth_method === 'none' ? client.None() : undefined;
    return client.dynamicClientRegistration(new URL(product.origin('acme')), wanted, method, { algorithm });
  }

  async function address(config: client.Configuration, verifier: string, state: string): Promise<string> {
    return client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      resource: endpoint().href,
      state,
    }).href;
  }

  async function call(config: client.Configuration, token: string, method: string, params: object): Promise<RpcAnswer> {
    const body = rpc(method, params);
    const response = await client.fetchProtectedResource(config, token, endpoint(), 'POST', body, new Headers(rpcHeaders));
    return (await response.json()) as RpcAnswer;
  }

  it.each([
    ['a public client by OAuth metadata', 'oauth2', { token_endpoint_auth_method: 'none' }],
    ['a confidential client by OAuth metadata', 'oauth2', {}],
    ['a public client by OpenID configuration', 'oidc', { token_endpoint_auth_method: 'none' }],
  ] as const)('connects %s, calls tools, refreshes and revokes', async (_, algorithm, metadata) => {
    const config = await register(algorithm, metadata);
    expect(config.serverMetadata().supportsPKCE()).toBe(true);
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const { callback, pages } = await consent(await address(config, pkceCodeVerifier, expectedState), 'finance@acme.example', {
      organization: 'Acme Labs',
    });
    expect(pages).toEqual(['Sign in', 'Choose an organization', 'Connect openid-client client to Flowstate?']);

    const tokens = await client.authorizationCodeGrant(
      config,
      callback,
      { pkceCodeVerifier, expectedState },
      { resource: endpoint().href },
    );
    expect(tokens.expiresIn()).toBeGreaterThan(0);
    const { result } = await call(config, tokens.access_token, 'tools/list', {});
    expect(result?.tools?.map(({ name }) => name)).toContain('search_employees');
    const context = await call(config, tokens.access_token, 'tools/call', { name: 'get_organization_context', arguments: {} });
    expect(context.result?.structuredContent).toMatchObject({ organization: { name: 'Acme Labs' } });

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', { resource: endpoint().href });
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect((await call(config, refreshed.access_token, 'tools/list', {})).result?.tools).toHaveLength(result?.tools?.length ?? 0);

    await client.tokenRevocation(config, refreshed.access_token);
    await expect(call(config, refreshed.access_token, 'tools/list', {})).rejects.toThrow(client.WWWAuthenticateChallengeError);
    await expect(client.refreshTokenGrant(config, refreshed.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('accepts no answer whose issuer was left out or changed on the way', async () => {
    const config = await register('oauth2', { token_endpoint_auth_method: 'none' });
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const { callback } = await consent(await address(config, pkceCodeVerifier, expectedState), 'finance@acme.example');
    const redeem = (from: URL): Promise<unknown> => client.authorizationCodeGrant(config, from, { pkceCodeVerifier, expectedState });
    const changed = new URL(callback);
    changed.searchParams.set('iss', product.origin('globex'));
    const refused = { cause: { message: expect.stringContaining('"iss"') } };
    await expect(redeem(changed)).rejects.toMatchObject(refused);
    changed.searchParams.delete('iss');
    await expect(redeem(changed)).rejects.toMatchObject(refused);
    await expect(redeem(callback)).resolves.toMatchObject({ token_type: 'bearer' });
  });

  it('hears of a denial as an error it knows', async () => {
    const config = await register('oauth2', { token_endpoint_auth_method: 'none' });
    const expectedState = client.randomState();
    const sent = await address(config, client.randomPKCECodeVerifier(), expectedState);
    const { callback } = await consent(sent, 'finance@acme.example', { decision: 'deny' });
    await expect(client.authorizationCodeGrant(config, callback, { expectedState })).rejects.toMatchObject({ error: 'access_denied' });
  });
});
