const READ_BY_GATE = ['tenant', 'organization', 'app_user', 'role', 'membership', 'oauth_grant', 'oauth_client', 'mcp_session'];

/**
 * The one statement that reads all that can change between two requests. SECURITY DEFINER as flowstate_gate, a role
 * that may only read: under forced row security an owner's function would see nothing while no tenant is known.
 */
export const ACCESS = `
set local search_path = platform;

${READ_BY_GATE.map((table) => `grant select on ${table} to flowstate_gate; create policy gate on ${table} for select to flowstate_gate using (true);`).join('\n')}

create function gate(p_slug text, p_grant text, p_session bytea)
returns table (
  tenant_id text, tenant_slug text, tenant_name text, tenant_status text, plan text, features jsonb,
  grant_id text, grant_realm text, grant_tenant_id text, grant_revoked boolean, client_id text, client_name text, narrowed boolean,
  org_id text, org_name text, user_id text, user_name text, user_status text, role text, role_permissions text[], direct_grants text[],
  session_version text
)
language plpgsql stable security definer set search_path = platform, pg_temp as $$
begin
  return query
  select t.id, t.slug, t.name, t.status, t.plan, t.features,
    g.id, g.realm, g.tenant_id, g.revoked_at is not null, g.client_id, c.name, g.narrowed,
    o.id, o.name, u.id, u.name, u.status, m.role, r.permissions, m.direct_grants,
    (select s.protocol_version from mcp_session s where s.id_hash = p_session and s.ended_at is null and s.grant_id = g.id)
  from (select 1) one
  left join oauth_grant g on g.id = p_grant
  left join lateral (
    select * from tenant where p_slug is not null and slug = p_slug
    union all select * from tenant where p_slug is null and id = g.tenant_id
  ) t on true
  left join oauth_client c on c.realm = g.realm and c.id = g.client_id
  left join organization o on o.tenant_id = g.tenant_id and o.id = g.org_id
  left join app_user u on u.id = g.user_id
  left join membership m on m.org_id = g.org_id and m.user_id = g.user_id
  left join role r on r.org_id = m.org_id and r.name = m.role;
end $$;

grant create on schema platform to flowstate_gate;
alter function gate(text, text, bytea) owner to flowstate_gate;
revoke create on schema platform from flowstate_gate;
revoke all on function gate(text, text, bytea) from public;
grant execute on function gate(text, text, bytea) to flowstate_mcp, flowstate_app;
`;

/** Every committed change to access is announced, whoever made it: open streams re-check themselves on it. */
export const CHANGE_TRIGGERS = `
set local search_path = platform;

create function announce_change() returns trigger language plpgsql as $$
declare old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
  new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
  row_now jsonb := coalesce(new_row, old_row);
begin
  if tg_table_name = 'oauth_grant' and (old_row -> 'revoked_at') = (new_row -> 'revoked_at') and (old_row -> 'scopes') = (new_row -> 'scopes') then
    return null; -- last_used_at moves with every refresh and concerns nobody
  end if;
  perform pg_notify('flowstate', jsonb_strip_nulls(jsonb_build_object(
    'table', tg_table_name,
    'tenantId', case when tg_table_name = 'tenant' then row_now ->> 'id' else row_now ->> 'tenant_id' end,
    'orgId', row_now ->> 'org_id',
    'userId', case when tg_table_name = 'app_user' then row_now ->> 'id' else row_now ->> 'user_id' end,
    'grantId', case when tg_table_name = 'oauth_grant' then row_now ->> 'id' end))::text);
  return null;
end $$;

create trigger announce after update or delete on tenant for each row execute function announce_change();
create trigger announce after update or delete on oauth_grant for each row execute function announce_change();
create trigger announce after update or delete on membership for each row execute function announce_change();
create trigger announce after update or delete on app_user for each row execute function announce_change();
create trigger announce after insert or update or delete on signing_key for each row execute function announce_change();
create trigger announce after insert or update or delete on role for each row execute function announce_change();
`;
