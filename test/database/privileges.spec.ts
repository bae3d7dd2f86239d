import { Config } from '../../src/config';
import { type CallScope, Database, newId, OverPrivilegedError } from '../../src/database';
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
    ...{ seesPay: true, seesMoney: true, seesPlans: 'all' as const },
  });
  const call = <T>(sql: string, write = true, planId?: string): Promise<T> =>
    database.call({ ...scope(), write: write ? 'keep' : undefined, ...(planId !== undefined && { planId }) }, (manager) =>
      manager.query<T>(sql),
    );
  const plan = async (ownerId: string, status = 'DRAFT'): Promise<{ id: string }> => {
    await db.admin(`insert into platform.app_user (id, email, email_norm, name) values ($1, $1, $1, 'User') on conflict do nothing`, [
      ownerId,
    ]);
    const id = newId('plan');
    await db.admin(`insert into platform.plan (org_id, id, title, owner_id, status) values ($1, $2, 'Plan', $3, $4)`, [
      acme.orgId,
      id,
      ownerId,
      status,
    ]);
    return { id };
  };

  /** Where MCP may write at all: scenarios, column by column. */
  const WRITABLE = ['platform.plan', 'platform.plan_act', 'platform.plan_change', 'platform.plan_comment', 'platform.plan_request'];

  it.each([['live'], ['what-if']])(
    'MCP-4 MCP-9 cannot write a single table but those of scenarios, in a %s call that is not read only',
    async (world) => {
      const planId = world === 'live' ? undefined : (await plan('usr_x')).id;
      const tables = await db.admin<{ name: string; updatable: string; kind: string }>(
        `select format('%I.%I', n.nspname, c.relname) as name, c.relkind as kind,
        (select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and attidentity = '' and not attisdropped order by attnum limit 1) as updatable
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('live', 'platform', 'scenario', 'overlay') and c.relkind in ('r', 'v', 'p')`,
      );
      expect(tables.length).toBeGreaterThan(80);
      for (const { name, updatable, kind } of tables) {
        const refused = /permission denied|cannot (delete from|update|insert into) view/;
        await expect(call(`delete from ${name}`, true, planId)).rejects.toThrow(refused);
        if (kind !== 'v') await expect(call(`truncate ${name}`, true, planId)).rejects.toThrow(refused);
        await expect(call(`update ${name} set ${updatable} = ${updatable}`, true, planId)).rejects.toThrow(refused);
        if (!WRITABLE.includes(name)) await expect(call(`insert into ${name} default values`, true, planId)).rejects.toThrow(refused);
      }
    },
  );

  it('holds no right to write but the few that a scenario needs, and none to make or own anything', async () => {
    const rights = await db.admin<{ held: string }>(
      `select format('%s %s %s', r.rolname, p.command, format('%I.%I', n.nspname, c.relname)) as held
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, pg_roles r, unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p (command)
       where n.nspname in ('live', 'platform', 'scenario', 'overlay') and c.relkind in ('r', 'v', 'p') and r.rolname in ('flowstate_mcp', 'flowstate_whatif')
         and (has_table_privilege(r.oid, c.oid, p.command) or p.command in ('insert', 'update', 'references') and has_any_column_privilege(r.oid, c.oid, p.command))
       union all
       select r.rolname || ' create in ' || n.nspname from pg_namespace n, pg_roles r
       where r.rolname in ('flowstate_mcp', 'flowstate_whatif') and n.nspname !~ '^pg_' and has_schema_privilege(r.oid, n.oid, 'create')
       union all
       select r.rolname || ' owns ' || c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('flowstate_mcp', 'flowstate_whatif')
       order by 1`,
    );
    expect(rights.map(({ held }) => held)).toEqual([
      'flowstate_mcp insert platform.plan',
      'flowstate_mcp insert platform.plan_act',
      'flowstate_mcp insert platform.plan_comment',
      'flowstate_mcp insert platform.plan_request',
      'flowstate_mcp update platform.plan',
      'flowstate_whatif insert platform.plan_act',
      'flowstate_whatif insert platform.plan_change',
      'flowstate_whatif insert platform.plan_comment',
      'flowstate_whatif insert platform.plan_request',
      'flowstate_whatif update platform.plan',
    ]);
    const columns = await db.admin<{ columns: string }>(
      `select grantee || ' ' || privilege_type || ' ' || table_name || ' ' || string_agg(column_name::text, ' ' order by column_name) as columns
       from information_schema.column_privileges where grantee in ('flowstate_mcp', 'flowstate_whatif') and privilege_type in ('INSERT', 'UPDATE') and table_name in ('plan', 'plan_change')
       group by grantee, privilege_type, table_name order by 1`,
    );
    expect(columns.map((row) => row.columns)).toEqual([
      'flowstate_mcp INSERT plan description id org_id owner_id source_plan_id title type',
      'flowstate_mcp UPDATE plan description title type',
      'flowstate_whatif INSERT plan_change cause entity entity_id id op org_id patch plan_id reason',
      'flowstate_whatif UPDATE plan description title type',
    ]);
  });

  it('can run no function that acts for the owner of the tables', async () => {
    const mighty = await db.admin<{ name: string }>(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname in ('live', 'platform', 'scenario', 'overlay') and p.prosecdef and p.prorettype <> 'trigger'::regtype
         and (has_function_privilege('flowstate_mcp', p.oid, 'execute') or has_function_privilege('flowstate_whatif', p.oid, 'execute'))
         and (has_schema_privilege('flowstate_mcp', n.oid, 'usage') or has_schema_privilege('flowstate_whatif', n.oid, 'usage'))`,
    );
    expect(mighty).toEqual([{ name: 'gate' }]);
  });

  it('changes a scenario by adding changes to it, and in no other way', async () => {
    const own = await plan('usr_x');
    const foreign = await plan('usr_y');
    const submitted = await plan('usr_x', 'PENDING_APPROVAL');
    const raw = (sql: string, planId = own.id): Promise<unknown> => call(sql, true, planId);
    const change = (planId: string, more = ''): string =>
      `insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch${more && ', ' + more.split('=')[0]})
       values ('${acme.orgId}', '${planId}', 'chg_' || left(translate(md5(random()::text), '0189', 'ghij'), 12), 'create', 'team', 'team_' || left(translate(md5(random()::text), '0189', 'ghij'), 12), '{"name": "T"}'${more && ', ' + more.split('=')[1]})`;
    await raw(change(own.id));
    for (const column of ['status', 'rev', 'content_hash', 'owner_id', 'merged_at', 'submitted_by'])
      await expect(raw(`update plan set ${column} = ${column} where id = '${own.id}'`)).rejects.toThrow(/permission denied/);
    for (const more of ['seq=99', `base='{}'`, 'base_version=9', 'at=now()', 'schema_version=7'])
      await expect(raw(change(own.id, more))).rejects.toThrow(/permission denied/);
    for (const sql of [
      'update plan_change set reason = $$x$$',
      'delete from plan_change',
      'update plan_state set patch = patch',
      'delete from plan_state',
    ])
      await expect(raw(sql)).rejects.toThrow(/permission denied/);
    await expect(raw(change(foreign.id))).rejects.toThrow(/only who owns|row-level security/);
    await expect(raw(`select set_config('app.plan_id', '${foreign.id}', true); ${change(foreign.id)}`)).rejects.toThrow(/only who owns/);
    await expect(raw(change(submitted.id), submitted.id)).rejects.toThrow(/status PENDING_APPROVAL/);
    await expect(raw(`update plan set title = 'x' where id = '${submitted.id}'`)).rejects.toThrow(/status PENDING_APPROVAL/);
    await raw(`update plan set title = 'mine now' where id = '${foreign.id}'`);
    await expect(
      raw(`insert into plan (org_id, id, title, owner_id) values ('${acme.orgId}', 'plan_aaaaaaaaaaaa', 'x', 'usr_x')`),
    ).rejects.toThrow(/permission denied/);
    await expect(
      call(`insert into plan (org_id, id, title, owner_id) values ('${acme.orgId}', 'plan_aaaaaaaaaaaa', 'x', 'usr_y')`),
    ).rejects.toThrow(/row-level security/);
    await expect(
      call(`insert into plan (org_id, id, title, owner_id) values ('${globex.orgId}', 'plan_aaaaaaaaaaaa', 'x', 'usr_x')`),
    ).rejects.toThrow(/row-level security/);
    await expect(
      call(
        `insert into plan (org_id, id, title, owner_id, status) values ('${acme.orgId}', 'plan_aaaaaaaaaaaa', 'x', 'usr_x', 'APPROVED')`,
      ),
    ).rejects.toThrow(/permission denied/);
    expect(
      await db.admin('select title, status, rev from platform.plan where id in ($1, $2, $3) order by rev desc, status', [
        own.id,
        foreign.id,
        submitted.id,
      ]),
    ).toEqual([
      { title: 'Plan', status: 'DRAFT', rev: 1 },
      { title: 'Plan', status: 'DRAFT', rev: 0 },
      { title: 'Plan', status: 'PENDING_APPROVAL', rev: 0 },
    ]);
  });

  it('shares and deletes only a draft of its user, and comments in no other name', async () => {
    const own = await plan('usr_x');
    const foreign = await plan('usr_y');
    const submitted = await plan('usr_x', 'PENDING_APPROVAL');
    await db.admin('insert into platform.plan_assignee values ($1, $2, $3)', [acme.orgId, foreign.id, 'usr_x']);
    const act = (id: string, what: string): Promise<unknown> =>
      call(`insert into plan_act (plan_id, act, members) values ('${id}', '${what}', '{}')`, true, own.id);
    for (const { id } of [foreign, submitted])
      for (const what of ['share', 'delete']) await expect(act(id, what)).rejects.toThrow(/only who owns/);
    await expect(act(own.id, 'approve')).rejects.toThrow(/no such act/);
    await expect(call(`insert into plan_act values ('${own.id}', 'share', '{usr_y}')`, true, own.id)).rejects.toThrow(/not a member/);
    const comment = (id: string, user: string, org = acme.orgId): Promise<unknown> =>
      call(
        `insert into plan_comment (org_id, id, plan_id, user_id, body) values ('${org}', 'cmt_aaaaaaaaaaaa', '${id}', '${user}', 'x')`,
        true,
        own.id,
      );
    await expect(comment(own.id, 'usr_y')).rejects.toThrow(/row-level security/);
    await expect(comment(own.id, 'usr_x', globex.orgId)).rejects.toThrow(/row-level security/);
    await expect(comment('plan_aaaaaaaaaaaa', 'usr_x')).rejects.toThrow(/row-level security/);
    await comment(own.id, 'usr_x');
    await act(own.id, 'delete');
    expect(await db.admin('select id from platform.plan where id in ($1, $2, $3) order by 1', [own.id, foreign.id, submitted.id])).toEqual(
      [{ id: foreign.id }, { id: submitted.id }].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  it('names the live tables in a what-if call no more than it could by leaving the scenario', async () => {
    const { id } = await plan('usr_x');
    await expect(call('select * from live.employee', true, id)).rejects.toThrow(/permission denied/);
    await expect(call('select * from overlay.employee', true, id)).rejects.toThrow(/permission denied/);
    for (const role of ['flowstate_app', 'flowstate_owner', 'flowstate_audit', 'flowstate_gate'])
      await expect(call(`reset role; set local role ${role}`, true, id)).rejects.toThrow(/permission denied|must be/);
  });

  it('lets a scenario go only the ways that a scenario goes', async () => {
    const { id } = await plan('usr_x');
    const to = (status: string): Promise<unknown> =>
      database.app({ orgId: acme.orgId, userId: 'usr_x' }, (manager) =>
        manager.query('update plan set status = $2 where id = $1', [id, status]),
      );
    for (const status of ['APPROVED', 'REJECTED', 'MERGED']) await expect(to(status)).rejects.toThrow(/does not go/);
    await to('PENDING_APPROVAL');
    await expect(to('MERGED')).rejects.toThrow(/does not go/);
    await to('APPROVED');
    await expect(to('REJECTED')).rejects.toThrow(/does not go/);
    await to('MERGED');
    for (const status of ['DRAFT', 'APPROVED', 'ARCHIVED']) await expect(to(status)).rejects.toThrow(/does not go/);
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

  it('asks nothing in its policies that would keep a statement from using several processors', async () => {
    const rows = await db.admin(
      `select distinct f.proname from pg_depend d join pg_proc f on f.oid = d.refobjid
       where d.classid = 'pg_policy'::regclass and d.refclassid = 'pg_proc'::regclass and f.proparallel <> 's'`,
    );
    expect(rows).toEqual([]);
  });

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
      `insert into platform.audit_event (id, kind, outcome, severity, tenant_id) values ('evt_x', 'sign_in', 'ok', 'info', '${globex.id}')`,
    ])
      await expect(as(sql)).rejects.toThrow(/row-level security/);
    for (const table of ['organization', 'role', 'membership', 'oauth_client', 'oauth_grant', 'browser_session', 'audit_event'])
      expect([table, JSON.stringify(await as(`select t::text from platform.${table} t`)).includes(globex.id)]).toEqual([table, false]);
    if (onServer) await database.onApplicationShutdown();
  });
});
