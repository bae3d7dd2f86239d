import * as oauth from 'oauth4webapi';
import { startTlsProduct, type TlsProduct } from '../support/tls-product';
import { consent } from './consenting-person';
import { rpc, rpcHeaders, type RpcAnswer } from './rpc';

/** Never listened on: the redirect is read, not followed. */
const REDIRECT = 'http://127.0.0.1:41998/callback';

/** The library checks issuer, resource, state, iss, token types and signatures itself; nothing here tells it not to. */
describe('a client written with oauth4webapi, over TLS', () => {
  let product: TlsProduct;
  beforeAll(async () => {
    product = await startTlsProduct();
  }, 90_000);
  afterAll(() => product.stop());

  const endpoint = (slug = 'acme'): URL => new URL(`${product.origin(slug)}/api/mcp`);

  async function discover(algorithm: 'oauth2' | 'oidc' = 'oauth2', slug = 'acme'): Promise<oauth.AuthorizationServer> {
    const resource = await oauth.processResourceDiscoveryResponse(endpoint(slug), await oauth.resourceDiscoveryRequest(endpoint(slug)));
    const issuer = new URL(resource.authorization_servers?.[0] ?? '');
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm }));
  }

  async function register(as: oauth.AuthorizationServer, metadata: Partial<oauth.Client> = {}): Promise<oauth.Client> {
    const wanted = { client_name: 'oauth4webapi client', redirect_uris: [REDIRECT], ...metadata };
    return oauth.processDynamicClientRegistrationResponse(await oauth.dynamicClientRegistrationRequest(as, wanted));
  }

  /** The method that the registration reply names, whatever was asked for. */
  function authentication({ token_endpoint_auth_method: method, client_secret: secret }: oauth.Client): oauth.ClientAuth {
    return method === 'none' ? oauth.None() : oauth.ClientSecretPost(secret as string);
  }

  async function authorizationAddress(
    as: oauth.AuthorizationServer,
    client: oauth.Client,
    verifier: string,
    state: string,
  ): Promise<string> {
    const address = new URL(as.authorization_endpoint ?? '');
    const parameters = {
      client_id: client.client_id,
      response_type: 'code',
      redirect_uri: REDIRECT,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      resource: endpoint().href,
      state,
    };
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    return address.href;
  }

  async function call(token: string, method: string, params: object): Promise<RpcAnswer> {
    const response = await oauth.protectedResourceRequest(token, 'POST', endpoint(), new Headers(rpcHeaders), rpc(method, params));
    return (await response.json()) as RpcAnswer;
  }

  it('is led from a refused call to the authorization server', async () => {
    const refused = await call('not-a-token', 'tools/list', {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(oauth.WWWAuthenticateChallengeError);
    const { cause, status } = refused as oauth.WWWAuthenticateChallengeError;
    expect(status).toBe(401);
    expect(cause).toMatchObject([{ scheme: 'bearer', parameters: { error: 'invalid_token' } }]);
    const metadata = await fetch(cause[0]?.parameters.resource_metadata ?? '');
    const resource = await oauth.processResourceDiscoveryResponse(endpoint(), metadata);
    expect(resource).toMatchObject({ resource: endpoint().href, authorization_servers: [product.origin('acme')] });
    const documents = await Promise.all([discover('oauth2'), discover('oidc')]);
    expect(documents[0]).toMatchObject({ issuer: product.origin('acme'), authorization_response_iss_parameter_supported: true });
    expect(documents[1]).toEqual(documents[0]);
  });

  it.each([
    ['a public client', { token_endpoint_auth_method: 'none' }, 'none'],
    ['a client that names no method', {}, 'client_secret_post'],
    ['a client that would rather use HTTP Basic', { token_endpoint_auth_method: 'client_secret_basic' }, 'client_secret_post'],
  ])('connects %s, calls tools, refreshes and revokes', async (_, metadata, method) => {
    const as = await discover();
    const client = await register(as, metadata);
    expect(client.token_endpoint_auth_method).toBe(method);
    const auth = authentication(client);
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const { callback, pages } = await consent(await authorizationAddress(as, client, verifier, state), 'finance@acme.example', {
      organization: 'Acme',
    });
    expect(pages).toEqual(['Sign in', 'Choose an organization', 'Connect oauth4webapi client to Flowstate?']);

    const parameters = oauth.validateAuthResponse(as, client, callback, state);
    const exchanged = await oauth.authorizationCodeGrantRequest(as, client, auth, parameters, REDIRECT, verifier, {
      additionalParameters: { resource: endpoint().href },
    });
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, exchanged);
    const used = new Request(endpoint(), { method: 'POST', headers: { authorization: `Bearer ${tokens.access_token}` } });
    const claims = await oauth.validateJwtAccessToken(as, used, endpoint().href);
    expect(claims).toMatchObject({ client_id: client.client_id, scope: tokens.scope });

    const { result } = await call(tokens.access_token, 'tools/list', {});
    expect(result?.tools?.map(({ name }) => name)).toContain('search_employees');
    const context = await call(tokens.access_token, 'tools/call', { name: 'get_organization_context', arguments: {} });
    expect(context.result?.structuredContent).toMatchObject({ organization: { name: 'Acme' } });

    const refreshed = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, auth, tokens.refresh_token ?? ''),
    );
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect((await call(refreshed.access_token, 'tools/list', {})).result?.tools).toHaveLength(result?.tools?.length ?? 0);

    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, refreshed.refresh_token ?? ''));
    await expect(call(refreshed.access_token, 'tools/list', {})).rejects.toThrow(oauth.WWWAuthenticateChallengeError);
    const late = await oauth.refreshTokenGrantRequest(as, client, auth, refreshed.refresh_token ?? '');
    await expect(oauth.processRefreshTokenResponse(as, client, late)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('recognizes an answer that another tenant or nobody signed with its issuer', async () => {
    const [as, other] = await Promise.all([discover(), discover('oauth2', 'globex')]);
    const client = await register(as);
    const state = oauth.generateRandomState();
    const address = await authorizationAddress(as, client, oauth.generateRandomCodeVerifier(), state);
    const { callback } = await consent(address, 'finance@acme.example');
    expect(() => oauth.validateAuthResponse(other, client, callback, state)).toThrow(/"iss"/);
    callback.searchParams.delete('iss');
    expect(() => oauth.validateAuthResponse(as, client, callback, state)).toThrow(/"iss"/);
  });

  it('hears of a denial as an error that names the issuer, too', async () => {
    const as = await discover();
    const client = await register(as);
    const state = oauth.generateRandomState();
    const address = await authorizationAddress(as, client, oauth.generateRandomCodeVerifier(), state);
    const { callback } = await consent(address, 'finance@acme.example', { decision: 'deny' });
    expect(callback.searchParams.get('iss')).toBe(as.issuer);
    expect(() => oauth.validateAuthResponse(as, client, callback, state)).toThrow(oauth.AuthorizationResponseError);
  });
});
