/** The audit trail (wire.md §6): inserted by flowstate_audit, changed by nobody. `transaction_id` lets a reader skip what is not committed yet. */
export const AUDIT = `
set local search_path = platform;

create table audit_event (
  seq bigint generated always as identity primary key,
  id text not null unique,
  at timestamptz not null default clock_timestamp(),
  transaction_id xid8 not null default pg_current_xact_id(),
  kind text not null,
  outcome text not null check (outcome in ('ok', 'refused', 'failed')),
  severity text not null check (severity in ('info', 'medium', 'high')),
  tenant_id text,
  org_id text,
  user_id text,
  client_id text,
  client_name text,
  grant_id text,
  request_id text,
  rpc_method text,
  tool text,
  argument_names text[],
  error_code text,
  http_status smallint,
  latency_ms integer,
  ip text,
  user_agent text,
  details jsonb not null default '{}'
);
create index audit_event_tenant on audit_event (tenant_id, seq);

alter table audit_event enable row level security, force row level security;
create policy write on audit_event for insert to flowstate_audit with check (true);
create policy own on audit_event for select to flowstate_app using (tenant_id = setting('tenant_id'));
grant insert on audit_event to flowstate_audit;
grant select on audit_event to flowstate_app;
`;
