import type { EntityManager } from 'typeorm';
import type { Draft, RecordEntity } from './record';

export interface Written {
  readonly created: readonly string[];
  readonly changed: readonly string[];
}

/** Facts take the same row lock, which orders all writes of an organization. */
export const LOCK = 'select from organization where id = $1 for no key update';
const RAISE_REVISION = 'update organization set live_rev = live_rev + 1 where id = $1';

/**
 * Creates what is not there and changes what differs, so that doing it again does nothing. Begins with live_rev, as every
 * live write does: that row lock orders them.
 */
export async function writeRecords(db: EntityManager, orgId: string, entity: RecordEntity, part: readonly Draft[]): Promise<Written> {
  await db.query(entity.facts ? LOCK : RAISE_REVISION, [orgId]);
  const created: string[] = [];
  const changed: string[] = [];
  for (const [subject, drafts] of bySubject(entity, part)) {
    const rows = drafts.map(({ columns }) => columns);
    const sql = upsert(entity, Object.keys(rows[0] as object), subject);
    const [written] = await db.query<Written[]>(sql, [orgId, JSON.stringify(rows)]);
    created.push(...(written?.created ?? []));
    changed.push(...(written?.changed ?? []));
  }
  return { created, changed };
}

/** Where one of several columns is filled, each has an index of its own and its rows are looked up together. */
function bySubject({ identity }: RecordEntity, part: readonly Draft[]): Map<string | undefined, Draft[]> {
  const groups = new Map<string | undefined, Draft[]>();
  for (const draft of part) {
    const subject = 'same' in identity ? identity.oneOf?.find((column) => draft.columns[column] != null) : undefined;
    const group = groups.get(subject);
    if (group) group.push(draft);
    else groups.set(subject, [draft]);
  }
  return groups;
}

/**
 * $1 organization · $2 the rows as JSON. Only names of columns are in the text. What is there is looked up by a lateral
 * subquery with `offset 0`, one index lookup per row, whatever the statistics know of the organization.
 */
function upsert({ table, prefix, identity }: RecordEntity, columns: readonly string[], subject: string | undefined): string {
  const key = prefix === undefined && 'same' in identity ? identity.same : ['id'];
  const own = columns.filter((column) => !key.includes(column));
  const list = (alias: string): string => own.map((column) => `${alias}.${column}`).join(', ');
  const written = `concat_ws(' ', ${key.map((column) => `t.${column}`).join(', ')}) as id`;
  return `with incoming as materialized (select * from jsonb_populate_recordset(null::${table}, $2::jsonb)),
  known as materialized (
    select i.*, p.present, p.is_there, ${key.map((column) => `p.${column} as present_${column}`).join(', ')}
    from incoming i
    left join lateral (
      select true as is_there, ${key.map((column) => `t.${column}`).join(', ')}, row(${list('t')}) as present
      from ${table} t where t.org_id = $1 and ${match(identity, subject)} offset 0
    ) p on true
  ),
  changed as (
    update ${table} t set ${own.map((column) => `${column} = k.${column}`).join(', ')} from known k
    where t.org_id = $1 and ${key.map((column) => `t.${column} = k.present_${column}`).join(' and ')} and row(${list('k')}) is distinct from k.present
    returning ${written}
  ),
  added as (
    insert into ${table} as t (org_id, ${columns.join(', ')}) select $1, ${columns.map((column) => `k.${column}`).join(', ')}
    from known k where k.is_there is null
    returning ${written}
  )
  select array(select id from added) as created, array(select id from changed) as changed`;
}

function match(identity: RecordEntity['identity'], subject: string | undefined): string {
  if ('kind' in identity) return 't.id = i.id';
  return [
    ...(subject === undefined ? (identity.oneOf ?? []).map((column) => `t.${column} is null`) : [`t.${subject} = i.${subject}`]),
    ...identity.same.map((column) => `t.${column} = i.${column}`),
    ...(identity.sameOrNone ?? []).map((column) => `t.${column} is not distinct from i.${column}`),
  ].join(' and ');
}
