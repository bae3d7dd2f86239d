/**
 * A connection is a token of one organization, kept as a hash. A directory's own names of people and teams are no part
 * of the live data: scenarios do not change them and tools do not show them.
 */
export const SCIM = `
set local search_path = platform;

create table scim_connection (
  id text primary key check (id ~ '^scim_[a-z2-7]{12}$'),
  tenant_id text not null references tenant,
  org_id text not null references organization,
  name text not null check (name <> '' and length(name) <= 100),
  token_hash bytea not null unique,
  country text not null check (country ~ '^[A-Z]{2}$'), -- of people and places of whom the directory names none
  teams text not null default 'groups' check (teams in ('groups', 'department')), -- what tells the team of a person
  created_by text references app_user, -- none: an operator
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index scim_connection_org on scim_connection (org_id);
create index scim_connection_tenant on scim_connection (tenant_id);

create table scim_user (
  org_id text not null,
  employee_id text not null,
  user_name text not null check (user_name <> '' and length(user_name) <= 254),
  user_key text not null, -- without regard to case
  external_id text check (external_id <> '' and length(external_id) <= 254),
  ended_on date, -- last day, where the directory ended the employment
  deleted_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (org_id, employee_id),
  foreign key (org_id, employee_id) references live.employee (org_id, id) on delete cascade
);
create unique index scim_user_name on scim_user (org_id, user_key) where deleted_at is null;
create index scim_user_external on scim_user (org_id, external_id) where external_id is not null;

create table scim_group (
  org_id text not null,
  team_id text not null,
  external_id text check (external_id <> '' and length(external_id) <= 254),
  deleted_at timestamptz,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (org_id, team_id),
  foreign key (org_id, team_id) references live.team (org_id, id) on delete cascade
);
create index scim_group_external on scim_group (org_id, external_id) where external_id is not null;

alter table scim_connection enable row level security, force row level security;
create policy own on scim_connection using (tenant_id = setting('tenant_id')) with check (tenant_id = setting('tenant_id'));
alter table scim_user enable row level security, force row level security;
create policy own on scim_user using (org_id = setting('org_id')) with check (org_id = setting('org_id'));
alter table scim_group enable row level security, force row level security;
create policy own on scim_group using (org_id = setting('org_id')) with check (org_id = setting('org_id'));
grant select, insert, update on scim_connection to flowstate_app;
grant select, insert, update, delete on scim_user, scim_group to flowstate_app;
`;

export const SCIM_DOWN = 'drop table platform.scim_group, platform.scim_user, platform.scim_connection';
