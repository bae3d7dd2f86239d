import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { onDatabase, onServer, serverUrl, template } from './server';

export default async function globalTeardown(): Promise<void> {
  if (onServer) await onDatabase(serverUrl, (client) => client.query(`drop database if exists ${template.database()} with (force)`));
  const snapshot = process.env['FLOWSTATE_TEST_SNAPSHOT'];
  if (snapshot) rmSync(dirname(snapshot), { recursive: true, force: true });
}
