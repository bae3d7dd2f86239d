/** From which status a scenario may come into which. */
const TRANSITIONS = {
  DRAFT: ['PENDING_APPROVAL', 'ARCHIVED'],
  PENDING_APPROVAL: ['APPROVED', 'REJECTED', 'DRAFT'],
  APPROVED: ['MERGED', 'DRAFT'],
  REJECTED: ['DRAFT', 'PENDING_APPROVAL', 'ARCHIVED'],
  MERGED: [],
  ARCHIVED: ['DRAFT'],
} as const;

const ALLOWED = Object.entries(TRANSITIONS).flatMap(([from, all]) => all.map((to) => `'${from} ${to}'`));

/**
 * A scenario's status: moved along these ways only, by nobody of MCP, whose logins have no right on the column. What MCP
 * may write of a scenario is its title, type and description while it is a draft, and changes.
 */
export const PLAN_STATUS = `
  create function platform.check_plan_status() returns trigger language plpgsql set search_path = pg_catalog as $$
  begin
    if new.status is distinct from old.status and old.status || ' ' || new.status not in (${ALLOWED.join(', ')}) then
      raise exception 'a scenario does not go from % to %', old.status, new.status using errcode = 'check_violation', constraint = 'plan_status';
    end if;
    if (new.title, new.type, new.description, new.rev, new.content_hash) is distinct from (old.title, old.type, old.description, old.rev, old.content_hash)
      and old.status not in ('DRAFT', 'REJECTED') then
      raise exception 'a scenario in status % cannot be changed', old.status using errcode = 'object_not_in_prerequisite_state', constraint = 'plan_change_status';
    end if;
    new.updated_at := clock_timestamp();
    return new;
  end $$;
  create trigger status before update on platform.plan for each row execute function platform.check_plan_status();

  -- Not for who only sees it: an approver, or somebody with scenarios.read_all.
  create policy write on platform.plan as restrictive for update to flowstate_mcp, flowstate_whatif using (
    owner_id = platform.setting('user_id')
    or exists (select from platform.plan_assignee a where a.org_id = plan.org_id and a.plan_id = plan.id and a.user_id = platform.setting('user_id')));
  create policy create_own on platform.plan as restrictive for insert to flowstate_mcp, flowstate_whatif
    with check (owner_id = platform.setting('user_id') and status = 'DRAFT');
  grant insert (org_id, id, title, type, description, owner_id, source_plan_id) on platform.plan to flowstate_mcp;
  grant update (title, type, description) on platform.plan to flowstate_mcp, flowstate_whatif;
`;
