import { DERIVED, ENTITIES } from '../scenarios/entities';

/** Everything that a scenario has in the schema overlay. */
const OVERLAYS = [...ENTITIES, ...Object.keys(DERIVED), 'cost_segment', 'hidden', 'cost_dirty'];

/** Of a live row, what no scenario writes: the row's identity, and what counts its versions. */
const OWN = `array['plan_id', 'version', 'created_at', 'updated_at']`;
const KEYS = `array['org_id', 'id', 'external_id']`;

export const forgetPlan = (...more: string[]): string => `
  -- Takes everything of the scenario out of the overlay. Its costs are visible in its own world only, also to their owner.
  create or replace function overlay.forget_plan(org text, plan text) returns void language plpgsql set search_path = pg_catalog as $$
  declare outer_plan text := coalesce(current_setting('app.plan_id', true), '');
  begin
    perform set_config('app.plan_id', plan, true);
    delete from platform.plan_state s where s.org_id = org and s.plan_id = plan;
    ${[...OVERLAYS, ...more].map((table) => `delete from overlay.${table} x where x.org_id = org and x.plan_id = plan;`).join('\n    ')}
    perform set_config('app.plan_id', outer_plan, true);
  end $$;
`;

export const MERGE = `
  create or replace function platform.merge_plan(org text, plan text) returns void language plpgsql security definer set search_path = pg_catalog as $$
  declare
    step record;
    done bigint;
  begin
    if org is distinct from platform.setting('org_id') then raise exception 'not of this organization' using errcode = 'insufficient_privilege'; end if;
    perform live.lock_rules(org); -- other scenarios are folded anew
    set constraints all deferred;
    for step in select distinct s.entity from platform.plan_state s where s.org_id = org and s.plan_id = plan loop
      execute format('insert into platform.merge_row (org_id, plan_id, id, entity, op, patch, before)
        select s.org_id, s.plan_id, s.id, s.entity, s.op, s.patch, to_jsonb(x) - array[''org_id'', ''plan_id'']
        from platform.plan_state s left join live.%1$I x on x.org_id = s.org_id and x.id = s.id
        where s.org_id = $1 and s.plan_id = $2 and s.entity = %1$L and (s.op <> ''delete'' or x.id is not null)', step.entity) using org, plan;
    end loop;
    -- Before anything is written: the scenario itself has nothing to follow any more.
    delete from platform.plan_state s where s.org_id = org and s.plan_id = plan;
    delete from overlay.hidden h where h.org_id = org and h.plan_id = plan;

    for step in
      select m.entity, m.op, count(*) as rows from platform.merge_row m where m.org_id = org and m.plan_id = plan
      group by m.entity, m.op order by array_position(array['delete', 'update', 'create'], m.op), m.entity
    loop
      -- That nobody has two open main teams is an index, which cannot wait: whoever loses one comes first.
      done := case when step.entity = 'allocation' and step.op = 'update'
        then overlay.write_live(org, plan, step.entity, step.op, 'not (o.is_primary and o.end_date is null)')
          + overlay.write_live(org, plan, step.entity, step.op, 'o.is_primary and o.end_date is null')
        else overlay.write_live(org, plan, step.entity, step.op) end;
      if done <> step.rows then
        raise exception '% of % rows of % were there to %', done, step.rows, step.entity, step.op using errcode = 'integrity_constraint_violation', constraint = 'merge_rows';
      end if;
    end loop;
    perform overlay.meet_live(s) from platform.merge_row m join platform.plan_state s on s.org_id = m.org_id and s.id = m.id
      where m.org_id = org and m.plan_id = plan and m.op = 'create';
    perform overlay.forget_plan(org, plan);
  end $$;
`;

/**
 * Makes a scenario live, a handful of statements per kind of row: what its overlay shows is what is written, so reading
 * the scenario before and live after is the same. Whoever calls it holds the locks of organization and scenario, has
 * checked what is to be checked, and judges the deferred rules (`set constraints all immediate`) before the commit.
 */
export const MERGE_PLAN = `
  create function overlay.columns_of(name text, without text[]) returns text[] language sql stable set search_path = pg_catalog as $$
    select array_agg(quote_ident(attname) order by attnum) from pg_attribute
    where attrelid = format('live.%I', name)::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> all (without)
  $$;

${forgetPlan()}
  -- A row came to be live that another scenario knows already: a copy that creates it too goes on with what differs.
  create function overlay.meet_live(state platform.plan_state) returns void language plpgsql set search_path = pg_catalog as $$
  declare
    live jsonb;
    own jsonb;
  begin
    execute format('select to_jsonb(x) - ''plan_id'' from live.%I x where x.org_id = $1 and x.id = $2', state.entity) into live using state.org_id, state.id;
    own := (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(state.patch) where live->key is distinct from value);
    if state.op <> 'create' then
      perform overlay.fold(state, live);
    elsif own = '{}' then
      delete from platform.plan_state s where s.org_id = state.org_id and s.plan_id = state.plan_id and s.id = state.id;
      perform overlay.unfold(state.org_id, state.plan_id, state.entity, state.id);
    else
      update platform.plan_state s set op = 'update', patch = own, base_version = (live->>'version')::integer,
          base = (select jsonb_object_agg(k, live->k) from jsonb_object_keys(own) k)
        where s.org_id = state.org_id and s.plan_id = state.plan_id and s.id = state.id returning * into state;
      perform overlay.fold(state, live);
    end if;
  end $$;

  -- Writes the rows of one kind into live that the scenario creates, updates or deletes; returns how many.
  create function overlay.write_live(org text, plan text, entity text, op text, condition text default 'true') returns bigint
    language plpgsql set search_path = pg_catalog as $$
  declare
    columns text[] := overlay.columns_of(entity, ${OWN} || case op when 'update' then ${KEYS} else '{}' end);
    target text := array_to_string(columns, ', ');
    source text := 'o.' || array_to_string(columns, ', o.');
    chosen text := format('m.org_id = $1 and m.plan_id = $2 and m.entity = %L and m.op = %L', entity, op);
    effective text := format('platform.merge_row m join overlay.%I o on o.org_id = $1 and o.plan_id = $2 and o.id = m.id', entity);
    done bigint;
  begin
    execute case op
      when 'delete' then format('delete from live.%I x using platform.merge_row m where %s and x.org_id = $1 and x.id = m.id', entity, chosen)
      when 'update' then format('update live.%I x set (%s) = row (%s) from %s where %s and x.org_id = $1 and x.id = m.id and (%s)',
        entity, target, source, effective, chosen, condition)
      when 'create' then format('insert into live.%I (%s) select %s from %s where %s', entity, target, source, effective, chosen)
    end using org, plan;
    get diagnostics done = row_count;
    return done;
  end $$;

${MERGE}
  revoke all on function platform.merge_plan(text, text) from public;
  grant execute on function platform.merge_plan(text, text) to flowstate_app;
`;
