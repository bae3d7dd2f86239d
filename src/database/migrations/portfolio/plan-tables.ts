/** Scenarios as far as they can be listed; what they hold comes with the tools that write them. */
export const PLAN_TABLES = `
  create table platform.plan (
    org_id text not null references platform.organization (id),
    id text not null check (id ~ '^plan_[a-z2-7]{12}$'),
    title text not null check (title <> '' and length(title) <= 200),
    type text not null default 'what_if' check (type in ('what_if', 'hiring', 'restructure', 'cost_reduction', 'budget', 'ai_adoption')),
    description text check (length(description) <= 5000),
    status text not null default 'DRAFT' check (status in ('DRAFT', 'PENDING_APPROVAL', 'APPROVED', 'REJECTED', 'MERGED', 'ARCHIVED')),
    owner_id text not null references platform.app_user (id),
    source_plan_id text,
    rev integer not null default 0,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    primary key (org_id, id),
    foreign key (org_id, source_plan_id) references platform.plan (org_id, id)
  );
  create index on platform.plan (org_id, owner_id);
  create index on platform.plan (org_id, updated_at);
  create table platform.plan_assignee (
    org_id text not null,
    plan_id text not null,
    user_id text not null references platform.app_user (id),
    primary key (org_id, plan_id, user_id),
    foreign key (org_id, plan_id) references platform.plan (org_id, id) on delete cascade
  );
  create index on platform.plan_assignee (org_id, user_id);
  alter table platform.plan enable row level security, force row level security;
  alter table platform.plan_assignee enable row level security, force row level security;
  create policy own on platform.plan using (org_id = platform.setting('org_id')) with check (org_id = platform.setting('org_id'));
  create policy own on platform.plan_assignee using (org_id = platform.setting('org_id')) with check (org_id = platform.setting('org_id'));
  grant select, insert, update, delete on platform.plan, platform.plan_assignee to flowstate_app;
  grant select on platform.plan, platform.plan_assignee to flowstate_mcp;
`;
