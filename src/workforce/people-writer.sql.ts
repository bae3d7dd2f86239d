import { followDates } from './employment-dates.sql';
import { type Given, INCOMING, KNOWN, type Part } from './people-batch.sql';

const CREATE = `with ${INCOMING}
  insert into employee (org_id, id, external_id, first_name, last_name, email, start_date, end_date, notice_date, skills)
  select $1, i."newId", i."externalId", i."firstName", i."lastName", i.email, i."startDate", i."endDate", i."noticeDate", coalesce(i.skills, '{}')
  from incoming i
  left join lateral (select id from employee where org_id = $1 and external_id = i."externalId" offset 0) e on true
  where e.id is null
  returning id`;

function update(given: Given): string {
  const columns = [
    ['first_name', 'k."firstName"'],
    ['last_name', 'k."lastName"'],
    ['start_date', 'k."startDate"'],
    ...(given.has('email') ? [['email', 'k.email']] : []),
    ...(given.has('endDate') ? [['end_date', 'k."endDate"']] : []),
    ...(given.has('noticeDate') ? [['notice_date', 'k."noticeDate"']] : []),
    ...(given.has('skills') ? [['skills', `coalesce(k.skills, '{}')`]] : []),
  ] as [string, string][];
  return `with ${KNOWN}
  update employee e set ${columns.map(([column, value]) => `${column} = ${value}`).join(', ')} from known k
  where e.org_id = $1 and e.id = k.employee_id
    and (${columns.map(([column]) => `e.${column}`).join(', ')}) is distinct from (${columns.map(([, value]) => value).join(', ')})
  returning e.id`;
}

/** What terms consist of: column, and the value that the source has for it. */
const TERMS: readonly [column: string, given: Part, value: string][] = [
  ['manager_id', 'manager', 'coalesce(by_number.id, by_id.id)'],
  ['job_role_id', 'jobRole', 'k."jobRoleId"'],
  ['work_type_id', 'workType', 'k."workTypeId"'],
  ['geography_id', 'geography', 'k."geographyId"'],
  ['cost_centre_id', 'costCentre', 'k."costCentreId"'],
  ['contracted_fte', 'fte', 'coalesce(k.fte, 1)'],
];

/**
 * Who is in a team with their whole contracted share is so with the new one, too, from the day on and for as long as the
 * terms of the day last; who was given another share of a team keeps it. The row that is there becomes the present one, and
 * what it was before and is to be after these terms is added: only one primary allocation may be open at any moment.
 */
const SHARE_IN_TEAM = `with ${KNOWN},
  changing as materialized (
    select k.employee_id, k."pastId", k."tailId", k.day, coalesce(t.effective_to, 'infinity') as until, t.contracted_fte as present, coalesce(k.fte, 1) as fte
    from known k
    cross join lateral (
      select * from employment_terms where org_id = $1 and employee_id = k.employee_id and effective_from <= k.day and coalesce(effective_to, 'infinity') >= k.day offset 0
    ) t
    where t.contracted_fte <> coalesce(k.fte, 1)
  ),
  membership as materialized (
    select c.*, a.id, a.target_team_id, a.start_date, a.end_date
    from changing c
    join allocation a on a.org_id = $1 and a.employee_id = c.employee_id and a.is_primary and a.target_team_id is not null and a.fte = c.present
    where coalesce(a.end_date, 'infinity') >= c.day and (a.start_date <= c.day or coalesce(a.end_date, 'infinity') <= c.until)
  ),
  altered as (
    update allocation a set fte = m.fte, start_date = greatest(m.start_date, m.day), end_date = nullif(least(coalesce(m.end_date, 'infinity'), m.until), 'infinity')
    from membership m where a.org_id = $1 and a.id = m.id returning m.*
  )
  insert into allocation (org_id, id, employee_id, target_team_id, fte, start_date, end_date, is_primary)
  select $1, part.id, a.employee_id, a.target_team_id, a.present, part.first_day, part.last_day, true
  from altered a
  cross join lateral (
    select a."pastId" as id, a.start_date as first_day, a.day - 1 as last_day where a.start_date < a.day
    union all
    select a."tailId", a.until + 1, a.end_date where coalesce(a.end_date, 'infinity') > a.until
  ) part`;

