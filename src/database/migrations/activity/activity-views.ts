const SHOWN = 'org_id, seq, at, kind, outcome, user_id, client_name, tool, error_code';

/**
 * Two views of the transaction's organization, owned by flowstate_gate, which may only read: the audit trail without
 * addresses, requests and details, and what its members are called. A call sees neither table.
 */
export const ACTIVITY = `
  create index audit_event_organization on platform.audit_event (org_id, at, seq) where org_id is not null;
  grant select (${SHOWN}) on platform.audit_event to flowstate_gate;
  create policy gate on platform.audit_event for select to flowstate_gate using (org_id = platform.setting('org_id'));

  create view platform.activity with (security_barrier) as
    select ${SHOWN} from platform.audit_event where org_id = platform.setting('org_id');
  create view platform.member_name with (security_barrier) as
    select m.org_id, m.user_id, u.name from platform.membership m join platform.app_user u on u.id = m.user_id
    where m.org_id = platform.setting('org_id');

  grant create on schema platform to flowstate_gate;
  alter view platform.activity owner to flowstate_gate;
  alter view platform.member_name owner to flowstate_gate;
  revoke create on schema platform from flowstate_gate;
  grant select on platform.activity to flowstate_mcp;
  grant select on platform.member_name to flowstate_mcp, flowstate_whatif;
`;

export const ACTIVITY_DOWN = `
  drop view platform.activity, platform.member_name;
  drop policy gate on platform.audit_event;
  revoke select (${SHOWN}) on platform.audit_event from flowstate_gate;
  drop index platform.audit_event_organization;
`;
