/**
 * Which scenarios an MCP call sees: its user's own and those shared with them, for an approver also what was submitted,
 * with scenarios.read_all every one. Below every query, so that none can forget it.
 */
export const PLAN_ACCESS = `
  create policy visible on platform.plan as restrictive for select to flowstate_mcp, flowstate_whatif using (
    owner_id = platform.setting('user_id')
    or platform.setting('sees_plans') = 'all'
    or platform.setting('sees_plans') = 'submitted' and status in ('PENDING_APPROVAL', 'APPROVED', 'MERGED')
    or exists (select from platform.plan_assignee a where a.org_id = plan.org_id and a.plan_id = plan.id and a.user_id = platform.setting('user_id')));
  grant select on platform.plan, platform.plan_assignee to flowstate_whatif;
  grant usage on schema scenario to flowstate_whatif;
`;

export const PLAN_ACCESS_DOWN = `
  drop policy visible on platform.plan;
  revoke select on platform.plan, platform.plan_assignee from flowstate_whatif;
  revoke usage on schema scenario from flowstate_whatif;
`;
