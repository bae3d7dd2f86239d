/** Under the lock of the organization's rules, as a change of a scenario: a live write that follows into it comes before, or finds nothing to follow into. */
export const DO_PLAN_ACT = `
  create or replace function platform.do_plan_act() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  declare
    org text := platform.setting('org_id');
    caller text := platform.setting('user_id');
    outer_plan text := current_setting('app.plan_id', true);
  begin
    perform from platform.plan p where p.org_id = org and p.id = new.plan_id and p.owner_id = caller and p.status in ('DRAFT', 'REJECTED') for update;
    if not found then
      raise exception 'only who owns a scenario may share or delete it' using errcode = 'insufficient_privilege', constraint = 'plan_act_owner';
    end if;
    if new.act = 'share' then
      if exists (select from unnest(new.members) m where not exists (
        select from platform.member_address a where a.org_id = org and (a.user_id = m or a.email_norm = lower(m))))
      then
        raise exception 'not a member of the organization' using errcode = 'no_data_found', constraint = 'plan_act_member';
      end if;
      delete from platform.plan_assignee s where s.org_id = org and s.plan_id = new.plan_id;
      insert into platform.plan_assignee (org_id, plan_id, user_id)
        select distinct org, new.plan_id, a.user_id from platform.member_address a join unnest(new.members) m on a.user_id = m or a.email_norm = lower(m)
        where a.org_id = org and a.user_id <> caller;
    elsif new.act = 'delete' then
      perform live.share_rules(org);
      perform set_config('app.plan_id', new.plan_id, true);
      perform overlay.forget_plan(org, new.plan_id);
      perform set_config('app.plan_id', coalesce(outer_plan, ''), true);
      delete from platform.plan p where p.org_id = org and p.id = new.plan_id;
    else
      raise exception 'no such act' using errcode = 'check_violation';
    end if;
    return null;
  end $$;
`;

const OWN = `org_id = platform.setting('org_id')`;

/**
 * What an MCP call may do to a scenario besides changing its content: speak about it where it is seen, in its user's name,
 * and, for its owner while it is a draft, share or delete it. The last two in the way of all changes (scenarios/accept-change.ts):
 * the login may add a row, here to a view that keeps nothing, and a trigger does as the owner of the tables what is allowed.
 */
export const PLAN_ACTS = `
  create policy comment on platform.plan_comment for insert to flowstate_mcp, flowstate_whatif
    with check (${OWN} and user_id = platform.setting('user_id')
      and exists (select from platform.plan p where p.org_id = plan_comment.org_id and p.id = plan_comment.plan_id));
  grant insert (org_id, id, plan_id, user_id, body) on platform.plan_comment to flowstate_mcp, flowstate_whatif;

  -- A copy stays when what it was made of is deleted; an answer that is kept for repeats goes with its scenario.
  alter table platform.plan drop constraint plan_org_id_source_plan_id_fkey,
    add foreign key (org_id, source_plan_id) references platform.plan (org_id, id) on delete set null (source_plan_id);
  create index on platform.plan (org_id, source_plan_id) where source_plan_id is not null;
  create index on platform.plan_request (org_id, plan_id);

  create view platform.member_address with (security_barrier) as
    select m.org_id, m.user_id, u.email_norm from platform.membership m join platform.app_user u on u.id = m.user_id
    where m.org_id = platform.setting('org_id');
  grant create on schema platform to flowstate_gate;
  alter view platform.member_address owner to flowstate_gate;
  revoke create on schema platform from flowstate_gate;
  grant select on platform.member_address to flowstate_owner;

  create view platform.plan_act as select null::text as plan_id, null::text as act, null::text[] as members where false;

${DO_PLAN_ACT}  create trigger act instead of insert on platform.plan_act for each row execute function platform.do_plan_act();
  grant insert on platform.plan_act to flowstate_mcp, flowstate_whatif;
`;
