/**
 * Against live writes at the same time. A live write does not see what a scenario has not committed, so it would leave its
 * row, and costs, as they were. The lock of the organization's rules, which each live write takes alone before it rebuilds costs,
 * orders the costs; the lock of the row orders that row. A scenario takes the first before it writes anything, and never waits for the second,
 * so that neither waits for a write that waits for it.
 */
export const ACCEPT = `
  create or replace function live.share_rules(org text) returns void language sql as $$
    select pg_advisory_xact_lock_shared(hashtextextended('live rules ' || org, 0))
  $$;

  create or replace function platform.accept_change() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  declare
    plan platform.plan := platform.lock_plan_for_change(new.org_id, new.plan_id);
    state platform.plan_state;
    live jsonb;
    effective jsonb;
    taken boolean;
  begin
    perform live.share_rules(new.org_id);
    select * into state from platform.plan_state s where s.org_id = new.org_id and s.plan_id = new.plan_id and s.id = new.entity_id;
    execute format('select to_jsonb(x) - ''plan_id'' from live.%I x where x.org_id = $1 and x.id = $2 for share skip locked', new.entity) into live using new.org_id, new.entity_id;
    if live is null then
      execute format('select exists (select from live.%I x where x.org_id = $1 and x.id = $2)', new.entity) into taken using new.org_id, new.entity_id;
      if taken then
        raise exception '% % is just being changed', new.entity, new.entity_id using errcode = 'object_not_in_prerequisite_state', constraint = 'plan_change_busy';
      end if;
    end if;
    execute format('select to_jsonb(x) - ''plan_id'' from overlay.%I x where x.org_id = $1 and x.plan_id = $2 and x.id = $3', new.entity) into effective using new.org_id, new.plan_id, new.entity_id;
    effective := coalesce(effective, case when state.id is null then live end);
    -- Each value as its column has it: what is compared later has to be written alike.
    execute format('select coalesce(jsonb_object_agg(k, to_jsonb(x)->k), ''{}'') from jsonb_populate_record(null::live.%I, $1) x, jsonb_object_keys($1) k', new.entity)
      into new.patch using new.patch;
    new.seq := plan.rev + 1;
    new.at := clock_timestamp();
    new.cause := new.cause || jsonb_build_object('user', platform.setting('user_id'));
    new.base_version := (live->>'version')::integer;
    new.base := case new.op when 'create' then '{}' when 'delete' then effective
      else (select coalesce(jsonb_object_agg(k, effective->k), '{}') from jsonb_object_keys(new.patch) k) end;
    state := platform.next_state(new, state, live);
    update platform.plan p set rev = new.seq, updated_at = new.at, status = 'DRAFT',
        content_hash = encode(sha256(convert_to(concat_ws(E'\\n', p.content_hash, new.seq, new.op, new.entity, new.entity_id, new.patch), 'UTF8')), 'hex')
      where p.org_id = new.org_id and p.id = new.plan_id;
    if state.id is null then
      delete from platform.plan_state s where s.org_id = new.org_id and s.plan_id = new.plan_id and s.id = new.entity_id;
      perform overlay.unfold(new.org_id, new.plan_id, new.entity, new.entity_id), overlay.mark_costs(new.org_id, new.plan_id, new.entity, effective, live);
    else
      insert into platform.plan_state select state.*
        on conflict (org_id, plan_id, id) do update set op = excluded.op, patch = excluded.patch, base = excluded.base, base_version = excluded.base_version;
      perform overlay.fold(state, live);
    end if;
    return new;
  end $$;
`;

/**
 * The one way in which a scenario changes: a row added to plan_change. The trigger numbers it, holds it against the
 * scenario's status and owner under the scenario's row lock, extends the hash, and folds it into plan_state and the
 * overlay, all as the owner of the tables. So a call needs no right but to append, and nothing it sends can make
 * history, state and overlay disagree.
 */
export const ACCEPT_CHANGE = `
  create function platform.lock_plan_for_change(org text, plan text) returns platform.plan language plpgsql set search_path = pg_catalog as $$
  declare found platform.plan;
  begin
    select * into found from platform.plan p where p.org_id = org and p.id = plan for update;
    if found.id is null or not (found.owner_id = platform.setting('user_id') or exists (
      select from platform.plan_assignee a where a.org_id = org and a.plan_id = plan and a.user_id = platform.setting('user_id')))
    then
      raise exception 'only who owns a scenario, or is assigned to it, may change it' using errcode = 'insufficient_privilege', constraint = 'plan_change_owner';
    end if;
    if found.status not in ('DRAFT', 'REJECTED') then
      raise exception 'a scenario in status % cannot be changed', found.status using errcode = 'object_not_in_prerequisite_state', constraint = 'plan_change_status';
    end if;
    return found;
  end $$;

  -- What the change makes of the state of its row; null where nothing of the scenario is left in it.
  create function platform.next_state(change platform.plan_change, state platform.plan_state, live jsonb) returns platform.plan_state
    language plpgsql stable set search_path = pg_catalog as $$
  declare
    keys text[] := array(select jsonb_object_keys(change.patch));
    fresh jsonb := (select coalesce(jsonb_object_agg(k, live->k), '{}') from unnest(keys) k);
    known boolean := state.id is not null;
    fault text := case
      when change.op = 'create' then case when known or live is not null then 'exists already' end
      when not known and (live is null or change.op in ('restore', 'rebase')) then 'is not there, or not touched'
      when change.op in ('update', 'delete') and state.op = 'delete' then 'is deleted in this scenario' end;
  begin
    if fault is not null then
      raise exception '% % %', change.entity, change.entity_id, fault using errcode = 'object_not_in_prerequisite_state', constraint = 'plan_change_row';
    end if;
    if not known then
      state := (change.org_id, change.plan_id, change.entity_id, change.entity, change.op, '{}', '{}', (live->>'version')::integer, (live->>'version')::integer, '{}');
    end if;
    case change.op
      when 'create' then state.patch := change.patch;
      when 'update' then
        state.patch := state.patch || change.patch;
        if state.op = 'update' then state.base := fresh || state.base; end if;
      when 'delete' then
        if known and state.op = 'create' then return null; end if;
        state.op := 'delete';
      when 'restore' then
        if state.op = 'delete' then state.op := 'update'; end if;
        state.patch := state.patch - keys;
        state.base := state.base - keys;
        if state.op = 'update' and state.patch = '{}' then return null; end if;
      when 'rebase' then
        state.base := state.base || fresh;
        state.base_version := (live->>'version')::integer;
    end case;
    return state;
  end $$;

${ACCEPT}
  create trigger accept before insert on platform.plan_change for each row execute function platform.accept_change();
`;
