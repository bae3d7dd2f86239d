/** $1 organization · $2 scenario. Its rows, its status, and whether changes of it are hidden from the caller. */
export const TOUCHED = `
  select p.status, p.rev, (clock_timestamp() at time zone o.time_zone)::date as today, o.over_allocation = 'block' as blocks,
    p.rev > (select count(*) from plan_change c where c.org_id = $1 and c.plan_id = $2) as hidden,
    (select count(*)::integer from plan_state s where s.org_id = $1 and s.plan_id = $2 and (s.conflicts <> '{}' or s.live_version is distinct from s.base_version)) as moved,
    (select coalesce(json_agg(json_build_object('entity', s.entity, 'id', s.id, 'op', s.op, 'conflict', s.conflicts <> '{}') order by s.entity, s.id), '[]')
      from plan_state s where s.org_id = $1 and s.plan_id = $2) as rows
  from plan p join organization o on o.id = $1 where p.org_id = $1 and p.id = $2`;

/** Each with a sentence of what it says in validation.service.ts. $1 organization · $2 scenario · $3 rows that it touches. Reads the scenario's world. */
export const LACKS = `
  with touched as materialized (select unnest($3::text[]) as id),
  leaver as materialized (select e.id, e.end_date from employee e where e.org_id = $1 and e.id in (select id from touched) and e.end_date is not null)
  select 'PAY_MISSING' as code, e.id from employee e
    where platform.setting('sees_pay') = 'on' and e.org_id = $1 and e.id in (select id from touched)
      and not exists (select from salary_adjustment s where s.org_id = $1 and s.employee_id = e.id)
  union all
  select 'RATE_MISSING', c.id from contractor c
    where platform.setting('sees_money') = 'on' and c.org_id = $1 and c.id in (select id from touched)
      and not exists (select from rate_adjustment r where r.org_id = $1 and r.contractor_id = c.id)
  union all
  select 'SALARY_RANGE_MISSING', v.id from vacancy v
    where platform.setting('sees_money') = 'on' and v.org_id = $1 and v.id in (select id from touched) and v.status = 'open' and v.salary_min is null
  union all
  select 'FX_MISSING', s.id from plan_state s join organization o on o.id = $1
    where s.org_id = $1 and s.plan_id = $2 and s.op <> 'delete' and s.patch->>'currency' <> o.reporting_currency
      and not exists (select from fx_rate f where f.org_id = $1
        and (f.from_currency, f.to_currency) in ((s.patch->>'currency', o.reporting_currency), (o.reporting_currency, s.patch->>'currency')))
  union all
  select 'REPORTS_WITHOUT_MANAGER', e.id from leaver l join employment_terms t on t.org_id = $1 and t.manager_id = l.id and coalesce(t.effective_to, 'infinity') > l.end_date
    join employee e on e.org_id = $1 and e.id = t.employee_id and coalesce(e.end_date, 'infinity') > l.end_date
  union all
  select 'TEAMS_WITHOUT_MANAGER', t.id from leaver l join team t on t.org_id = $1 and t.manager_id = l.id
  order by 1, 2`;

/** $1 organization · $2 scenario. Whom its allocations and terms are about, once they are live. */
export const MERGED_PEOPLE = `
  with about as (
    select coalesce(a.employee_id, a.contractor_id) as person, m.id from merge_row m join allocation a on a.org_id = $1 and a.id = m.id
      where m.org_id = $1 and m.plan_id = $2 and m.entity = 'allocation' and num_nonnulls(a.employee_id, a.contractor_id) = 1
    union all
    select t.employee_id, m.id from merge_row m join employment_terms t on t.org_id = $1 and t.id = m.id
      where m.org_id = $1 and m.plan_id = $2 and m.entity = 'employment_terms')
  select (clock_timestamp() at time zone o.time_zone)::date as today, o.over_allocation = 'block' as blocks,
    coalesce((select json_object_agg(person, id) from (select person, max(id) as id from about group by person) a), '{}') as people
  from organization o where o.id = $1`;
