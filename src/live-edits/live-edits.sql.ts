import { EDITABLE, type EditableTable, LISTS, NAMED, type NamedTable } from './live-rows';

const called = (table: NamedTable): string => `${NAMED[table]} || ' (' || r.id || ')'`;

/** $1 organization · $2 id of what has a page · $3 tables. The rows that make it up, its own first, the latest of each kind before the others. */
export const PARTS = `select id, noun, label from (${Object.values(EDITABLE)
  .map(
    ({ table, noun, label, of, from }, place) =>
      `select ${place} as place, x.id, '${noun}' as noun, ${label} as label, ${from ? `x.${from.column}` : `'-infinity'`}::date as day
    from ${table} x where '${table}' = any ($3::text[]) and x.org_id = $1 and (${of.map((column) => `x.${column} = $2`).join(' or ')})`,
  )
  .join('\n    union all ')}) part order by place, day desc, label limit 60`;

/** $1 organization · $2 id. A row with the names of what it refers to, and the columns' values as texts. */
export function rowOf({ table, label, of, fields, from }: EditableTable): string {
  const texts = Object.entries(fields).map(([column, { kind }]) =>
    typeof kind === 'object' && 'names' in kind
      ? `'${column}', (select ${called(kind.names)} from ${kind.names} r where r.org_id = $1 and r.id = x.${column})`
      : `'${column}', x.${column}::text`,
  );
  return `select coalesce(${of.map((column) => `x.${column}`).join(', ')}, x.id) as of, x.version::text, ${label} as label, ${from ? `x.${from.column}::text` : 'null'} as "from", jsonb_build_object(${texts.join(', ')}) as texts
    from ${table} x where x.org_id = $1 and x.id = $2`;
}

/** $1 organization · $2 tables of LISTS. What can be chosen in a field that names one of a few. */
export const CHOICES = LISTS.map(
  (table) => `select '${table}' as list, ${called(table)} as name from ${table} r where '${table}' = any ($2::text[]) and r.org_id = $1`,
)
  .join('\n  union all ')
  .concat(' order by 1, 2 limit 2000');

/** Ids of what a parameter names: by id, external id, e-mail address or whole name. People are too many to be looked for by name. */
export function idsOf(table: NamedTable, parameter: string): string {
  const named = table === 'employee' ? '' : ` or ${NAMED[table]} = ${parameter}`;
  const addressed = `union select t.subject_id from search_term t where t.org_id = $1 and t.kind = 'employee.email' and t.term = lower(${parameter})`;
  return `array(select r.id from ${table} r where r.org_id = $1 and (r.id = ${parameter} or r.external_id = ${parameter}${named})
    ${table === 'employee' ? addressed : ''} limit 2)`;
}

export const RAISE_REVISION = 'update organization set live_rev = live_rev + 1 where id = $1';

/** $1 organization · $2 id · $3 the columns that are given, as JSON. Nothing is returned where nothing differs. */
export function change(table: string, columns: readonly string[]): string {
  return `update ${table} x set ${columns.map((column) => `${column} = n.${column}`).join(', ')}
    from jsonb_populate_record(null::${table}, $3::jsonb) n where x.org_id = $1 and x.id = $2
      and row(${columns.map((column) => `x.${column}`).join(', ')}) is distinct from row(${columns.map((column) => `n.${column}`).join(', ')})
    returning x.id`;
}

/** $1 organization · $2 id · $3 the columns that are given · $4 id of the new row · $5 its first day. A row like the one before, but for what is given. */
export function addFrom({ table, from }: EditableTable & { readonly from: NonNullable<EditableTable['from']> }): string {
  return `insert into ${table} select n.* from ${table} x
    cross join lateral jsonb_populate_record(x, $3::jsonb || jsonb_build_object('id', $4::text, '${from.column}', $5::date, 'external_id', null, 'version', 1)) n
    where x.org_id = $1 and x.id = $2`;
}

/** $1 organization · $2 id · $3 first day of the row that follows. */
export function closeBefore({ table, from }: EditableTable & { readonly from: NonNullable<EditableTable['from']> }): string {
  return `update ${table} set ${from.until} = $3::date - 1 where org_id = $1 and id = $2`;
}

/** $1 organization · $2 id. Who leaves is allocated until then and no longer. */
export function endAllocations({ table, ends }: EditableTable): readonly string[] {
  return [
    `delete from allocation a using ${table} x where x.org_id = $1 and x.id = $2 and a.org_id = $1 and a.${ends} = x.id and a.start_date > x.end_date`,
    `update allocation a set end_date = x.end_date from ${table} x
      where x.org_id = $1 and x.id = $2 and a.org_id = $1 and a.${ends} = x.id and coalesce(a.end_date, 'infinity') > x.end_date`,
  ];
}