/** New terms from the day on; the ones until then are kept, unless they would begin on the same day. */
function terms(given: Given): string {
  const columns = TERMS.map(([column]) => column).join(', ');
  const wanted = TERMS.map(
    ([column, name, value]) => `${given.has(name) ? value : `case when t.id is null then ${value} else t.${column} end`} as ${column}`,
  );
  return `with ${KNOWN},
  wanted as materialized (
    select k.employee_id, k."termsId", k.start_date, k.day, t.id as terms_id, t.effective_from, t.effective_to, ${wanted.join(', ')},
      (${TERMS.map(([column]) => `t.${column}`).join(', ')}) as present
    from known k
    left join lateral (
      select * from employment_terms where org_id = $1 and employee_id = k.employee_id and effective_from <= k.day and coalesce(effective_to, 'infinity') >= k.day offset 0
    ) t on true
    left join lateral (select id from employee where org_id = $1 and external_id = k."managerNumber" offset 0) by_number on true
    left join lateral (select id from employee where org_id = $1 and id = k."managerId" offset 0) by_id on true
  ),
  differing as materialized (select * from wanted where terms_id is null or (${columns}) is distinct from present),
  closed as (
    update employment_terms t set effective_to = d.day - 1 from differing d where t.org_id = $1 and t.id = d.terms_id and d.effective_from < d.day
  ),
  corrected as (
    update employment_terms t set ${TERMS.map(([column]) => `${column} = d.${column}`).join(', ')} from differing d
    where t.org_id = $1 and t.id = d.terms_id and d.effective_from = d.day
  ),
  added as (
    insert into employment_terms (org_id, id, employee_id, effective_from, effective_to, ${columns})
    select $1, d."termsId", d.employee_id, case when d.terms_id is null then d.start_date else d.day end, d.effective_to, ${TERMS.map(([column]) => `d.${column}`).join(', ')}
    from differing d where d.terms_id is null or d.effective_from < d.day
  )
  select employee_id as id from differing`;
}

/** Pay in force from the source's day, else from the first day of who had none, else from the day of changes. $4 times the source's amount is a year's; $5 whether that is for the contracted share only. */
const pay = (given: Given): string => `with ${KNOWN},
  dated as materialized (
    select k.*, round(k.salary * $4::numeric / case when $5::boolean then coalesce(k.fte, 1) else 1 end, 4) as annual,
      coalesce(k."payDate", (select k.day from salary_adjustment s where s.org_id = $1 and s.employee_id = k.employee_id limit 1), k.start_date) as pay_day
    from known k where k.salary is not null
  ),
  differing as materialized (
    select d.employee_id, d."payId", d.pay_day, d.annual, d.currency, p.id as pay_id, p.effective_date,
      ${given.has('bonus') ? 'round(coalesce(d.bonus, 0), 4)' : 'coalesce(p.annual_bonus, 0)'} as bonus, (p.annual_salary, p.annual_bonus, p.currency) as present
    from dated d
    left join lateral (
      select * from salary_adjustment s where s.org_id = $1 and s.employee_id = d.employee_id and s.effective_date <= d.pay_day order by s.effective_date desc limit 1
    ) p on true
  ),
  changed as materialized (select * from differing where pay_id is null or (annual, bonus, currency) is distinct from present),
  corrected as (
    update salary_adjustment s set annual_salary = c.annual, annual_bonus = c.bonus, currency = c.currency from changed c
    where s.org_id = $1 and s.id = c.pay_id and c.effective_date = c.pay_day
  ),
  added as (
    insert into salary_adjustment (org_id, id, employee_id, effective_date, annual_salary, annual_bonus, currency, reason)
    select $1, c."payId", c.employee_id, c.pay_day, c.annual, c.bonus, c.currency, 'Imported' from changed c where c.pay_id is null or c.effective_date < c.pay_day
  )
  select employee_id as id from changed`;

const PRIMARY = `left join lateral (
      select a.id, a.target_team_id, a.start_date from allocation a
      where a.org_id = $1 and a.employee_id = k.employee_id and a.is_primary and a.target_team_id is not null and a.start_date <= k.day and coalesce(a.end_date, 'infinity') >= k.day
      order by a.start_date desc limit 1
    ) a on true`;

