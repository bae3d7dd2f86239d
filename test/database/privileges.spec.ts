import { Config } from '../../src/config';
import { type CallScope, Database, OverPrivilegedError } from '../../src/database';
import { itOnServer, TestDatabase, testDatabase } from '../support/database';
import { onServer } from '../support/server';
import { createTenant, createUser, TestTenant } from '../support/people';

/** Raw SQL through the very transaction that a tool gets: what the database itself refuses, whatever our code does. */
describe('the transaction of an MCP call', () => {
  let db: TestDatabase;
  let database: Database;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    db = await testDatabase();
    database = await db.open(Config.from({ APP_SECRET: 'a secret of the tests, long enough', DATABASE_URL: db.url }));
    acme = await createTenant(db);
    globex = await createTenant(db);
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await db.drop();
  });

  const scope = (): CallScope => ({
    ...{ orgId: acme.orgId, tenantId: acme.id, userId: 'usr_x' },
    ...{ seesPay: true, seesMoney: true, seesPlans: 'all' },
  });
  const call = <T>(sql: string, write = true): Promise<T> => database.call({ ...scope(), write }, (manager) => manager.query<T>(sql));

  it('MCP-4 MCP-9 cannot write a single live or platform table, even when it is not read only', async () => {
    const tables = await db.admin<{ name: string; updatable: string }>(
      `select format('%I.%I', schemaname, tablename) as name,
        (select quote_ident(column_name) from information_schema.columns c where c.table_schema = schemaname and c.table_name = tablename and c.is_identity = 'NO' order by ordinal_position limit 1) as updatable
       from pg_tables where schemaname in ('live', 'platform')`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name, updatable } of tables) {
      await expect(call(`delete from ${name}`)).rejects.toThrow(/permission denied/);
      await expect(call(`update ${name} set ${updatable} = ${updatable}`)).rejects.toThrow(/permission denied/);
      await expect(call(`insert into ${name} default values`)).rejects.toThrow(/permission denied/);
      await expect(call(`truncate ${name}`)).rejects.toThrow(/permission denied/);
    }
  });

  it('is read only for a reading tool', async () => {
    await expect(call('create temporary table t (a int)', false)).rejects.toThrow(/read-only transaction/);
  });

  it('cannot become another role', async () => {
    for (const role of ['flowstate_app', 'flowstate_owner', 'flowstate_audit', 'flowstate_gate']) {
      await expect(call(`set local role ${role}`)).rejects.toThrow(/permission denied|must be/);
    }
    await expect(call(`create schema mine`)).rejects.toThrow(/permission denied/);
    await expect(call(`create table live.mine (a int)`)).rejects.toThrow(/permission denied/);
    await expect(call(`create function live.f() returns int language sql return 1`)).rejects.toThrow(/permission denied/);
  });

  itOnServer('cannot leave its login', async () => {
    const names = await database.call(scope(), async (manager) => {
      await manager.query('reset role');
      await manager.query('reset session authorization');
      return manager.query<object[]>('select current_user as name, session_user as login');
    });
    expect(names).toEqual([{ name: 'flowstate_mcp', login: 'flowstate_mcp' }]);
    await expect(call('set session authorization postgres')).rejects.toThrow(/permission denied/);
  });

  it('sees its own organization only, however it asks', async () => {
    const ids = await call<{ id: string }[]>('select id from platform.organization');
    expect(ids).toEqual([{ id: acme.orgId }]);
    await expect(call('select * from platform.app_user')).rejects.toThrow(/permission denied/);
    await expect(call('select * from platform.oauth_grant')).rejects.toThrow(/permission denied/);
  });

  it('forgets the organization when it ends, so that the next user of the connection starts with none', async () => {
    await call('select 1');
    const rows = await database.gate<{ org: string | null; count: number }>(
      `select nullif(current_setting('app.org_id', true), '') as org, (select count(*) from platform.organization) as count`,
      [],
    );
    expect(rows).toEqual([{ org: null, count: 0 }]);
  });

  it('is committed by nothing but its end: a save in the middle keeps role and organization', async () => {
    await createUser(db, 'viewer', acme.orgId);
    await database.app({ orgId: acme.orgId, tenantId: acme.id }, async (manager) => {
      const before = await manager.query<{ id: string }[]>('select pg_current_xact_id()::text as id');
      await manager.transaction((inner) => inner.query('update platform.organization set version = version + 1'));
      const after = await manager.query<{ id: string; org: string }[]>(
        `select pg_current_xact_id()::text as id, current_setting('app.org_id') as org`,
      );
      expect(after).toEqual([{ ...before[0], org: acme.orgId }]);
    });
  });

  it('rolls everything back when the work fails', async () => {
    const work = database.app({ tenantId: globex.id }, async (manager) => {
      await manager.query(`update platform.organization set name = 'changed' where id = $1`, [globex.orgId]);
      throw new Error('after the write');
    });
    await expect(work).rejects.toThrow('after the write');
    expect(await db.admin('select name from platform.organization where id = $1', [globex.orgId])).toEqual([{ name: globex.orgName }]);
  });

  itOnServer('MCP-11 ends a statement after five seconds', async () => {
    await expect(call('select pg_sleep(30)')).rejects.toThrow(/statement timeout/);
  });

  itOnServer('cancels the statement of a caller who has hung up', async () => {
    const hangUp = new AbortController();
    setTimeout(() => hangUp.abort(), 200);
    const started = Date.now();
    const work = database.call(scope(), (manager) => manager.query('select pg_sleep(4)'), hangUp.signal);
    await expect(work).rejects.toThrow(/canceling statement/);
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  itOnServer('start-up refuses a login that is mightier than it should be', async () => {
    const config = Config.from({ APP_SECRET: 'a secret of the tests, long enough', DATABASE_URL: db.url, DATABASE_MCP_URL: db.url });
    await expect(db.open(config)).rejects.toThrow(OverPrivilegedError);
  });
});

