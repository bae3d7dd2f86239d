import { ENTITIES } from './entities';

const OWN = `org_id = platform.setting('org_id')`;

/** Whether a row belongs to a scenario that the call sees; the policies of platform.plan decide. */
function ofVisiblePlan(table: string): string {
  return `${OWN} and exists (select from platform.plan p where p.org_id = ${table}.org_id and p.id = ${table}.plan_id)`;
}

/** The second net of pay and money, as below the live tables. */
const NO_PAY = `case entity when 'salary_adjustment' then platform.setting('sees_pay') = 'on'
    when 'rate_adjustment' then platform.setting('sees_money') = 'on' else true end`;

/**
 * `plan_change` is what a scenario is: an append-only list of changes, which an approval pins by its hash. `plan_state` is
 * what they come to, one row per row that the scenario touches: `patch` over what is live (of a created row: the whole
 * row), and `base`, what was live when each field was first patched. Both are written by the trigger of plan_change only
 * (accept-change.ts); nobody else may.
 *
 * Operations: `create`, `update`, `delete`; `restore` gives the fields that the patch names back to live, and a deleted
 * row back to what it was; `rebase` takes what is live now as the base of the fields named, or of the deletion.
 */
export const CHANGE_TABLES = `
  alter table platform.organization add column write_mode text not null default 'direct' check (write_mode in ('off', 'confirm_destructive', 'direct'));

  alter table platform.plan
    add column content_hash text not null default '',
    add column submitted_by text references platform.app_user (id),
    add column merged_at timestamptz;

  create table platform.plan_change (
    org_id text not null,
    plan_id text not null,
    seq integer not null,
    id text not null check (id ~ '^chg_[a-z2-7]{12}$'),
    op text not null check (op in ('create', 'update', 'delete', 'restore', 'rebase')),
    entity text not null check (entity in (${ENTITIES.map((entity) => `'${entity}'`).join(', ')})),
    entity_id text not null,
    patch jsonb not null default '{}' check (jsonb_typeof(patch) = 'object'
      and not patch ?| array['org_id', 'id', 'plan_id', 'version', 'external_id', 'created_at', 'updated_at']),
    base jsonb not null, -- what the fields were in the scenario before
    base_version integer, -- of the live row
    schema_version smallint not null default 1,
    cause jsonb not null default '{}', -- tool, client, request, user
    reason text check (length(reason) <= 1000),
    at timestamptz not null default clock_timestamp(),
    primary key (org_id, plan_id, seq),
    unique (org_id, id),
    foreign key (org_id, plan_id) references platform.plan (org_id, id) on delete cascade
  );
  create index on platform.plan_change (org_id, plan_id, entity_id);

  create table platform.plan_state (
    org_id text not null,
    plan_id text not null,
    id text not null,
    entity text not null,
    op text not null check (op in ('create', 'update', 'delete')),
    patch jsonb not null,
    base jsonb not null,
    base_version integer, -- of the live row when the scenario first touched it, or was last rebased
    live_version integer, -- of the live row now; null where there is none
    conflicts text[] not null default '{}', -- fields whose live value is neither the base nor what the scenario says; '*' the row
    primary key (org_id, plan_id, id),
    foreign key (org_id, plan_id) references platform.plan (org_id, id) on delete cascade
  );
  create index on platform.plan_state (org_id, id);

  ${['plan_change', 'plan_state']
    .map(
      (table) => `
  alter table platform.${table} enable row level security, force row level security;
  create policy owner on platform.${table} to flowstate_owner using (true) with check (true);
  create policy own on platform.${table} for select to flowstate_app using (${OWN});
  create policy visible on platform.${table} for select to flowstate_mcp, flowstate_whatif using (${ofVisiblePlan(table)});
  create policy pay on platform.${table} as restrictive for select to flowstate_mcp, flowstate_whatif using (${NO_PAY});
  grant select on platform.${table} to flowstate_app, flowstate_mcp, flowstate_whatif;`,
    )
    .join('')}

  create policy append on platform.plan_change for insert to flowstate_whatif, flowstate_app
    with check (${OWN} and plan_id = platform.setting('plan_id'));
  grant insert (org_id, plan_id, id, op, entity, entity_id, patch, cause, reason) on platform.plan_change to flowstate_whatif, flowstate_app;

  -- A call that is repeated with its key gets the first answer again.
  create table platform.plan_request (
    org_id text not null,
    user_id text not null,
    key text not null check (length(key) between 1 and 200),
    arguments_hash text not null,
    plan_id text not null,
    answer jsonb not null,
    at timestamptz not null default clock_timestamp(),
    primary key (org_id, user_id, key),
    foreign key (org_id, plan_id) references platform.plan (org_id, id) on delete cascade
  );
  alter table platform.plan_request enable row level security, force row level security;
  create policy own on platform.plan_request using (${OWN} and user_id = platform.setting('user_id')) with check (${OWN} and user_id = platform.setting('user_id'));
  grant select, insert on platform.plan_request to flowstate_mcp, flowstate_whatif;
  grant select, delete on platform.plan_request to flowstate_app;
`;
