import { DERIVED, ENTITIES } from './entities';

/**
 * Indexes of overlay tables have to be right without statistics: the tables are empty when the first plans are made, and
 * plans are kept. So an id leads where it can (ids are random, and rare without an organization before them), that no
 * index answers to what it is not for. Those by scenario and organization, which answer to everything, are made first: of
 * two indexes that each promise one row, PostgreSQL takes the newer.
 */
export const COPY_RULES = `
  -- The checks and indexes of live.name for overlay.name, each once; what is unique in live is judged when a scenario is written.
  -- key: what rows are found by besides their scenario, where every query names that.
  create or replace function overlay.copy_rules(name text, key text default null) returns void language plpgsql set search_path = pg_catalog as $$
  declare rule text;
  begin
    for rule in select format('alter table overlay.%I drop constraint %I', name, conname) from pg_constraint
      where conrelid = format('overlay.%I', name)::regclass and contype = 'c' loop execute rule; end loop;
    for rule in select format('alter table overlay.%I add constraint %I %s', name, conname, pg_get_constraintdef(oid)) from pg_constraint
      where conrelid = format('live.%I', name)::regclass and contype = 'c' and conname <> 'live_only' loop execute rule; end loop;
    for rule in select format('drop index overlay.%I', relname) from pg_index join pg_class on oid = indexrelid
      where indrelid = format('overlay.%I', name)::regclass loop execute rule; end loop;
    execute format('create index on overlay.%I (%s)', name, concat_ws(', ', 'plan_id', key));
    for rule in select definition from pg_index
      cross join lateral (select regexp_replace(replace(pg_get_indexdef(indexrelid), ' NULLS NOT DISTINCT', ''), '^CREATE (UNIQUE )?INDEX \\S+ ON (ONLY )?live\\.', 'create index on overlay.') as whole) w
      cross join lateral (select regexp_replace(whole, '\\(org_id, (([a-z_]+_)?id[,)])', '(\\1') as definition) d
      where indrelid = format('live.%I', name)::regclass order by definition not like '%(org_id%', indexrelid loop execute rule; end loop;
  end $$;
`;

/**
 * What the row policies ask. The ids that a scenario hides are collected once for a statement and asked by binary search, which
 * takes the longer, the larger the scenario is. Where `app.rows` says that few rows are looked at, each is asked about by itself;
 * where it says many, most are let through by a look at one bit (docs/adr/0034). The planner must not know: it would shun every scan.
 */
const hiding = (collected: string): string => `
  -- The condition under which a scenario sees a row of live.name; key: the column by which overlay.hidden names rows of the table.
  create or replace function overlay.untouched(name text, key text) returns text language sql immutable as $$
    select format('${collected}', name, key)
  $$;

  create or replace function overlay.world_of(name text, key text) returns text language sql immutable as $$
    select format('org_id = platform.setting(''org_id'') and (plan_id is null and %s or plan_id = platform.setting(''plan_id''))', overlay.untouched(name, key))
  $$;
`;

const ofHidden = (value: string): string => `(select ${value} from overlay.hidden h
      where h.org_id = platform.setting(''org_id'') and h.plan_id = platform.setting(''plan_id'') and h.relation = %1$L)`;

const COLLECTED = ofHidden(`coalesce(jsonb_object_agg(h.id, null), ''{}'')`);

/** Of 1,000 hidden rows, one in 16 of all others shares a bit with one. */
const bitOf = (id: string): string => `hashtext(${id}) & 16383`;
const BITS = ofHidden(`coalesce(bit_or(set_bit(0::bit(16384), ${bitOf('h.id')}, 1)), 0::bit(16384))`);

const rowsAre = (number: 'few' | 'many'): string => `(select platform.setting(''rows'') = ''${number}'')`;

export const HIDING_COLLECTED = hiding(`not ${COLLECTED} ? %2$I`);

