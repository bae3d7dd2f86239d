import { startApp, TestApp } from '../support/app';
import { connect, decodeJwt, refresh, revoke, statusAt } from '../support/oauth-flow';
import { createOrganization, createTenant, createUser } from '../support/people';

describe('the way of a client', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('goes from registration over sign-in and consent to a token that MCP accepts', async () => {
    const tenant = await createTenant(app.db);
    const user = await createUser(app.db, 'member', tenant.orgId);
    const origin = app.origin(tenant.slug);
    const connection = await connect(origin, user);
    expect(connection.scope).toBe('openid profile');
    const { header, claims } = decodeJwt(connection.access_token);
    expect(header).toMatchObject({ typ: 'at+jwt', alg: 'RS256', kid: expect.any(String) });
    expect(claims).toMatchObject({
      iss: origin,
      aud: `${origin}/api/mcp`,
      sub: user.id,
      client_id: connection.client.id,
      tid: tenant.id,
      org: tenant.orgId,
    });
    expect(await statusAt(origin, connection.access_token)).toBe(200);

    const again = await refresh(origin, connection.client, connection.refresh_token);
    expect(again.status).toBe(200);
    expect((await revoke(origin, connection.client, connection.refresh_token)).status).toBe(200);
    expect(await statusAt(origin, connection.access_token)).toBe(401);
  });

  it('offers every organization with MCP on the bare host, and binds the token to the picked one', async () => {
    const [one, two] = [await createTenant(app.db), await createTenant(app.db)];
    const closed = await createTenant(app.db, { mcp: false });
    await createOrganization(app.db, one.id, `${one.orgId}_labs`, 'Labs');
    const user = await createUser(app.db, 'viewer', one.orgId, `${one.orgId}_labs`, two.orgId, closed.orgId);
    const origin = app.origin();
    const connection = await connect(origin, user, { organization: two.orgId });
    expect(decodeJwt(connection.access_token).claims).toMatchObject({ iss: origin, aud: `${origin}/api/mcp`, tid: two.id, org: two.orgId });
    expect(await statusAt(origin, connection.access_token)).toBe(200);
    expect(await statusAt(app.origin(two.slug), connection.access_token)).toBe(401);
    await expect(connect(origin, user, { organization: closed.orgId })).rejects.toThrow();
  });
});
