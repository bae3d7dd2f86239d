/** Whether a row belongs to a scenario that the call sees; the policies of platform.plan decide. */
function ofVisiblePlan(table: string): string {
  return `org_id = platform.setting('org_id') and exists (select from platform.plan p where p.org_id = ${table}.org_id and p.id = ${table}.plan_id)`;
}

/** The second net of pay and money, as below plan_state. */
const NO_PAY = `case entity when 'salary_adjustment' then platform.setting('sees_pay') = 'on'
    when 'rate_adjustment' then platform.setting('sees_money') = 'on' else true end`;

/**
 * What became of a scenario: `merge` says who made it live, when, and what was approved; `merge_row` what each row was
 * before and what the scenario made of it. They take the place of plan_state, which ends with the merge; `plan_row` is
 * both, for who compares. A reversal is computed from them.
 */
export const MERGE_TABLES = `
  create table platform.merge (
    org_id text not null,
    plan_id text not null,
    user_id text not null references platform.app_user (id),
    content_hash text not null, -- what was approved, and merged
    live_rev bigint not null, -- of the organization, as the merge left it
    at timestamptz not null default clock_timestamp(),
    primary key (org_id, plan_id),
    foreign key (org_id, plan_id) references platform.plan (org_id, id)
  );

  create table platform.merge_row (
    org_id text not null,
    plan_id text not null,
    id text not null,
    entity text not null,
    op text not null check (op in ('create', 'update', 'delete')),
    patch jsonb not null,
    before jsonb check ((before is null) = (op = 'create')), -- the whole row
    primary key (org_id, plan_id, id),
    foreign key (org_id, plan_id) references platform.plan (org_id, id)
  );

  ${['merge', 'merge_row']
    .map(
      (table) => `
  alter table platform.${table} enable row level security, force row level security;
  create policy owner on platform.${table} to flowstate_owner using (true) with check (true);
  create policy own on platform.${table} for select to flowstate_app using (org_id = platform.setting('org_id'));
  create policy visible on platform.${table} for select to flowstate_mcp, flowstate_whatif using (${ofVisiblePlan(table)});
  grant select on platform.${table} to flowstate_app, flowstate_mcp, flowstate_whatif;`,
    )
    .join('')}
  create policy pay on platform.merge_row as restrictive for select to flowstate_mcp, flowstate_whatif using (${NO_PAY});
  create policy add on platform.merge for insert to flowstate_app with check (org_id = platform.setting('org_id'));
  grant insert on platform.merge to flowstate_app;

  -- What a scenario changes, or has changed; merged: what is live now is compared with what was.
  create view platform.plan_row with (security_invoker) as
    select org_id, plan_id, id, entity, op, patch, base, conflicts, false as merged, null::jsonb as before from platform.plan_state
    union all
    select org_id, plan_id, id, entity, op, patch, coalesce(before, '{}'), '{}', true, before from platform.merge_row;
  grant select on platform.plan_row to flowstate_app, flowstate_mcp, flowstate_whatif;
`;
