/**
 * Invariants that no check constraint can state. Deferred, so that an edit of several statements is judged once, at its
 * end; under an advisory lock, so that two transactions cannot each write half of a violation. EXCLUDE would need
 * btree_gist, which the embedded database lacks.
 */
export const RULES = `
  -- One lock per organization, not per person: a transaction that holds thousands would fill the server's lock table.
  create function live.lock_rules(org text) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('live rules ' || org, 0))
  $$;

  create function live.check_employee_email() returns trigger language plpgsql as $$
  declare person live.employee;
  begin
    select * into person from live.employee where org_id = new.org_id and id = new.id; -- as it is now, at the end of the transaction
    if person.email is null then return null; end if;
    perform live.lock_rules(person.org_id);
    if exists (
      select from live.search_term s join live.employee other on other.org_id = s.org_id and other.id = s.subject_id
      where s.org_id = person.org_id and s.kind = 'employee.email' and s.term = lower(person.email) and s.subject_id <> person.id
        and other.start_date <= coalesce(person.end_date, 'infinity') and coalesce(other.end_date, 'infinity') >= person.start_date
    ) then
      raise exception 'Two people employed at the same time have the e-mail address of %', person.id
        using errcode = 'unique_violation', constraint = 'employee_email', schema = 'live', table = 'employee';
    end if;
    return null;
  end $$;
  create constraint trigger employee_email after insert or update of email, start_date, end_date on live.employee
    deferrable initially deferred for each row when (new.email is not null) execute function live.check_employee_email();

  create function live.check_terms(org text, employee text) returns void language plpgsql as $$
  begin
    perform live.lock_rules(org);
    if exists (
      select from live.employee e where e.org_id = org and e.id = employee and (
        not exists (select from live.employment_terms t where t.org_id = org and t.employee_id = employee and t.effective_from <= e.start_date)
        or exists (
          select from (
            select t.effective_to, lead(t.effective_from) over (order by t.effective_from) as next_from
            from live.employment_terms t where t.org_id = org and t.employee_id = employee
          ) row_and_next
          where next_from is distinct from effective_to + 1)
      )
    ) then
      raise exception 'The employment terms of % do not cover the employment without gap or overlap', employee
        using errcode = 'exclusion_violation', constraint = 'employment_terms_cover', schema = 'live', table = 'employment_terms';
    end if;
  end $$;
  create function live.check_terms_of_employee() returns trigger language plpgsql as $$
  begin
    perform live.check_terms(new.org_id, new.id);
    return null;
  end $$;
  create constraint trigger employee_terms_cover after insert or update of start_date on live.employee
    deferrable initially deferred for each row execute function live.check_terms_of_employee();
  create function live.check_terms_of_row() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'DELETE' then perform live.check_terms(new.org_id, new.employee_id); end if;
    if tg_op = 'DELETE' or (tg_op = 'UPDATE' and old.employee_id <> new.employee_id) then perform live.check_terms(old.org_id, old.employee_id); end if;
    return null;
  end $$;
  create constraint trigger employment_terms_cover after insert or update of employee_id, effective_from, effective_to or delete on live.employment_terms
    deferrable initially deferred for each row execute function live.check_terms_of_row();

  -- Walks up from the row's manager, narrowing to the days on which each link holds: a circle that closes on no day is none.
  create function live.check_manager_graph() returns trigger language plpgsql as $$
  begin
    perform live.lock_rules(new.org_id);
    if not exists (select from live.employment_terms t where t.org_id = new.org_id and t.manager_id = new.employee_id) then return null; end if; -- no circle without a report
    if exists (
      with recursive up (manager_id, first_day, last_day) as (
        select t.manager_id, t.effective_from, coalesce(t.effective_to, 'infinity')
        from live.employment_terms t where t.org_id = new.org_id and t.id = new.id and t.manager_id is not null
        union
        select t.manager_id, greatest(up.first_day, t.effective_from), least(up.last_day, coalesce(t.effective_to, 'infinity'))
        from up join live.employment_terms t on t.org_id = new.org_id and t.employee_id = up.manager_id
        where t.manager_id is not null and up.manager_id <> new.employee_id
          and t.effective_from <= up.last_day and coalesce(t.effective_to, 'infinity') >= up.first_day
      )
      select from up where manager_id = new.employee_id
    ) then
      raise exception '% would report to themselves', new.employee_id
        using errcode = 'check_violation', constraint = 'manager_graph_acyclic', schema = 'live', table = 'employment_terms';
    end if;
    return null;
  end $$;
  create constraint trigger manager_graph_acyclic after insert or update of employee_id, manager_id, effective_from, effective_to on live.employment_terms
    deferrable initially deferred for each row when (new.manager_id is not null) execute function live.check_manager_graph();

  create function live.check_team_tree() returns trigger language plpgsql as $$
  begin
    perform live.lock_rules(new.org_id);
    if exists (
      with recursive up (id) as (
        select t.parent_team_id from live.team t where t.org_id = new.org_id and t.id = new.id
        union
        select t.parent_team_id from up join live.team t on t.org_id = new.org_id and t.id = up.id where up.id <> new.id
      )
      select from up where id = new.id
    ) then
      raise exception '% would be below itself', new.id
        using errcode = 'check_violation', constraint = 'team_tree_acyclic', schema = 'live', table = 'team';
    end if;
    return null;
  end $$;
  create constraint trigger team_tree_acyclic after insert or update of parent_team_id on live.team
    deferrable initially deferred for each row when (new.parent_team_id is not null) execute function live.check_team_tree();
`;
