/** Which entities are found by name, and the function that makes their search terms. */
const TERMS = `case $1
      when 'employee' then 'platform.employee_terms(e.first_name, e.last_name, e.email, e.skills)'
      when 'contractor' then 'platform.named_terms(''contractor'', e.name, e.email)'
      when 'vacancy' then 'platform.named_terms(''vacancy'', e.role, null)'
      when 'team' then 'platform.named_terms(''team'', e.name, null)'
      when 'project' then 'platform.named_terms(''project'', e.name, null)'
      when 'ai_agent' then 'platform.named_terms(''ai_agent'', e.name, null)' end`;

/** Folds one row anew, and notes whom its costs concern. */
export const FOLD_ROW = `
  -- live: the row as it is now, as jsonb; null where there is none.
  create or replace function overlay.fold(state platform.plan_state, live jsonb) returns void language plpgsql set search_path = pg_catalog as $$
  declare
    was jsonb := coalesce(overlay.unfold(state.org_id, state.plan_id, state.entity, state.id), live);
    effective jsonb := case state.op when 'create' then state.patch || jsonb_build_object('id', state.id) when 'update' then live || state.patch end;
  begin
    update platform.plan_state s set live_version = (live->>'version')::integer, conflicts = case
        when state.op = 'create' or state.op = 'delete' and live is null then '{}'
        when live is null then '{*}'
        when state.op = 'delete' then case when (live->>'version')::integer = state.base_version then '{}'::text[] else '{*}' end
        else array(select p.key from jsonb_each(state.patch) p
          where live->p.key is distinct from state.base->p.key and live->p.key is distinct from p.value order by p.key) end
      where s.org_id = state.org_id and s.plan_id = state.plan_id and s.id = state.id;
    if not found then return; end if; -- the scenario was deleted while this waited for it
    -- Also where only live has moved: from then on its costs are not the scenario's any more.
    perform overlay.put(state, effective),
      overlay.mark_costs(state.org_id, state.plan_id, state.entity, was, effective), overlay.mark_costs(state.org_id, state.plan_id, state.entity, live, effective);
  end $$;
`;

/** Under the lock of the organization's rules: a change of the scenario holds it, shared, before it writes anything that a fold writes, too. */
export const REFOLD = `
  -- After a live write: folds the rows of all scenarios that touch what has changed. Once per statement, so that imports stay set-based.
  create or replace function overlay.refold() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  declare touched record;
  begin
    if tg_op = 'DELETE' then
      for touched in select s as state from removed r join platform.plan_state s on s.org_id = r.org_id and s.id = r.id loop
        perform live.lock_rules((touched.state).org_id);
        perform overlay.fold(touched.state, null);
      end loop;
    else
      for touched in select s as state, to_jsonb(a) - 'plan_id' as live from added a join platform.plan_state s on s.org_id = a.org_id and s.id = a.id loop
        perform live.lock_rules((touched.state).org_id);
        perform overlay.fold(touched.state, touched.live);
      end loop;
    end if;
    return null;
  end $$;
`;

/**
 * What a scenario touches is folded into overlay tables when it is written, and again whenever the live row below moves,
 * in the transaction that moves it: fields that the scenario does not touch follow live, and conflicts are known.
 */
export const FOLD = `
  create function overlay.terms_of(entity text) returns text language sql immutable as $$ select ${TERMS} $$;

  -- Takes the row out of the overlay, and returns it: whoever looks sees live again.
  create function overlay.unfold(org text, plan text, entity text, subject text) returns jsonb language plpgsql set search_path = pg_catalog as $$
  declare was jsonb;
  begin
    execute format('delete from overlay.%I x where x.org_id = $1 and x.plan_id = $2 and x.id = $3 returning to_jsonb(x) - ''plan_id''', entity) into was using org, plan, subject;
    delete from overlay.search_term s where s.org_id = org and s.plan_id = plan and s.subject_id = subject;
    delete from overlay.hidden h where h.org_id = org and h.plan_id = plan and h.relation in (entity, 'search_term') and h.id = subject;
    return was;
  end $$;

  -- effective: the row as the scenario has it, as jsonb; null where it has deleted it, or live has.
  create function overlay.put(state platform.plan_state, effective jsonb) returns void language plpgsql set search_path = pg_catalog as $$
  declare
    whole jsonb := effective || jsonb_build_object('org_id', state.org_id, 'plan_id', state.plan_id, 'id', state.id);
    named text := overlay.terms_of(state.entity);
    columns text;
  begin
    if state.op <> 'create' then
      insert into overlay.hidden (org_id, plan_id, relation, id)
      select state.org_id, state.plan_id, r, state.id from unnest(array[state.entity, case when named is not null then 'search_term' end]) r where r is not null;
    end if;
    if whole is null then return; end if;
    select string_agg(quote_ident(key), ', ') into columns from jsonb_object_keys(whole) key;
    execute format('insert into overlay.%1$I (%2$s) select %2$s from jsonb_populate_record(null::scenario.%1$I, $1)', state.entity, columns) using whole;
    if named is not null then
      execute format('insert into overlay.search_term (org_id, plan_id, kind, term, sort_key, subject_id)
        select e.org_id, e.plan_id, t.kind, t.term, t.sort_key, e.id from overlay.%I e cross join lateral %s t
        where e.org_id = $1 and e.plan_id = $2 and e.id = $3', state.entity, named) using state.org_id, state.plan_id, state.id;
    end if;
  end $$;

${FOLD_ROW}
${REFOLD}
`;

/** The triggers of a live table that scenarios can change. */
export function refolded(table: string): string {
  return `
  create trigger ${table}_refold_changed after update on live.${table}
    referencing new table as added for each statement execute function overlay.refold();
  create trigger ${table}_refold_removed after delete on live.${table}
    referencing old table as removed for each statement execute function overlay.refold();`;
}
