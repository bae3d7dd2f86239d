import { Client } from 'pg';
import { ServerClient } from '../../src/database/server-client';
import { itOnServer, TestDatabase, testDatabase } from '../support/database';

describe('a statement', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());

  itOnServer('is prepared once for each world, and not anew when a connection comes back to one', async () => {
    const client = new ServerClient({ connectionString: db.url }) as unknown as Client;
    await client.connect();
    try {
      const text = 'select id from team where org_id = $1';
      const prepared = async (): Promise<unknown[]> =>
        (await client.query('select prepare_time::text as at from pg_prepared_statements where statement = $1 order by 1', [text])).rows;
      for (const world of ['live', 'scenario']) {
        await client.query(`select set_config('search_path', '${world}, platform, pg_temp', false)`);
        await client.query(text, ['org_none']);
      }
      const first = await prepared();
      expect(first).toHaveLength(2);
      for (const world of ['live', 'scenario', 'live']) {
        await client.query(`select set_config('search_path', '${world}, platform, pg_temp', false)`);
        await client.query(text, ['org_none']);
      }
      expect(await prepared()).toEqual(first);
    } finally {
      await client.end();
    }
  });
});
