/** Which tables are found by name, and under which kind of search term. */
const NAMED = { team: 'name', contractor: 'name', vacancy: 'role', project: 'name', ai_agent: 'name' } as const;

/**
 * Keeps search_term in step with everything that has a name, one statement per statement, as for employees: the words of
 * the name under `<table>.name`, the whole e-mail address under `<table>.email`, everybody under `<table>.sort`.
 */
export const NAMES = `
  create function platform.named_terms(kind text, name text, email text)
  returns table (kind text, term text, sort_key text) language sql immutable parallel safe as $$
    select t.kind, t.term, k.sort_key
    from (select left(platform.fold($2), 200) as sort_key) k
    cross join lateral (
      select $1 || '.name' as kind, unnest(platform.words(concat_ws(' ', $2, split_part($3, '@', 1)))) as term
      union all select $1 || '.email', lower($3) where $3 is not null
      union all select $1 || '.sort', ''
    ) t
  $$;

  create function live.index_named() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      delete from live.search_term s using removed r where s.org_id = r.org_id and s.subject_id = r.id;
      return null;
    end if;
    if tg_op = 'UPDATE' then
      delete from live.search_term s using removed r, added a
      where s.org_id = r.org_id and s.subject_id = r.id and a.org_id = r.org_id and a.id = r.id
        and (to_jsonb(a)->>tg_argv[0], to_jsonb(a)->>'email') is distinct from (to_jsonb(r)->>tg_argv[0], to_jsonb(r)->>'email');
    end if;
    insert into live.search_term (org_id, kind, term, sort_key, subject_id)
    select a.org_id, t.kind, t.term, t.sort_key, a.id
    from added a cross join lateral platform.named_terms(tg_table_name, to_jsonb(a)->>tg_argv[0], to_jsonb(a)->>'email') t
    where tg_op = 'INSERT' or not exists (select from live.search_term s where s.org_id = a.org_id and s.subject_id = a.id);
    return null;
  end $$;

  ${Object.entries(NAMED)
    .map(
      ([table, column]) => `
  create trigger ${table}_named_added after insert on live.${table}
    referencing new table as added for each statement execute function live.index_named('${column}');
  create trigger ${table}_named_changed after update on live.${table}
    referencing old table as removed new table as added for each statement execute function live.index_named('${column}');
  create trigger ${table}_named_removed after delete on live.${table}
    referencing old table as removed for each statement execute function live.index_named('${column}');`,
    )
    .join('')}
`;

/** Teams were there before they could be found by name. Row security is forced on the owner too, who here has to see all organizations. */
export const INDEX_TEAMS = `
  alter table live.team no force row level security;
  alter table live.search_term no force row level security;
  insert into live.search_term (org_id, kind, term, sort_key, subject_id)
    select t.org_id, n.kind, n.term, n.sort_key, t.id from live.team t cross join lateral platform.named_terms('team', t.name, null) n;
  alter table live.team force row level security;
  alter table live.search_term force row level security;
`;
