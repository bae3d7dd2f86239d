import type { DataSource } from 'typeorm';

/** A live table and its counterpart for scenarios have come apart; the message says which and what to do. */
class WorldsDifferError extends Error {
  override readonly name = 'WorldsDifferError';
}

/** Tables of live that no query of a call reads. */
const WITHOUT_SCENARIO = ['cost_dirty', 'headcount_part'];

/** Columns that one of the two has and the other has not, or has with another type. */
const DIFFERENCES = `
  with columns as (
    select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('live', 'scenario') and c.relkind in ('r', 'v', 'p') and not c.relispartition and c.relname <> all ($1)
      and a.attname <> 'plan_id'
  )
  select distinct coalesce(l.relname, s.relname) as name
  from (select * from columns where nspname = 'live') l
  full join (select * from columns where nspname = 'scenario') s on s.relname = l.relname and s.attname = l.attname and s.type = l.type
  where l.relname is null or s.relname is null order by 1`;

/** Refuses to start where a migration changed a live table and forgot the world of scenarios (migrations/scenarios/follow.ts). */
export async function assertSameWorlds(source: DataSource): Promise<void> {
  const names = (await source.query<{ name: string }[]>(DIFFERENCES, [WITHOUT_SCENARIO])).map(({ name }) => name);
  if (names.length === 0) return;
  throw new WorldsDifferError(
    `Scenarios do not have the columns of ${names.map((name) => `live.${name}`).join(', ')}. The migration that changed it has to end with ` +
      `select overlay.follow('<table>') where scenarios can change it, or select overlay.pass('<table>').`,
  );
}
