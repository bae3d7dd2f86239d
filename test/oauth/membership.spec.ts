import { MembershipsService } from '../../src/tenants';
import { startApp, TestApp } from '../support/app';
import { connect, refresh, statusAt } from '../support/oauth-flow';
import { createTenant, createUser } from '../support/people';

describe('a membership that ends', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('CONS-9 ends its connections for good: coming back does not revive them', async () => {
    const tenant = await createTenant(app.db);
    const origin = app.origin(tenant.slug);
    const user = await createUser(app.db, 'member', tenant.orgId);
    const connection = await connect(origin, user);
    const memberships = app.app.get(MembershipsService);
    await memberships.remove(tenant.orgId, user.id);
    expect(await statusAt(origin, connection.access_token)).toBe(401);
    await memberships.add(tenant.orgId, user.id, 'owner');
    expect(await statusAt(origin, connection.access_token)).toBe(401);
    expect((await refresh(origin, connection.client, connection.refresh_token)).status).toBe(400);
    expect(await statusAt(origin, (await connect(origin, user)).access_token)).toBe(200);
  });
});
