/** Keeps search_term in step with employee, one statement per statement: an import of thousands stays set-based. */
export const SEARCH = `
  create function live.index_added_employees() returns trigger language plpgsql as $$
  begin
    insert into live.search_term (org_id, kind, term, subject_id)
    select a.org_id, t.kind, t.term, a.id
    from added a cross join lateral platform.employee_terms(a.first_name, a.last_name, a.email, a.skills) t;
    return null;
  end $$;
  create function live.forget_removed_employees() returns trigger language plpgsql as $$
  begin
    delete from live.search_term s using removed r where s.org_id = r.org_id and s.subject_id = r.id;
    return null;
  end $$;
  create function live.index_changed_employees() returns trigger language plpgsql as $$
  begin
    delete from live.search_term s using removed r where s.org_id = r.org_id and s.subject_id = r.id
      and not exists (select from added a where (a.org_id, a.id, a.first_name, a.last_name, a.skills) = (r.org_id, r.id, r.first_name, r.last_name, r.skills)
        and a.email is not distinct from r.email);
    insert into live.search_term (org_id, kind, term, subject_id)
    select a.org_id, t.kind, t.term, a.id
    from added a cross join lateral platform.employee_terms(a.first_name, a.last_name, a.email, a.skills) t
    where not exists (select from live.search_term s where s.org_id = a.org_id and s.subject_id = a.id);
    return null;
  end $$;
  create trigger employee_added after insert on live.employee
    referencing new table as added for each statement execute function live.index_added_employees();
  create trigger employee_changed after update on live.employee
    referencing old table as removed new table as added for each statement execute function live.index_changed_employees();
  create trigger employee_removed after delete on live.employee
    referencing old table as removed for each statement execute function live.forget_removed_employees();
`;
