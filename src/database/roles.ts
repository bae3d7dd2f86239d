/** The database roles and what each is for (docs/ARCHITECTURE.md, "Roles"). */
export const ROLES = {
  owner: 'flowstate_owner',
  app: 'flowstate_app',
  mcp: 'flowstate_mcp',
  whatif: 'flowstate_whatif',
  audit: 'flowstate_audit',
  gate: 'flowstate_gate',
} as const;

export type Login = 'app' | 'mcp' | 'audit';

/** Row policies and SECURITY DEFINER only mean something while nobody of these is a superuser or above row security. */
function createRole(name: string, attributes: string, password?: string): string {
  const secret = password === undefined ? '' : ` password '${password}'`;
  return `
    do $$ begin
      if not exists (select from pg_roles where rolname = '${name}') then
        create role ${name} ${attributes}${secret} nosuperuser nocreatedb nocreaterole nobypassrls;
      end if;
    exception when duplicate_object or unique_violation then null; -- another replica was faster
    end $$;`;
}

/**
 * Roles, memberships and schemas: what migrations stand on. Runs at each start as the DATABASE_URL login; changes
 * nothing where all is there. `flowstate_mcp` does not inherit its what-if twin: that role's row policies must hold
 * only after SET ROLE.
 */
export function foundation(passwordOf: (login: Login) => string): string {
  return [
    createRole(ROLES.owner, 'nologin'),
    createRole(ROLES.gate, 'nologin'),
    createRole(ROLES.whatif, 'nologin'),
    createRole(ROLES.app, 'login', passwordOf('app')),
    createRole(ROLES.mcp, 'login noinherit', passwordOf('mcp')),
    createRole(ROLES.audit, 'login', passwordOf('audit')),
    `do $$ begin
      if not pg_has_role('${ROLES.mcp}', '${ROLES.whatif}', 'member') then grant ${ROLES.whatif} to ${ROLES.mcp}; end if;
      if not pg_has_role('${ROLES.owner}', '${ROLES.gate}', 'member') then grant ${ROLES.gate} to ${ROLES.owner}; end if;
      begin
        -- From PostgreSQL 16 on the creator of a role may administer it, but not act as it until it says so.
        execute format('grant ${ROLES.owner} to %I', current_user);
      exception when insufficient_privilege or invalid_grant_operation then null; -- somebody mightier has set it up
      end;
      execute format('grant create on database %I to ${ROLES.owner}', current_database());
    end $$;`,
    ...['platform', 'live', 'scenario', 'overlay'].map((schema) => `create schema if not exists ${schema} authorization ${ROLES.owner};`),
  ].join('\n');
}

/**
 * What makes a login unfit for running: superuser, above row security, owner of a table, or able to become someone
 * mightier. One row per fault, a sentence each.
 */
export const OVER_PRIVILEGED = `
  select fault from (
    select 'is a superuser' as fault from pg_roles where rolname = current_user and rolsuper
    union all select 'bypasses row level security' from pg_roles where rolname = current_user and rolbypassrls
    union all select 'may create roles' from pg_roles where rolname = current_user and rolcreaterole
    union all select 'is not the role it should be: expected ' || $1 where current_user <> $1
    union all select 'can become ' || r.rolname from pg_roles r
      where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member') and not (current_user = '${ROLES.mcp}' and r.rolname = '${ROLES.whatif}')
    union all select 'owns the table ' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('platform', 'live', 'scenario', 'overlay') and c.relowner = (select oid from pg_roles where rolname = current_user)
  ) faults limit 3`;
