/** SQL as a superuser of the product's database, wherever that is. */
import { join } from 'node:path';
import { lockFolder, openEmbedded } from '../src/database/embedded';
import { onDatabase } from '../test/support/server';

export type Sql = <Row>(text: string, values?: unknown[]) => Promise<{ rows: Row[] }>;

export function withServer<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return onDatabase(url, (client) => work((text, values) => client.query(text, values) as never));
}

/** While the product is stopped: one process has an embedded database at a time. */
export async function withEmbedded<T>(dataDir: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const unlock = lockFolder(dataDir);
  const database = await openEmbedded({ folder: join(dataDir, 'pglite') });
  return work((text, values) => database.query(text, values)).finally(async () => {
    await database.close();
    unlock();
  });
}
