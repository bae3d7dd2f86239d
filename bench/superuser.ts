/** SQL as a superuser of the product's database, wherever that is. */
import { join } from 'node:path';
import { Client } from 'pg';
import { lockFolder, openEmbedded } from '../src/database/embedded';

export type Sql = <Row>(text: string, values?: unknown[]) => Promise<{ rows: Row[] }>;

export async function withServer<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return work((text, values) => client.query(text, values) as never).finally(() => client.end());
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
