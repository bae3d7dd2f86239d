/** One table of the schema `live`: what it holds beyond the columns that every live table has. */
interface LiveTable {
  name: string;
  /** Prefix of its ids: `emp` for `emp_` + 12 base32 characters. */
  prefix: string;
  /** Column definitions and table constraints, comma separated. */
  columns: string;
}

/** Rows of the transaction's organization; none while it names none ('' is what an unset setting reads as after its first use). */
const OWN_ORGANIZATION = `org_id = nullif(current_setting('app.org_id', true), '')`;

/**
 * A live table with its key, the columns that all have (version, external id, timestamps), row policy, grants and the
 * trigger that counts versions.
 */
export function liveTable({ name, prefix, columns }: LiveTable): string {
  return `
    create table live.${name} (
      org_id text not null references platform.organization (id),
      id text not null check (id ~ '^${prefix}_[a-z2-7]{12}$'),
      ${columns},
      external_id text check (external_id <> '' and length(external_id) <= 100),
      version integer not null default 1,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      primary key (org_id, id),
      constraint ${name}_external_id unique (org_id, external_id) deferrable
    );
    create trigger ${name}_version before update on live.${name} for each row execute function live.count_version();
    ${protect(name)}`;
}

/** Row level security, enabled and forced, and the grants: the web side writes live data, MCP only ever reads it. */
export function protect(name: string): string {
  return `
    alter table live.${name} enable row level security;
    alter table live.${name} force row level security;
    create policy own_organization on live.${name} using (${OWN_ORGANIZATION}) with check (${OWN_ORGANIZATION});
    grant select, insert, update, delete on live.${name} to flowstate_app;
    grant select on live.${name} to flowstate_mcp;`;
}

/** A composite foreign key: nothing can refer to another organization's row. Deferrable, so that a merge may apply in any order. */
export function reference(column: string, table: string): string {
  return `foreign key (org_id, ${column}) references live.${table} (org_id, id) deferrable`;
}