export const HIDING = `
  -- The id as a key, where the scenario hides the row.
  create or replace function overlay.hidden_one(name text, subject text) returns jsonb language plpgsql stable parallel safe cost 1 security definer set search_path = pg_catalog as $$
  begin
    if exists (select from overlay.hidden h where h.org_id = current_setting('app.org_id', true) and h.plan_id = current_setting('app.plan_id', true)
      and h.relation = hidden_one.name and h.id = subject)
    then return jsonb_build_object(subject, null); end if;
    return '{}';
  end $$;
${hiding(`not (case when ${rowsAre('many')} then get_bit(${BITS}, ${bitOf('%2$I')}) = 1 else true end
      and case when ${rowsAre('few')} then overlay.hidden_one(%1$L, %2$I) else ${COLLECTED} end ? %2$I)`)}`;

const KEYS: readonly (readonly [table: string, key: string])[] = [
  ...ENTITIES.map((table) => [table, 'id'] as const),
  ...Object.entries(DERIVED),
];

/** The policies as the functions of HIDING say them now. */
export const POLICIES = `
  do $$ begin
    ${KEYS.map(([table, key]) => `execute 'alter policy world on scenario.${table} using (' || overlay.world_of('${table}', '${key}') || ')';`).join('\n    ')}
    execute 'alter policy untouched on live.cost_segment using (' || overlay.untouched('cost_segment', 'subject_id') || ')';
  end $$`;

/** Whether the rows of so many subjects are few: a look at one row takes as long as collecting some ten ids. */
export const fewRows = (ids: string): string => `case when cardinality(${ids}) <= 20 then 'few' else '' end`;

export const FOLLOW_TABLES = `
  -- key: the column by which overlay.hidden names rows of the table.
  create or replace function overlay.follow(name text, key text default 'id') returns void language plpgsql set search_path = pg_catalog as $$
  declare rule record;
  begin
    if to_regclass(format('scenario.%I', name)) is null then
      execute format('alter table live.%I add column plan_id text constraint live_only check (plan_id is null)', name);
      execute format('create table scenario.%1$I (like live.%1$I)', name);
      execute format('create table overlay.%1$I (like live.%1$I including defaults including generated)', name);
      execute format('alter table overlay.%I alter plan_id set not null', name);
      execute format('alter table live.%1$I inherit scenario.%1$I', name);
      execute format('alter table overlay.%1$I inherit scenario.%1$I', name);
      execute format('alter table overlay.%I enable row level security, force row level security', name);
      execute format('alter table scenario.%I enable row level security, force row level security', name);
      execute format('create policy owner on overlay.%I to flowstate_owner using (true) with check (true)', name);
      execute format('create policy world on scenario.%I for select to flowstate_whatif, flowstate_owner using (%s)', name, overlay.world_of(name, key));
      execute format('grant select on scenario.%I to flowstate_whatif', name);
    end if;
    perform overlay.add_missing_columns(name);
    perform overlay.copy_rules(name);
    -- What live hides from who may not see pay or money, the scenario hides from them, too.
    for rule in select polname, pg_get_expr(polqual, polrelid) as condition from pg_policy
      where polrelid = format('live.%I', name)::regclass and not polpermissive and 'flowstate_whatif'::regrole = any (polroles)
        and polname not in (select polname from pg_policy where polrelid = format('scenario.%I', name)::regclass)
    loop
      execute format('create policy %I on scenario.%I as restrictive for select to flowstate_whatif using (%s)', rule.polname, name, rule.condition);
    end loop;
    execute format('analyze live.%1$I (plan_id), scenario.%1$I', name);
  end $$;

  -- A table in partitions, which cannot inherit: a union, with the policy of hidden rows on live.
  create or replace function overlay.follow_partitioned(name text, key text) returns void language plpgsql set search_path = pg_catalog as $$
  declare columns text := (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
    where attrelid = format('live.%I', name)::regclass and attnum > 0 and not attisdropped);
  begin
    execute format('create table overlay.%1$I (like live.%1$I including defaults)', name);
    execute format('alter table overlay.%I add column plan_id text not null', name);
    perform overlay.copy_rules(name, key);
    execute format('alter table overlay.%I enable row level security, force row level security', name);
    execute format('create policy world on overlay.%I for select to flowstate_whatif, flowstate_owner
      using (org_id = platform.setting(''org_id'') and plan_id = platform.setting(''plan_id''))', name);
    execute format('create policy insert_owner on overlay.%I for insert to flowstate_owner with check (true)', name);
    execute format('create policy delete_owner on overlay.%I for delete to flowstate_owner using (true)', name);
    execute format('create policy untouched on live.%I as restrictive for select to flowstate_whatif, flowstate_owner using (%s)', name, overlay.untouched(name, key));
    execute format('create view scenario.%1$I with (security_invoker) as select %2$s from live.%1$I union all select %2$s from overlay.%1$I', name, columns);
    execute format('grant select on live.%1$I, overlay.%1$I, scenario.%1$I to flowstate_whatif', name);
  end $$;
`;

