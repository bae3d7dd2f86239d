import { createPublicKey, verify } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import { connect, refresh, register, revoke } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant } from '../support/people';

const WELL_KNOWN = '/.well-known/oauth-authorization-server';
const MOUNTS = ['/api/mcp', '/api/mcp/protocol', '/mcp'];

describe('discovery (RFC 8414, RFC 9728)', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let origin: string;
  beforeAll(async () => {
    app = await startApp();
    tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
  });
  afterAll(() => app.close());

  const document = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(origin + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    return (await response.json()) as Record<string, unknown>;
  };

  it('META-1 names the documented members, first values first', async () => {
    const metadata = await document(WELL_KNOWN);
    expect(metadata).toMatchObject({
      issuer: origin,
      authorization_endpoint: `${origin}/api/mcp/oauth/authorize`,
      token_endpoint: `${origin}/api/mcp/oauth/token`,
      registration_endpoint: `${origin}/api/mcp/oauth/register`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    });
    expect((metadata['grant_types_supported'] as string[]).slice(0, 2)).toEqual(['authorization_code', 'refresh_token']);
    expect((metadata['token_endpoint_auth_methods_supported'] as string[])[0]).toBe('client_secret_post');
    expect((metadata['scopes_supported'] as string[]).slice(0, 2)).toEqual(['openid', 'profile']);
  });

  it('META-3 is not moved by X-Forwarded-Host', async () => {
    const response = await fetch(origin + WELL_KNOWN, { headers: { 'x-forwarded-host': 'evil.test' } });
    expect(((await response.json()) as { issuer: string }).issuer).toBe(origin);
  });

  it('META-4 names only URLs of the issuer', async () => {
    for (const value of Object.values(await document(WELL_KNOWN))) {
      if (typeof value !== 'string') continue;
      expect(new URL(value).origin).toBe(origin);
      expect(value).not.toMatch(/[#@]/);
    }
  });

  it('META-5 names exactly the mount that was asked for', async () => {
    for (const mount of MOUNTS) {
      const metadata = await document(`/.well-known/oauth-protected-resource${mount}`);
      expect(JSON.stringify(metadata)).not.toContain('offline_access');
      expect(metadata).toMatchObject({
        resource: origin + mount,
        authorization_servers: [origin],
        scopes_supported: ['openid', 'profile', 'mcp:use'],
        bearer_methods_supported: ['header'],
      });
    }
    expect((await document('/.well-known/oauth-protected-resource/mcp/'))['resource']).toBe(`${origin}/mcp`);
    expect((await document('/.well-known/oauth-protected-resource'))['resource']).toBe(`${origin}/api/mcp`);
  });

  it('META-6 gives one document at every path that clients try', async () => {
    const root = await document(WELL_KNOWN);
    for (const name of ['oauth-authorization-server', 'openid-configuration']) {
      for (const mount of ['', ...MOUNTS]) expect(await document(`/.well-known/${name}${mount}`)).toEqual(root);
      for (const mount of MOUNTS) expect(await document(`${mount}/.well-known/${name}`)).toEqual(root);
      expect((await fetch(`${origin}/.well-known/${name}/elsewhere`)).status).toBe(404);
    }
  });

  it('META-7 advertises what works, and nothing that does not', async () => {
    const metadata = await document(WELL_KNOWN);
    expect(metadata['authorization_response_iss_parameter_supported']).toBe(true);
    expect(metadata['token_endpoint_auth_methods_supported']).toContain('none');
    expect(metadata).not.toHaveProperty('client_id_metadata_document_supported');
    expect(metadata['token_endpoint_auth_methods_supported']).not.toContain('private_key_jwt');
    const jwks = (await (await fetch(String(metadata['jwks_uri']))).json()) as { keys: Record<string, unknown>[] };
    expect(jwks.keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', kid: expect.any(String) });
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(jwks.keys[0]).not.toHaveProperty(secret);
    expect((await fetch(String(metadata['revocation_endpoint']), { method: 'POST' })).status).toBe(400);
  });

  it('META-7 has keys that verify its tokens, and a revocation that ends them, for a client without a secret too', async () => {
    const user = await createUser(app.db, 'member', tenant.orgId);
    const metadata = await document(WELL_KNOWN);
    const client = await register(origin, { token_endpoint_auth_method: 'none' });
    const { access_token: token, refresh_token: refreshToken } = await connect(origin, user, { client });
    const { keys } = (await (await fetch(String(metadata['jwks_uri']))).json()) as { keys: { kid: string }[] };
    const [header = '', claims = '', signature = ''] = token.split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const key = createPublicKey({ key: keys.find((one) => one.kid === kid)!, format: 'jwk' });
    expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(metadata['revocation_endpoint']).toBe(`${origin}/api/mcp/oauth/revoke`);
    expect((await revoke(origin, client, refreshToken)).status).toBe(200);
    expect((await refresh(origin, client, refreshToken)).status).toBe(400);
  });

  it('TEN-5 does not exist for unknown tenants', async () => {
    expect((await fetch(app.origin('nobody') + WELL_KNOWN)).status).toBe(404);
  });

  it('has an issuer of its own on the bare host', async () => {
    const bare = app.origin();
    expect(await (await fetch(bare + WELL_KNOWN)).json()).toMatchObject({ issuer: bare });
    expect(await (await fetch(`${bare}/.well-known/oauth-protected-resource/mcp`)).json()).toMatchObject({ resource: `${bare}/mcp` });
  });
});
