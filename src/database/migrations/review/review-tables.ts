/** Whether a row belongs to a scenario that the call sees; the policies of platform.plan decide. */
function ofVisiblePlan(table: string): string {
  return `org_id = platform.setting('org_id') and exists (select from platform.plan p where p.org_id = ${table}.org_id and p.id = ${table}.plan_id)`;
}

/**
 * `plan_review` is what people decided on a scenario, append-only, each with the content that they decided on. `plan_comment` is what people said. Only the web side writes them.
 */
export const REVIEW_TABLES = `
  create table platform.plan_review (
    org_id text not null,
    plan_id text not null,
    seq integer not null generated always as identity,
    act text not null check (act in ('submit', 'withdraw', 'approve', 'reject', 'archive', 'reopen', 'merge')),
    user_id text not null references platform.app_user (id),
    rev integer not null,
    content_hash text not null,
    reason text check (reason <> '' and length(reason) <= 2000),
    at timestamptz not null default clock_timestamp(),
    primary key (org_id, plan_id, seq),
    foreign key (org_id, plan_id) references platform.plan (org_id, id) on delete cascade,
    check (act <> 'reject' or reason is not null)
  );
  create index on platform.plan_review (org_id, at);

  create table platform.plan_comment (
    org_id text not null,
    id text not null check (id ~ '^cmt_[a-z2-7]{12}$'),
    plan_id text not null,
    user_id text not null references platform.app_user (id),
    body text not null check (btrim(body) <> '' and length(body) <= 4000),
    at timestamptz not null default clock_timestamp(),
    primary key (org_id, id),
    foreign key (org_id, plan_id) references platform.plan (org_id, id) on delete cascade
  );
  create index on platform.plan_comment (org_id, plan_id, at);

  ${['plan_review', 'plan_comment']
    .map(
      (table) => `
  alter table platform.${table} enable row level security, force row level security;
  create policy owner on platform.${table} to flowstate_owner using (true) with check (true);
  create policy own on platform.${table} to flowstate_app using (org_id = platform.setting('org_id')) with check (org_id = platform.setting('org_id'));
  create policy visible on platform.${table} for select to flowstate_mcp, flowstate_whatif using (${ofVisiblePlan(table)});
  grant select, insert on platform.${table} to flowstate_app;
  grant select on platform.${table} to flowstate_mcp, flowstate_whatif;`,
    )
    .join('')}
`;
