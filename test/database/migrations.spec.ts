import { DataSource } from 'typeorm';
import { Config } from '../../src/config';
import { migrationSource, openEmbedded, type Place, Session, withFoundation } from '../../src/database';
import { MIGRATIONS } from '../../src/database/migrations';
import { TEST_SECRET } from '../support/app';
import { onDatabase, onServer, serverUrl, withDatabase } from '../support/server';

/** Everything that migrations make, in words that two databases have in common. */
const SCHEMA = `
  with space as (select oid, nspname from pg_namespace where nspname in ('platform', 'live', 'scenario', 'overlay')),
  relation as (select c.*, n.nspname, format('%s.%s', n.nspname, c.relname) as name from pg_class c join space n on n.oid = c.relnamespace where c.relname <> 'migration' and c.relname not like 'migration\\_%')
  select format('%s %s', r.relkind, r.name) || coalesce(' ' || r.relacl::text, '') || case when r.relrowsecurity then ' rls' else '' end || case when r.relforcerowsecurity then ' forced' else '' end as it from relation r
  union all select format('column %s.%s %s %s %s', r.name, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) || coalesce(' ' || a.attacl::text, '')
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum where r.relkind in ('r', 'v', 'p')
  union all select format('rule %s %s %s', r.name, c.conname, pg_get_constraintdef(c.oid)) from relation r join pg_constraint c on c.conrelid = r.oid
  union all select format('index %s', pg_get_indexdef(i.indexrelid)) from relation r join pg_index i on i.indrelid = r.oid
  union all select format('policy %s %s %s %s %s %s', r.name, p.polname, p.polcmd, array(select rolname from pg_roles where oid = any (p.polroles) order by 1), pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) from relation r join pg_policy p on p.polrelid = r.oid
  union all select format('trigger %s %s', r.name, pg_get_triggerdef(t.oid)) from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
  union all select format('view %s %s', r.name, pg_get_viewdef(r.oid)) from relation r where r.relkind = 'v'
  union all select format('function %s %s', n.nspname, pg_get_functiondef(p.oid)) || coalesce(' ' || p.proacl::text, '') from pg_proc p join space n on n.oid = p.pronamespace
  order by 1`;

/** The last way back: what is before has its own (the errors of these two say to drop the database). */
const [FIRST, SCENARIOS] = [MIGRATIONS[0]!, MIGRATIONS.find(({ name }) => name.startsWith('Scenarios'))!];

describe('migrations', () => {
  let source: DataSource;
  let end: () => Promise<void>;

  beforeEach(async () => {
    const { place, drop } = await emptyPlace();
    await withFoundation(Config.from({ APP_SECRET: TEST_SECRET, DATABASE_URL: place.kind === 'server' ? place.url : '' }), place, () =>
      Promise.resolve(),
    );
    source = await migrationSource(place).initialize();
    end = async () => {
      await source.destroy();
      await drop();
    };
  });
  afterEach(() => end());

  const up = (): Promise<unknown> => source.runMigrations({ transaction: 'each' });
  const schema = async (): Promise<string[]> => (await source.query<{ it: string }[]>(SCHEMA)).map(({ it: one }) => one);
  const done = async (): Promise<string[]> =>
    (await source.query<{ name: string }[]>('select name from platform.migration order by id')).map(({ name }) => name);

  /** As far as there is a way back; what has none says so, and changes nothing. */
  async function down(to: string): Promise<void> {
    while ((await done()).at(-1) !== to) await source.undoLastMigration({ transaction: 'each' });
    const left = await schema();
    await expect(source.undoLastMigration({ transaction: 'each' })).rejects.toThrow(/no way back: drop the database/);
    expect(await schema()).toEqual(left);
  }

  it('go back to that of scenarios, one by one, and forth again to the same', async () => {
    await up();
    const before = await schema();
    expect(before.length).toBeGreaterThan(1_000);
    await down(SCENARIOS.name);
    await up();
    expect(await schema()).toEqual(before);
  });

  it('from before scenarios go back to the first', async () => {
    const some = new DataSource({ ...source.options, migrations: MIGRATIONS.slice(0, MIGRATIONS.indexOf(SCENARIOS)) });
    await source.destroy();
    source = await some.initialize();
    await up();
    const before = await schema();
    await down(FIRST.name);
    await up();
    expect(await schema()).toEqual(before);
  });
});

async function emptyPlace(): Promise<{ place: Place; drop: () => Promise<unknown> }> {
  if (!onServer) {
    const session = new Session(await openEmbedded({}));
    return { place: { kind: 'embedded', session }, drop: () => session.database.close() };
  }
  const name = `flowstate_test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await onDatabase(serverUrl, (client) => client.query(`create database ${name}`));
  return {
    place: { kind: 'server', url: withDatabase(serverUrl, name) },
    drop: () => onDatabase(serverUrl, (client) => client.query(`drop database ${name} with (force)`)),
  };
}
