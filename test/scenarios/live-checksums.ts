import type { TestDatabase } from '../support/database';

/** A hash of every live table, and the organization's revision: whatever writes live data changes it. */
export async function liveChecksums({ admin }: Pick<TestDatabase, 'admin'>): Promise<Record<string, string>> {
  const tables = await admin<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'live' and c.relkind = 'r' union all select 'platform.organization' order by 1`,
  );
  const hashes = tables.map(
    ({ name }) => `select '${name}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${name} t`,
  );
  const rows = await admin<{ name: string; hash: string }>(hashes.join(' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}