/**
 * How a table of the domain gets its world of scenarios (docs/adr/0022). `scenario.x` is a table without rows of its own;
 * `live.x` and `overlay.x` inherit from it, so a query of `scenario.x` reads both, from their indexes, with statistics of
 * the whole. Its one row policy hides from a scenario the live rows that it replaces or deletes, which `overlay.hidden`
 * names, and the rows of other scenarios. `plan_id` is null in live rows and always will be.
 *
 * Written as functions, because a later migration that changes a live table says `select overlay.follow('x')` again.
 */
export const FOLLOW = `
  create table overlay.hidden (
    org_id text not null,
    plan_id text not null,
    relation text not null,
    id text not null,
    primary key (org_id, plan_id, relation, id)
  );
  create index hidden_row on overlay.hidden (id, relation);
  alter table overlay.hidden enable row level security, force row level security;
  create policy owner on overlay.hidden to flowstate_owner using (true) with check (true);
  create policy own on overlay.hidden for select to flowstate_whatif
    using (org_id = platform.setting('org_id') and plan_id = platform.setting('plan_id'));
  grant select on overlay.hidden to flowstate_whatif;
${HIDING}

  -- Columns that live.name has got since: to the table of scenarios, and with it to that of overlays.
  create function overlay.add_missing_columns(name text) returns void language plpgsql set search_path = pg_catalog as $$
  declare missing record;
  begin
    for missing in
      select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = format('live.%I', add_missing_columns.name)::regclass and attnum > 0 and not attisdropped
        and attname not in (select attname from pg_attribute where attrelid = format('scenario.%I', add_missing_columns.name)::regclass)
      order by attnum
    loop
      execute format('alter table scenario.%I add column %s %s', name, missing.name, missing.type);
    end loop;
  end $$;

${COPY_RULES}
${FOLLOW_TABLES}
  -- A table that no scenario changes.
  create function overlay.pass(name text) returns void language plpgsql set search_path = pg_catalog as $$
  begin
    execute format('drop view if exists scenario.%I', name);
    execute format('create view scenario.%1$I with (security_invoker) as select * from live.%1$I', name);
    execute format('grant select on live.%1$I, scenario.%1$I to flowstate_whatif', name);
  end $$;

  -- Statistics of live and overlay together, which no autovacuum makes: without them joins of a scenario are planned blindly.
  create function platform.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog as $$
  declare tables text;
  begin
    select string_agg(format('scenario.%I', relname), ', ') into tables from pg_class where relnamespace = 'scenario'::regnamespace and relkind = 'r';
    execute 'analyze ' || tables;
  end $$;
  revoke all on function platform.refresh_statistics() from public;
  grant execute on function platform.refresh_statistics() to flowstate_app;
`;
