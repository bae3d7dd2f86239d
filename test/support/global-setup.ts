import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../src/config';
import { openDatabase, openEmbedded, openSession, Session } from '../../src/database';
import { onDatabase, onServer, serverUrl, withDatabase } from './server';

/** Migrates once; each test file then starts from a copy. */
export default async function globalSetup(): Promise<void> {
  const secret = 'a secret of the tests, long enough';
  if (onServer) {
    const name = `flowstate_template_${process.pid}`;
    process.env['FLOWSTATE_TEST_TEMPLATE'] = name;
    await onDatabase(serverUrl, (client) => client.query(`create database ${name}`));
    const database = await openDatabase(Config.from({ APP_SECRET: secret, DATABASE_URL: withDatabase(serverUrl, name) }));
    await database.onApplicationShutdown();
    return;
  }
  const embedded = await openEmbedded({});
  const database = await openSession(Config.from({ APP_SECRET: secret }), new Session(embedded));
  const dump = await embedded.dumpDataDir('none');
  await database.onApplicationShutdown();
  const file = join(mkdtempSync(join(tmpdir(), 'flowstate-test-')), 'snapshot.tar');
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
  process.env['FLOWSTATE_TEST_SNAPSHOT'] = file;
}
