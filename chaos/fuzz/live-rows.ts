import { join } from 'node:path';
import { openEmbedded } from '../../src/database';
import { onDatabase } from '../../test/support/server';

const TABLES = `select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname = 'live' or (schemaname = 'platform' and tablename in ('tenant', 'organization', 'app_user', 'role', 'membership'))
  order by 1`;

type Ask = (sql: string) => Promise<Record<string, unknown>[]>;

/** A checksum of every row that no request may change, read past the product as a superuser. */
export async function liveRows(place: { databaseUrl: string } | { dataDir: string }): Promise<string> {
  if ('databaseUrl' in place)
    return onDatabase(place.databaseUrl, (client) => checksum(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows));
  const database = await openEmbedded({ folder: join(place.dataDir, 'pglite') });
  try {
    return await checksum(async (sql) => (await database.query<Record<string, unknown>>(sql)).rows);
  } finally {
    await database.close();
  }
}

async function checksum(ask: Ask): Promise<string> {
  const lines: string[] = [];
  for (const { name } of await ask(TABLES)) {
    const [row] = await ask(
      `select count(*) as rows, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum from ${String(name)} t`,
    );
    lines.push(`${String(name)} ${String(row?.['rows'])} ${String(row?.['sum'])}`);
  }
  return lines.join('\n');
}
