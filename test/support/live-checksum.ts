import type { TestDatabase } from './database';

/** A checksum of each live table, read past the product: what no tool may change. */
export async function liveChecksum(db: TestDatabase): Promise<Readonly<Record<string, string>>> {
  const tables = await db.admin<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'live'::regnamespace and relkind = 'r' order by 1`,
  );
  const sums = tables.map(
    ({ name }) => `(select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from live.${name} t) as "${name}"`,
  );
  const [row] = await db.admin<Record<string, string>>(`select ${sums.join(', ')}`);
  return row ?? {};
}
