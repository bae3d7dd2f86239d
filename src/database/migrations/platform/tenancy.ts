/** Tenants, organizations, accounts, memberships and custom roles (domain.md §1, §2). */
export const TENANCY = `
set local search_path = platform;

create function setting(name text) returns text language sql stable parallel safe
  return nullif(current_setting('app.' || name, true), '');

create table tenant (
  id text primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null check (name <> ''),
  plan text not null check (plan in ('free', 'team', 'business', 'enterprise', 'agency')),
  status text not null default 'active' check (status in ('active', 'suspended')),
  features jsonb not null default '{"mcp_external_access": false}',
  demo boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);

create table organization (
  id text primary key,
  tenant_id text not null references tenant,
  name text not null check (name <> ''),
  time_zone text not null default 'UTC',
  reporting_currency text not null default 'EUR' check (reporting_currency ~ '^[A-Z]{3}$'),
  fiscal_year_start_month smallint not null default 1 check (fiscal_year_start_month between 1 and 12),
  hours_per_day numeric(4, 2) not null default 8 check (hours_per_day > 0 and hours_per_day <= 24),
  min_group_size smallint not null default 3 check (min_group_size >= 1),
  over_allocation text not null default 'warn' check (over_allocation in ('warn', 'block')),
  live_rev bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (tenant_id, id),
  unique (tenant_id, name)
);

create table app_user (
  id text primary key,
  email text not null,
  email_norm text not null unique,
  name text not null,
  password_hash text,
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz not null default clock_timestamp()
);

create table role (
  org_id text not null references organization,
  name text not null check (name ~ '^[a-z][a-z0-9_-]{0,39}$'),
  permissions text[] not null,
  primary key (org_id, name)
);

create table membership (
  org_id text not null references organization,
  user_id text not null references app_user,
  role text not null,
  direct_grants text[] not null default '{}',
  employee_id text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (org_id, user_id)
);
create index membership_user on membership (user_id);

alter table tenant enable row level security, force row level security;
alter table organization enable row level security, force row level security;
alter table app_user enable row level security, force row level security;
alter table role enable row level security, force row level security;
alter table membership enable row level security, force row level security;

-- Operators and sign-in work on tenants and accounts as a whole; flowstate_mcp has no grant on them.
create policy app on tenant to flowstate_app using (true) with check (true);
create policy app on app_user to flowstate_app using (true) with check (true);
create policy own on organization to flowstate_app
  using (tenant_id = setting('tenant_id') or id = setting('org_id')
    or exists (select from membership m where m.org_id = organization.id and m.user_id = setting('user_id')))
  with check (tenant_id = setting('tenant_id'));
create policy own on role to flowstate_app
  using (org_id = setting('org_id') or exists (select from membership m where m.org_id = role.org_id and m.user_id = setting('user_id')))
  with check (org_id = setting('org_id'));
create policy own on membership to flowstate_app
  using (org_id = setting('org_id') or user_id = setting('user_id')) with check (org_id = setting('org_id'));
create policy call on organization for select to flowstate_mcp, flowstate_whatif using (id = setting('org_id'));

grant usage on schema platform to flowstate_app, flowstate_mcp, flowstate_whatif, flowstate_audit, flowstate_gate;
grant select, insert, update, delete on tenant, organization, app_user, role, membership to flowstate_app;
grant select on organization to flowstate_mcp, flowstate_whatif;
`;
