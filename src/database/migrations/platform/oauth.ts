/**
 * OAuth and browser sessions. `realm` is the host a row belongs to: a tenant's id, or 'bare' for the host without a
 * tenant in its name. Secrets are stored as hashes only.
 */
export const OAUTH = `
set local search_path = platform;

create table signing_key (
  kid text primary key,
  public_jwk jsonb not null,
  sealed_private bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  retires_at timestamptz
);

create table browser_session (
  id_hash bytea primary key,
  realm text not null,
  user_id text not null references app_user,
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  authenticated_at timestamptz not null default clock_timestamp(),
  ip text,
  user_agent text
);
create index browser_session_user on browser_session (user_id);

create table sign_in_failure (
  at timestamptz not null default clock_timestamp(),
  email_norm text not null,
  ip text not null
);
create index sign_in_failure_email on sign_in_failure (email_norm, at);
create index sign_in_failure_ip on sign_in_failure (ip, at);

create table oauth_client (
  id text primary key,
  realm text not null,
  name text not null,
  secret_hash bytea,
  redirect_uris text[] not null,
  auth_method text not null check (auth_method in ('client_secret_post', 'none')),
  created_ip text,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  unique (realm, id)
);

create table authorization_request (
  id_hash bytea primary key,
  realm text not null,
  client_id text not null,
  redirect_uri text not null,
  state text,
  scopes text[] not null,
  narrowed boolean not null,
  code_challenge text not null,
  resource text,
  session_hash bytea,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  foreign key (realm, client_id) references oauth_client (realm, id) on delete cascade
);

create table oauth_grant (
  id text primary key,
  realm text not null,
  tenant_id text not null,
  org_id text not null,
  user_id text not null references app_user,
  client_id text not null,
  scopes text[] not null,
  narrowed boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  last_ip text,
  revoked_at timestamptz,
  revoked_reason text,
  unique (realm, id),
  foreign key (tenant_id, org_id) references organization (tenant_id, id),
  foreign key (realm, client_id) references oauth_client (realm, id)
);
create index oauth_grant_user on oauth_grant (user_id, created_at);
create index oauth_grant_client on oauth_grant (realm, client_id);

create table authorization_code (
  code_hash bytea primary key,
  realm text not null,
  grant_id text not null,
  client_id text not null,
  redirect_uri text not null,
  code_challenge text not null,
  resource text,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (realm, grant_id) references oauth_grant (realm, id) on delete cascade
);

create table refresh_token (
  hash bytea primary key,
  realm text not null,
  grant_id text not null,
  salt bytea not null,
  seq integer not null,
  issued_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  successor_hash bytea,
  unique (grant_id, seq),
  foreign key (realm, grant_id) references oauth_grant (realm, id) on delete cascade
);

create table mcp_session (
  id_hash bytea primary key,
  tenant_id text not null,
  org_id text not null,
  user_id text not null,
  grant_id text not null,
  protocol_version text not null,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index mcp_session_age on mcp_session (created_at);

do $$ declare t text; begin
  foreach t in array array['signing_key', 'browser_session', 'sign_in_failure', 'oauth_client', 'authorization_request', 'oauth_grant',
    'authorization_code', 'refresh_token', 'mcp_session'] loop
    execute format('alter table %I enable row level security, force row level security', t);
    execute format('grant select, insert, update, delete on %I to flowstate_app', t);
  end loop;
  foreach t in array array['browser_session', 'oauth_client', 'authorization_request', 'authorization_code', 'refresh_token'] loop
    execute format('create policy realm on %I to flowstate_app using (realm = setting(''realm'')) with check (realm = setting(''realm''))', t);
  end loop;
end $$;

-- Platform-wide by nature: keys sign for every host, failures are counted across hosts.
create policy app on signing_key to flowstate_app using (true) with check (true);
create policy app on sign_in_failure to flowstate_app using (true) with check (true);
create policy own on oauth_grant to flowstate_app
  using (realm = setting('realm') or tenant_id = setting('tenant_id') or user_id = setting('user_id'))
  with check (realm = setting('realm') or tenant_id = setting('tenant_id') or user_id = setting('user_id'));
create policy own on mcp_session to flowstate_app
  using (org_id = setting('org_id') or tenant_id = setting('tenant_id')) with check (org_id = setting('org_id'));
`;
