import { createHash } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import { Client, connect, Connection, decodeJwt, postJson, refresh, register, revoke, statusAt, Tokens } from '../support/oauth-flow';
import { createTenant, createUser, TestTenant, TestUser } from '../support/people';

describe('token endpoint: refresh with rotation (RFC 6749 §6, RFC 9700 §4.14)', () => {
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

  const connected = (wishes: Parameters<typeof connect>[2] = {}): Promise<Connection> => connect(origin, user, { client, ...wishes });
  const rotated = async (value: string, over: Record<string, string> = {}): Promise<Tokens> => {
    const response = await refresh(origin, client, value, over);
    expect(response.status).toBe(200);
    return (await response.json()) as Tokens;
  };
  const refused = async (response: Response, error = 'invalid_grant'): Promise<void> => {
    expect(await response.json()).toMatchObject({ error });
    expect(response.status).toBe(400);
  };
  const grantOf = (tokens: Tokens): string => String(decodeJwt(tokens.access_token).claims['gid']);
  const shiftUse = (tokens: Tokens, seconds: number) =>
    app.db.admin(`update platform.refresh_token set used_at = used_at - make_interval(secs => $2) where grant_id = $1`, [
      grantOf(tokens),
      seconds,
    ]);

  it('RT-1 replaces the token, keeps the old one as a hash, and starts thirty new days', async () => {
    const first = await connected();
    const second = await rotated(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await statusAt(origin, second.access_token)).toBe(200);
    const rows = await app.db.admin<{ seq: number; days: number }>(
      'select seq, round(extract(epoch from expires_at - clock_timestamp()) / 86400)::int as days from platform.refresh_token where grant_id = $1 order by seq',
      [grantOf(first)],
    );
    expect(rows).toEqual([
      { seq: 1, days: 30 },
      { seq: 2, days: 30 },
    ]);
    const stored = await app.db.admin<{ hash: string; row: string }>(
      "select encode(hash, 'hex') as hash, r::text as row from platform.refresh_token r where grant_id = $1 order by seq",
      [grantOf(first)],
    );
    const values = [first.refresh_token, second.refresh_token];
    expect(stored.map(({ hash }) => hash)).toEqual(values.map((value) => createHash('sha256').update(value).digest('hex')));
    for (const { row } of stored) for (const value of values) expect(row).not.toContain(value.slice(4));
  });

  it('RT-2 ends the connection when an old token comes after the grace window', async () => {
    const first = await connected();
    const second = await rotated(first.refresh_token);
    await shiftUse(first, 121);
    await refused(await refresh(origin, client, first.refresh_token));
    await refused(await refresh(origin, client, second.refresh_token));
    expect(await statusAt(origin, second.access_token)).toBe(401);
    expect(
      (await app.db.admin("select severity from platform.audit_event where kind = 'token.reuse' and grant_id = $1", [grantOf(first)]))[0],
    ).toEqual({ severity: 'high' });
  });

  it('RT-3 gives fifty parallel refreshes one and the same successor', async () => {
    const first = await connected();
    const all = await Promise.all(Array.from({ length: 50 }, () => rotated(first.refresh_token)));
    expect(new Set(all.map((tokens) => tokens.refresh_token)).size).toBe(1);
    expect(await app.db.admin('select 1 from platform.refresh_token where grant_id = $1', [grantOf(first)])).toHaveLength(2);
    const late = await rotated(first.refresh_token);
    expect(late.refresh_token).toBe(all[0]!.refresh_token);
  });

  it('RT-3 still repeats the successor shortly before the window ends', async () => {
    const first = await connected();
    const second = await rotated(first.refresh_token);
    await shiftUse(first, 110);
    expect((await rotated(first.refresh_token)).refresh_token).toBe(second.refresh_token);
  });

  it('RT-4 ends the connection when an old token comes after its successor was used', async () => {
    const first = await connected();
    const third = await rotated((await rotated(first.refresh_token)).refresh_token);
    await refused(await refresh(origin, client, first.refresh_token));
    await refused(await refresh(origin, client, third.refresh_token));
  });

  it('RT-5 ends the connection for a grandparent within the window', async () => {
    const first = await connected();
    const second = await rotated(first.refresh_token);
    const third = await rotated(second.refresh_token);
    const fourth = await rotated(third.refresh_token);
    await refused(await refresh(origin, client, second.refresh_token));
    await refused(await refresh(origin, client, fourth.refresh_token));
    expect(await statusAt(origin, fourth.access_token)).toBe(401);
  });

  it('RT-6 knows the order of rotations that happened in one and the same instant', async () => {
    const first = await connected();
    const second = await rotated(first.refresh_token);
    const third = await rotated(second.refresh_token);
    await app.db.admin(
      `update platform.refresh_token set issued_at = date_trunc('second', clock_timestamp()),
         used_at = case when used_at is not null then date_trunc('second', clock_timestamp()) end where grant_id = $1`,
      [grantOf(first)],
    );
    expect((await rotated(second.refresh_token)).refresh_token).toBe(third.refresh_token);
    const fourth = await rotated(third.refresh_token);
    await refused(await refresh(origin, client, first.refresh_token));
    await refused(await refresh(origin, client, fourth.refresh_token));
    const seq = await app.db.admin<{ seq: number }>('select seq from platform.refresh_token where grant_id = $1 order by seq', [
      grantOf(first),
    ]);
    expect(seq.map((row) => row.seq)).toEqual([1, 2, 3, 4]);
  });

  it('RT-8 leaves no working token after a revocation that races with refreshes', async () => {
    for (let round = 0; round < 5; round++) {
      const first = await connected();
      const racing = Array.from({ length: 5 }, () => refresh(origin, client, first.refresh_token));
      expect((await revoke(origin, client, first.refresh_token)).status).toBe(200);
      for (const response of await Promise.all(racing)) {
        if (response.status !== 200) continue;
        const tokens = (await response.json()) as Tokens;
        expect(await statusAt(origin, tokens.access_token)).toBe(401);
        await refused(await refresh(origin, client, tokens.refresh_token));
      }
    }
  });

  it('RT-10 narrows an access token on request and keeps the connection as it was; never widens', async () => {
    const first = await connected({ scope: 'openid profile people.read teams.read' });
    const second = await rotated(first.refresh_token, { scope: 'openid people.read' });
    expect(second.scope).toBe('openid people.read');
    expect(decodeJwt(second.access_token).claims['scope']).toBe('openid people.read');
    await refused(await refresh(origin, client, second.refresh_token, { scope: 'openid costs.read' }), 'invalid_scope');
    expect((await rotated(second.refresh_token)).scope).toBe('openid profile people.read teams.read');
  });

  it('RT-11 keeps the two kinds of token apart', async () => {
    const tokens = await connected();
    expect(await statusAt(origin, tokens.refresh_token)).toBe(401);
    await refused(await refresh(origin, client, tokens.access_token));
    expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(200);
  });

  it('RT-12 does not take a token from another client, and does not mind', async () => {
    const tokens = await connected();
    await refused(await refresh(origin, await register(origin), tokens.refresh_token));
    expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(200);
  });

  it('RT-13 refuses once the user lost the right to connect, without spending the token', async () => {
    const tokens = await connected();
    await app.db.admin(`insert into platform.role (org_id, name, permissions) values ($1, 'nothing', '{}')`, [tenant.orgId]);
    await app.db.admin("update platform.membership set role = 'nothing' where user_id = $1", [user.id]);
    await refused(await refresh(origin, client, tokens.refresh_token));
    await app.db.admin('delete from platform.membership where user_id = $1', [user.id]);
    await refused(await refresh(origin, client, tokens.refresh_token));
    await app.db.admin("insert into platform.membership (org_id, user_id, role) values ($1, $2, 'member')", [tenant.orgId, user.id]);
    expect((await refresh(origin, client, tokens.refresh_token)).status).toBe(200);
  });

  it('RT-13 refuses on the bare host while the tenant is switched off, and works again afterwards', async () => {
    const bare = app.origin();
    const tokens = await connect(bare, user);
    const toggle = (on: boolean) =>
      app.db.admin('update platform.tenant set features = $2 where id = $1', [tenant.id, JSON.stringify({ mcp_external_access: on })]);
    await toggle(false);
    const off = await refresh(bare, tokens.client, tokens.refresh_token);
    expect(off.status).toBe(403);
    expect(await off.json()).toEqual({
      error: 'mcp_disabled',
      error_description: 'MCP external access is not enabled for this organization',
    });
    expect(await statusAt(bare, tokens.access_token)).toBe(403);
    await toggle(true);
    expect(await statusAt(bare, tokens.access_token)).toBe(200);
    expect((await refresh(bare, tokens.client, tokens.refresh_token)).status).toBe(200);
  });

  it('RT-13 refuses once the tenant is suspended or its plan has no MCP, and works again afterwards', async () => {
    const bare = app.origin();
    const [here, there] = [await connected(), await connect(bare, user)];
    const change = (sql: string): Promise<unknown> => app.db.admin(`update platform.tenant set ${sql} where id = $1`, [tenant.id]);
    await change("status = 'suspended'");
    expect((await refresh(origin, client, here.refresh_token)).status).toBe(404);
    await refused(await refresh(bare, there.client, there.refresh_token));
    await change("status = 'active', plan = 'free'");
    expect((await refresh(origin, client, here.refresh_token)).status).toBe(404);
    expect((await refresh(bare, there.client, there.refresh_token)).status).toBe(403);
    await change("plan = 'business'");
    expect((await refresh(origin, client, here.refresh_token)).status).toBe(200);
    expect((await refresh(bare, there.client, there.refresh_token)).status).toBe(200);
  });

  it('RT-13 reduces what the tokens may do when the role may do less', async () => {
    const clerk = await createUser(app.db, 'finance', tenant.orgId);
    const tokens = await connect(origin, clerk, { client });
    await app.db.admin("update platform.membership set role = 'viewer' where user_id = $1", [clerk.id]);
    const renewed = await rotated(tokens.refresh_token);
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'rank_employees', arguments: { by: 'salary' } } };
    const answer = await postJson(`${origin}/api/mcp`, call, { authorization: `Bearer ${renewed.access_token}` });
    expect(await answer.text()).toContain('PERMISSION_DENIED');
  });

  it('ends after thirty days without use', async () => {
    const tokens = await connected();
    await app.db.admin("update platform.refresh_token set expires_at = expires_at - interval '30 days' where grant_id = $1", [
      grantOf(tokens),
    ]);
    await refused(await refresh(origin, client, tokens.refresh_token));
  });

  it('works for a public client', async () => {
    const open = await register(origin, { token_endpoint_auth_method: 'none' });
    const tokens = await connect(origin, user, { client: open });
    expect((await refresh(origin, open, tokens.refresh_token)).status).toBe(200);
  });
});
