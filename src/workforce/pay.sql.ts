import { CLOCK, inSubtree, subtree } from './employees.sql';

/** $1 organization · $2 day · $3 employee. Amounts are annual, at 1.0 FTE. */
export const PAY_HISTORY = `
  select jsonb_strip_nulls(jsonb_build_object('effectiveDate', p.effective_date, 'annualSalary', money_text(p.annual_salary), 'annualBonus', money_text(p.annual_bonus),
    'currency', p.currency, 'reason', p.reason)) as pay, p.effective_date <= $2::date as "inForce"
  from salary_adjustment p
  where p.org_id = $1 and p.employee_id = $3
  order by p.effective_date desc`;

/**
 * $1 organization · $2 day · $3 salary, bonus or total · $4 1 for ascending, -1 for descending · $5 team · $6 subteams too
 * · $7 geography · $8 job role · $9 currency, by default the reporting currency · $10 id of the last person shown · $11 rows
 *
 * One row: everything about the ranking. Who has no pay, or pay in a currency without a rate, is counted and left out: a rate is
 * never taken for 0 or 1.
 */
export function rankEmployees(byTeam: boolean): string {
  return `
  with recursive ${CLOCK},
  ${subtree('$5', '$6')},
  target as materialized (select coalesce($9::text, o.reporting_currency) as currency from organization o where o.id = $1),
  person as materialized (
    select e.id, e.first_name || ' ' || e.last_name as name, t.job_role_id, t.contracted_fte, pay.currency,
      case $3::text when 'salary' then pay.annual_salary when 'bonus' then pay.annual_bonus else pay.annual_salary + pay.annual_bonus end as own
    from clock
    join employee e on e.org_id = $1 and e.start_date <= clock.day and (e.end_date is null or e.end_date >= clock.day)
    join employment_terms t on t.org_id = $1 and t.employee_id = e.id
      and t.effective_from <= clock.day and (t.effective_to is null or t.effective_to >= clock.day)
    left join lateral (
      select p.annual_salary, p.annual_bonus, p.currency from salary_adjustment p
      where p.org_id = $1 and p.employee_id = e.id and p.effective_date <= clock.day
      order by p.effective_date desc limit 1
    ) pay on true
    where ($7::text is null or t.geography_id = $7)
      and ($8::text is null or t.job_role_id = $8)
      ${byTeam ? `and ${inSubtree('clock.day')}` : ''}
  ),
  rate as materialized (
    select c.currency, case when c.currency = target.currency then 1 else coalesce(
      (select f.rate from fx_rate f where f.org_id = $1 and f.from_currency = c.currency and f.to_currency = target.currency
        and f.effective_from <= clock.day order by f.effective_from desc limit 1),
      (select 1 / f.rate from fx_rate f where f.org_id = $1 and f.from_currency = target.currency and f.to_currency = c.currency
        and f.effective_from <= clock.day order by f.effective_from desc limit 1)) end as rate
    from (select distinct currency from person where currency is not null) c cross join target cross join clock
  ),
  ranked as materialized (
    select p.*, p.own * r.rate as amount, p.own * r.rate * $4::integer as key, rank() over (order by p.own * r.rate * $4::integer) as place
    from person p join rate r on r.currency = p.currency where r.rate is not null
  ),
  page as (
    select * from ranked
    where $10::text is null or (key, id) > (select last.key, last.id from ranked last where last.id = $10)
    order by key, id limit $11
  )
  select clock.day as "asOf", target.currency, (select count(*) from ranked) as total,
    $10::text is null or exists (select from ranked where id = $10) as "cursorKnown",
    (select count(*) from person where currency is null) as "withoutPay",
    (select coalesce(json_agg(m order by m.currency), '[]') from (
      select p.currency, count(*) as count from person p join rate r on r.currency = p.currency where r.rate is null group by p.currency) m) as missing,
    (select coalesce(json_agg(json_build_object('rank', page.place, 'id', page.id, 'name', page.name,
      'jobRole', (select title from job_role where org_id = $1 and id = page.job_role_id), 'fte', page.contracted_fte,
      'amount', money_text(page.amount), 'ownAmount', money_text(page.own), 'ownCurrency', page.currency) order by page.key, page.id), '[]')
      from page) as people
  from clock cross join target`;
}