/** Out of the team that the source no longer names: until the day before, or altogether where it would have begun on the day. */
const leaveTeam = (known: string): string => `with ${known},
  leaving as materialized (
    select k.employee_id, k.day, a.id as allocation_id, a.start_date from known k ${PRIMARY} where a.id is not null and a.target_team_id is distinct from k."teamId"
  ),
  ended as (
    update allocation a set end_date = l.day - 1 from leaving l where a.org_id = $1 and a.id = l.allocation_id and l.start_date < l.day
  ),
  withdrawn as (delete from allocation a using leaving l where a.org_id = $1 and a.id = l.allocation_id and l.start_date = l.day)
  select employee_id as id from leaving`;

/** Into the team that the source names: from the first day of who was in none before, until the next team that is agreed on. A statement of its own, because only one primary allocation may be open at any moment. */
const joinTeam = (known: string): string => `with ${known},
  joining as materialized (
    select k.employee_id, k."allocationId", k."teamId", k.end_date,
      coalesce((select k.day from allocation other where other.org_id = $1 and other.employee_id = k.employee_id limit 1), k.start_date) as first_day,
      coalesce((select t.contracted_fte from employment_terms t where t.org_id = $1 and t.employee_id = k.employee_id and t.effective_from <= k.day and coalesce(t.effective_to, 'infinity') >= k.day), 1) as fte,
      (select min(later.start_date) - 1 from allocation later
        where later.org_id = $1 and later.employee_id = k.employee_id and later.is_primary and later.target_team_id is not null and later.start_date > k.day) as until_next
    from known k ${PRIMARY} where a.id is null and k."teamId" is not null
  )
  insert into allocation (org_id, id, employee_id, target_team_id, fte, start_date, end_date, is_primary)
  select $1, j."allocationId", j.employee_id, j."teamId", j.fte, j.first_day, least(j.end_date, j.until_next), true from joining j
  returning employee_id as id`;

/** The same for people who are there, by id. */
const KNOWN_BY_ID = `incoming as materialized (
    select r.* from jsonb_to_recordset($2::jsonb) as r("employeeId" text, "teamId" text, "allocationId" text)
  ),
  known as materialized (
    select i.*, e.id as employee_id, e.start_date, e.end_date, greatest(e.start_date, least($3::date, coalesce(e.end_date, $3::date))) as day
    from incoming i
    cross join lateral (select * from employee where org_id = $1 and id = i."employeeId" offset 0) e
  )`;

/** $1 organization · $2 moves as JSON · $3 day from which they are in force. */
export const MOVE_TO_TEAMS: readonly string[] = [leaveTeam(KNOWN_BY_ID), joinTeam(KNOWN_BY_ID)];

export interface WriteStatement {
  readonly sql: string;
  readonly counts: 'created' | 'changed' | 'nothing';
  readonly takesPay?: boolean;
}

/**
 * How a batch of people is written, in the order in which the statements have to run: each looks for what differs from what
 * is there and changes only that, so that doing it again does nothing. $1 organization · $2 the batch as JSON · $3 day from
 * which changes are in force. Only constants are in the text; `Given` says which parts the source has, the others stay as
 * they are. Whatever is looked up is a lateral subquery with `offset 0`, so that it is one index lookup per row of the
 * batch: in an organization that the statistics do not know yet, the planner expects one row and would scan all of them for each.
 */
export function writeStatements(given: Given, has: { pay: boolean; team: boolean }): WriteStatement[] {
  const follow = followDates(given).map((sql) => ({ sql, counts: 'nothing' as const }));
  return [
    ...follow,
    { sql: update(given), counts: 'changed' },
    { sql: CREATE, counts: 'created' },
    ...(given.has('fte') ? [{ sql: SHARE_IN_TEAM, counts: 'nothing' as const }] : []),
    { sql: terms(given), counts: 'changed' },
    ...(has.pay ? [{ sql: pay(given), counts: 'changed' as const, takesPay: true }] : []),
    ...(has.team ? [leaveTeam(KNOWN), joinTeam(KNOWN)].map((sql) => ({ sql, counts: 'changed' as const })) : []),
  ];
}