/** TEN-3: rules that hold for every table there is and every table that will be. */
describe('every table', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    const database = await db.open(Config.from({ APP_SECRET: 'a secret of the tests, long enough', DATABASE_URL: db.url }));
    if (onServer) await database.onApplicationShutdown();
  });
  afterAll(() => db.drop());

  it('TEN-3 has row level security enabled and forced, and a policy', async () => {
    const open = await db.admin(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('live', 'platform', 'scenario', 'overlay') and c.relkind in ('r', 'p') and c.relname <> 'migration'
         and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`,
    );
    expect(open).toEqual([]);
  });

  it('TEN-3 with an organization checks it on reading and on writing, and begins its key with it', async () => {
    const faults = await db.admin(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'live' and c.relkind = 'r' and (
         not exists (select from pg_policy p where p.polrelid = c.oid and p.polqual is not null and p.polwithcheck is not null)
         or not exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and a.attname = 'org_id'))`,
    );
    expect(faults).toEqual([]);
  });

  /** Platform-wide by nature (migrations/platform): tenants and accounts themselves, keys, failed sign-ins. */
  const SHARED = ['app_user', 'sign_in_failure', 'signing_key', 'tenant'];

  it('TEN-3 of a tenant limits each role that may read or write it, by USING and by WITH CHECK', async () => {
    const open = await db.admin<{ fault: string }>(
      `with scoped as (
         select c.oid, n.nspname || '.' || c.relname as name, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('live', 'platform', 'scenario', 'overlay') and c.relkind in ('r', 'p') and c.relname <> 'migration'),
       granted as (
         select s.*, r.oid as role, r.rolname, p.command, p.letter from scoped s, pg_roles r,
           (values ('select', 'r'), ('insert', 'a'), ('update', 'w'), ('delete', 'd')) p (command, letter)
         where r.rolname in ('flowstate_app', 'flowstate_mcp', 'flowstate_whatif', 'flowstate_audit') and has_table_privilege(r.oid, s.oid, p.command))
       select format('%s: %s may %s everything', name, rolname, command) as fault from granted g
       where relname <> all ($1) and not (rolname = 'flowstate_audit' and command = 'insert') and exists (
         select from pg_policy p where p.polrelid = g.oid and (g.role = any (p.polroles) or 0 = any (p.polroles)) and p.polcmd in (g.letter, '*')
           and (case when command = 'insert' then pg_get_expr(p.polwithcheck, p.polrelid) else pg_get_expr(p.polqual, p.polrelid) end = 'true'
             or command = 'update' and coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'true') = 'true'))`,
      [SHARED],
    );
    expect(open).toEqual([]);
  });

  it('TEN-3 refuses a row of another tenant to who may write rows of one', async () => {
    const database = await db.open(Config.from({ APP_SECRET: 'a secret of the tests, long enough', DATABASE_URL: db.url }));
    const [acme, globex] = [await createTenant(db), await createTenant(db)];
    const as = (sql: string): Promise<unknown> =>
      database.app({ orgId: acme.orgId, tenantId: acme.id, realm: acme.id, userId: 'usr_x' }, (manager) => manager.query(sql));
    for (const sql of [
      `insert into platform.oauth_client (id, realm, name, redirect_uris, auth_method) values ('mcp_x', '${globex.id}', 'x', '{}', 'none')`,
      `insert into platform.organization (id, tenant_id, name) values ('org_x', '${globex.id}', 'x')`,
      `insert into platform.role (org_id, name, permissions) values ('${globex.orgId}', 'x', '{}')`,
      `insert into platform.browser_session (id_hash, realm, user_id) values ('x', '${globex.id}', 'usr_x')`,
      `insert into live.team (id, org_id, name) values ('team_x', '${globex.orgId}', 'x')`,
    ])
      await expect(as(sql)).rejects.toThrow(/row-level security/);
    for (const table of ['organization', 'role', 'membership', 'oauth_client', 'oauth_grant', 'browser_session', 'audit_event'])
      expect([table, JSON.stringify(await as(`select t::text from platform.${table} t`)).includes(globex.id)]).toEqual([table, false]);
    if (onServer) await database.onApplicationShutdown();
  });
});
