/**
 * Each search term carries its person's place in the order of lists, so that whoever is found by a term is read in that
 * order: a page of the 8,000 people with a common skill costs as much as a page of the 20 with a rare one.
 */
export const SEARCH_ORDER = `
  truncate live.search_term;
  alter table live.search_term add column sort_key text collate "C" not null, drop constraint search_term_pkey,
    add primary key (org_id, kind, term, sort_key, subject_id);

  drop function platform.employee_terms(text, text, text, text[]);
  -- Under what an employee is found: words of the name and of the e-mail's local part, the whole address, each skill; 'employee.sort' is everybody.
  create function platform.employee_terms(first_name text, last_name text, email text, skills text[])
  returns table (kind text, term text, sort_key text) language sql immutable parallel safe as $$
    select t.kind, t.term, k.sort_key
    from (select left(platform.fold(concat_ws(' ', last_name, first_name)), 200) as sort_key) k
    cross join lateral (
      select 'employee.name' as kind, unnest(platform.words(concat_ws(' ', first_name, last_name, split_part(email, '@', 1)))) as term
      union all select 'employee.email', lower(email) where email is not null
      union all select distinct 'employee.skill', platform.fold(skill) from unnest(skills) skill
      union all select 'employee.sort', ''
    ) t
  $$;

  create or replace function live.index_added_employees() returns trigger language plpgsql as $$
  begin
    insert into live.search_term (org_id, kind, term, sort_key, subject_id)
    select a.org_id, t.kind, t.term, t.sort_key, a.id
    from added a cross join lateral platform.employee_terms(a.first_name, a.last_name, a.email, a.skills) t;
    return null;
  end $$;
  create or replace function live.index_changed_employees() returns trigger language plpgsql as $$
  begin
    delete from live.search_term s using removed r where s.org_id = r.org_id and s.subject_id = r.id
      and not exists (select from added a where (a.org_id, a.id, a.first_name, a.last_name, a.skills) = (r.org_id, r.id, r.first_name, r.last_name, r.skills)
        and a.email is not distinct from r.email);
    insert into live.search_term (org_id, kind, term, sort_key, subject_id)
    select a.org_id, t.kind, t.term, t.sort_key, a.id
    from added a cross join lateral platform.employee_terms(a.first_name, a.last_name, a.email, a.skills) t
    where not exists (select from live.search_term s where s.org_id = a.org_id and s.subject_id = a.id);
    return null;
  end $$;
`;

/** Indexes everybody anew. Row security is forced on the owner too, who here has to see all organizations at once. */
function reindex(columns: string, values: string): string {
  return `
    alter table live.employee no force row level security;
    alter table live.search_term no force row level security;
    insert into live.search_term (${columns}) select ${values}
      from live.employee e cross join lateral platform.employee_terms(e.first_name, e.last_name, e.email, e.skills) t;
    alter table live.employee force row level security;
    alter table live.search_term force row level security;
  `;
}

export const REINDEX = reindex('org_id, kind, term, sort_key, subject_id', 'e.org_id, t.kind, t.term, t.sort_key, e.id');
export const REINDEX_UNORDERED = reindex('org_id, kind, term, subject_id', 'e.org_id, t.kind, t.term, e.id');
