import { HousekeepingService } from '../../src/oauth';
import { startApp, TestApp } from '../support/app';
import { Browser } from '../support/browser';
import { authorize, Client, connect, decodeJwt, pkce, refresh, register, revoke, statusAt, Tokens } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('revocation (RFC 7009)', () => {
  let app: TestApp;
  let tenant: TestTenant;
  let user: TestUser;
  let client: Client;
  let origin: string;
  beforeAll(async () => {
    app = await startApp({ TRUST_PROXY: '127.0.0.1' });
    tenant = await createTenant(app.db);
    user = await createUser(app.db, 'member', tenant.orgId);
    origin = app.origin(tenant.slug);
    client = await register(origin);
  });
  afterAll(() => app.close());

  it('REV-1 ends the whole connection by its refresh token, and by its access token', async () => {
    for (const kind of ['refresh_token', 'access_token'] as const) {
      const tokens = await connect(origin, user, { client });
      expect((await revoke(origin, client, tokens[kind])).status).toBe(200);
      expect(await statusAt(origin, tokens.access_token)).toBe(401);
      expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(400);
    }
  });

  it('REV-1 is satisfied with a token it does not know, not with an unknown client', async () => {
    expect((await revoke(origin, client, 'fsr_unknown')).status).toBe(200);
    const tokens = await connect(origin, user, { client });
    const wrong = await revoke(origin, { ...client, secret: undefined }, tokens.refresh_token);
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ error: 'invalid_client' });
    expect(await statusAt(origin, tokens.access_token)).toBe(200);
  });

  it('REV-2 ignores the type hint', async () => {
    const tokens = await connect(origin, user, { client });
    expect((await revoke(origin, client, tokens.refresh_token, { token_type_hint: 'nonsense' })).status).toBe(200);
    expect(await statusAt(origin, tokens.access_token)).toBe(401);
  });

  it('REV-3 revokes nothing of another client', async () => {
    const tokens = await connect(origin, user, { client });
    const other = await register(origin);
    for (const value of [tokens.refresh_token, tokens.access_token]) expect((await revoke(origin, other, value)).status).toBe(200);
    expect(await statusAt(origin, tokens.access_token)).toBe(200);
    expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(200);
  });

  it('RT-9 does not swallow an error while revoking, at any place, and revokes when tried again', async () => {
    const tokens = await connect(origin, user, { client });
    const third = async (): Promise<Tokens> => {
      const second = (await (await refresh(origin, client, tokens.refresh_token)).json()) as Tokens;
      return (await (await refresh(origin, client, second.refresh_token)).json()) as Tokens;
    };
    const newest = await third();
    await app.db.admin(
      `create function platform.disk_full() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`,
    );
    await app.db.admin(
      'create trigger disk_full before update of revoked_at on platform.oauth_grant for each row execute function platform.disk_full()',
    );
    const browser = new Browser();
    const page = await browser.submit(await browser.get(`${origin}/sign-in`), { email: user.email, password: user.password }, 'password');
    const form = page.forms.find(({ action }) => action.includes(String(decodeJwt(tokens.access_token).claims['gid'])))!;
    const failed = [
      (await revoke(origin, client, newest.refresh_token)).status,
      (await refresh(origin, client, tokens.refresh_token)).status,
      (await browser.post(origin + form.action, form.fields)).status,
    ];
    expect(failed).toEqual([500, 500, 500]);
    expect(await statusAt(origin, newest.access_token)).toBe(200);
    await app.db.admin('drop trigger disk_full on platform.oauth_grant');
    expect((await revoke(origin, client, newest.refresh_token)).status).toBe(200);
    expect(await statusAt(origin, newest.access_token)).toBe(401);
  });

  it('forgets an approved connection that its client never came for', async () => {
    const { challenge } = pkce();
    await authorize(origin, user, client, challenge);
    await app.db.admin("update platform.oauth_grant set created_at = created_at - interval '2 days' where last_used_at is null");
    await app.app.get(HousekeepingService, { strict: false }).run();
    expect(await app.db.admin('select 1 from platform.oauth_grant where last_used_at is null')).toHaveLength(0);
  });
});
