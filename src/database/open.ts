import { Client } from 'pg';
import { join } from 'node:path';
import { Config } from '../config';
import { loginPassword, migrationSource, Place } from './data-source';
import { Database } from './database';
import { lockFolder, openEmbedded } from './embedded';
import { Session } from './exclusive-pool';
import { foundation } from './roles';
import { assertSameWorlds } from './worlds';

/** Opens the database that the configuration names, brings its roles and tables up to date, and logs in. */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.set.databaseUrl) {
    const place: Place = { kind: 'server', url: config.set.databaseUrl };
    await prepare(config, place);
    return Database.open(config, place, () => Promise.resolve());
  }
  const unlock = lockFolder(config.set.dataDir);
  try {
    const session = new Session(await openEmbedded({ folder: join(config.set.dataDir, 'pglite') }));
    return await openSession(config, session, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The same over an embedded session that is already open (tests keep theirs in memory). */
export async function openSession(config: Config, session: Session, closed: () => void = () => undefined): Promise<Database> {
  const place: Place = { kind: 'embedded', session };
  await prepare(config, place);
  return Database.open(config, place, async () => {
    await session.database.close();
    closed();
  });
}

/** Roles, schemas, migrations. Replicas that start together wait for each other at the advisory lock. */
async function prepare(config: Config, place: Place): Promise<void> {
  await withFoundation(config, place, async () => {
    const source = await migrationSource(place).initialize();
    try {
      await source.runMigrations({ transaction: 'each' });
      await assertSameWorlds(source);
    } finally {
      await source.destroy();
    }
  });
}

/** Makes roles and schemas where they are missing, then does the work that stands on them, one process at a time. */
export async function withFoundation(config: Config, place: Place, work: () => Promise<void>): Promise<void> {
  const sql = foundation((login) => loginPassword(config, login));
  if (place.kind === 'embedded') {
    await place.session.database.exec(sql);
    return work();
  }
  const client = new Client({ connectionString: place.url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7310001)');
    await client.query(sql);
    await work();
  } finally {
    await client.end();
  }
}
