import { type Given, KNOWN } from './people-batch.sql';

/** Of people whose employment begins or ends on another day than it did: what hangs on these days goes along. */
function moved(given: Given): string {
  const ends = given.has('endDate');
  return `${KNOWN},
  moved as materialized (
    select k.employee_id, k.start_date as old_start, k.end_date as old_end, k."startDate" as new_start, ${ends ? 'k."endDate"' : 'k.end_date'} as new_end
    from known k where k.start_date <> k."startDate"${ends ? ' or k.end_date is distinct from k."endDate"' : ''}
  ),
  ending as materialized (select * from moved where old_end is distinct from new_end)`;
}

/** What the end that no longer holds cut off comes back as it was, unless somebody has changed it since, or something else is in its place. */
const takeBack = (given: Given): string => `with ${moved(given)},
  noted as (
    delete from cut_allocation c using ending m where c.org_id = $1 and c.employee_id = m.employee_id returning c.cut_on, c.was, c.cut_on = m.old_end as holds
  ),
  due as materialized (
    select w as was, n.cut_on from noted n cross join lateral jsonb_populate_record(null::allocation, n.was) w
    where n.holds
      and (exists (select from team t where t.org_id = $1 and t.id = w.target_team_id) or exists (select from project p where p.org_id = $1 and p.id = w.target_project_id))
      and not exists (
        select from allocation other where other.org_id = $1 and other.employee_id = w.employee_id and other.id <> w.id
          and (other.is_primary and w.is_primary or (other.target_team_id, other.target_project_id) is not distinct from (w.target_team_id, w.target_project_id))
          and other.start_date <= coalesce(w.end_date, 'infinity') and coalesce(other.end_date, 'infinity') >= greatest(w.start_date, n.cut_on + 1)
      )
  ),
  reopened as (
    update allocation a set end_date = (d.was).end_date from due d where a.org_id = $1 and a.id = (d.was).id and a.end_date = d.cut_on
  )
  insert into allocation select (d.was).* from due d
  where (d.was).start_date > d.cut_on and not exists (select from allocation a where a.org_id = $1 and a.id = (d.was).id)`;

/** The team that somebody is in until the last day stays theirs for as long as they do, or until the next one that is agreed on. */
const stayInTeam = (given: Given): string => `with ${moved(given)},
  staying as materialized (
    select distinct on (m.employee_id) a.id, next.day - 1 as last_day
    from ending m
    join allocation a on a.org_id = $1 and a.employee_id = m.employee_id and a.is_primary and a.target_team_id is not null and a.end_date = m.old_end
    cross join lateral (
      select min(later.start_date) as day from allocation later
      where later.org_id = $1 and later.employee_id = m.employee_id and later.is_primary and later.target_team_id is not null and later.start_date > m.old_end
    ) next
    order by m.employee_id, a.start_date desc
  )
  update allocation a set end_date = s.last_day from staying s where a.org_id = $1 and a.id = s.id and a.end_date is distinct from s.last_day`;

/** Nobody is allocated for longer than they are here; what that cuts off is kept for the day on which the end is another one. */
const cutOff = (given: Given): string => `with ${moved(given)},
  beyond as materialized (
    select a.id, a.employee_id, a.start_date, m.new_end, to_jsonb(a) as was
    from ending m join allocation a on a.org_id = $1 and a.employee_id = m.employee_id and coalesce(a.end_date, 'infinity') > m.new_end
  ),
  noted as (
    insert into cut_allocation (org_id, allocation_id, employee_id, cut_on, was) select $1, b.id, b.employee_id, b.new_end, b.was from beyond b
  ),
  withdrawn as (delete from allocation a using beyond b where a.org_id = $1 and a.id = b.id and b.start_date > b.new_end)
  update allocation a set end_date = b.new_end from beyond b where a.org_id = $1 and a.id = b.id and b.start_date <= b.new_end`;

/** Who begins later is allocated later; who began earlier was in the first team from then on. */
const moveFirst = (given: Given): string => `with ${moved(given)}
  update allocation a set start_date = m.new_start from moved m
  where a.org_id = $1 and a.employee_id = m.employee_id and a.start_date = m.old_start and m.new_start <> m.old_start
    and coalesce(a.end_date, 'infinity') >= m.new_start and (a.is_primary or m.new_start > m.old_start)`;

/** An employment that began earlier than was known: its first terms and pay did, too. */
const moveFirstTerms = (given: Given): string => `with ${moved(given)}
  update employment_terms t set effective_from = m.new_start from moved m
  where t.org_id = $1 and t.employee_id = m.employee_id and t.effective_from > m.new_start
    and not exists (select from employment_terms earlier where earlier.org_id = $1 and earlier.employee_id = m.employee_id and earlier.effective_from < t.effective_from)`;

const moveFirstPay = (given: Given): string => `with ${moved(given)}
  update salary_adjustment s set effective_date = m.new_start from moved m
  where s.org_id = $1 and s.employee_id = m.employee_id and s.effective_date = m.old_start and m.new_start < m.old_start
    and not exists (select from salary_adjustment earlier where earlier.org_id = $1 and earlier.employee_id = m.employee_id and earlier.effective_date < s.effective_date)`;

/** In the order in which they have to run, before the employment has its new days. */
export function followDates(given: Given): string[] {
  return [takeBack, stayInTeam, cutOff, moveFirst, moveFirstTerms, moveFirstPay].map((make) => make(given));
}
