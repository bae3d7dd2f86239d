const NEVER = `array['org_id', 'id', 'plan_id', 'version', 'created_at', 'updated_at']`;

/** The shape of a change's patch; \`more\` is what else no patch may hold. */
const patchCheck = (more: string): string => `
  alter table platform.plan_change drop constraint plan_change_patch_check,
    add constraint plan_change_patch_check check (jsonb_typeof(patch) = 'object' and not patch ?| ${NEVER} and ${more});`;

/**
 * A reversal is a scenario like others. What it gives back it compares with what the merge made, not with what is live
 * by now: a row that has moved since is in conflict, and a person decides. A row that comes back keeps its external id.
 */
export const REVERSAL = `
  alter table platform.plan add column reverses_plan_id text, add foreign key (org_id, reverses_plan_id) references platform.plan (org_id, id);
  create index on platform.plan (org_id, reverses_plan_id) where reverses_plan_id is not null;
  ${patchCheck(`(op = 'create' or not patch ? 'external_id')`)}

  create function platform.base_on_merge(org text, plan text) returns void language plpgsql security definer set search_path = pg_catalog as $$
  declare
    merged text := (select p.reverses_plan_id from platform.plan p where p.org_id = org and p.id = plan);
    state platform.plan_state;
    live jsonb;
  begin
    if org is distinct from platform.setting('org_id') then raise exception 'not of this organization' using errcode = 'insufficient_privilege'; end if;
    for state in
      update platform.plan_state s set base = case m.op when 'update' then m.patch else s.base end, base_version = case m.op when 'create' then 1 else s.base_version end
      from platform.merge_row m
      where s.org_id = org and s.plan_id = plan and m.org_id = org and m.plan_id = merged and m.id = s.id
        and case m.op when 'update' then s.base <> m.patch when 'create' then s.base_version <> 1 else false end
      returning s.*
    loop
      execute format('select to_jsonb(x) - ''plan_id'' from live.%I x where x.org_id = $1 and x.id = $2', state.entity) into live using org, state.id;
      perform overlay.fold(state, live);
    end loop;
  end $$;
  revoke all on function platform.base_on_merge(text, text) from public;
  grant execute on function platform.base_on_merge(text, text) to flowstate_app;
`;

export const REVERSAL_DOWN = `
  drop function platform.base_on_merge(text, text);
  alter table platform.plan drop column reverses_plan_id;
  ${patchCheck(`not patch ? 'external_id'`)}
`;
