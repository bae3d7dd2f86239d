import { FX, rated, SPAN } from '../workforce';

/** What is summed of usage. Cost in a currency without a rate is not in `spend`, but in `unrated`, in that currency. */
const sums = (
  weight: string,
): string => `sum(u.cost * fx.rate * ${weight}) as spend, sum(u.cost * ${weight}) filter (where fx.rate is null) as unrated,
      sum(u.input_tokens * ${weight}) as input_tokens, sum(u.output_tokens * ${weight}) as output_tokens, sum(u.cached_tokens * ${weight}) as cached_tokens,
      sum(u.sessions * ${weight}) as sessions`;

const USAGE = `span
    join ai_usage_day u on u.org_id = $1 and u.day >= span.from_day and u.day <= span.to_day
    join ai_account acc on acc.org_id = $1 and acc.id = u.account_id
    ${rated('u.currency', 'u.day')}`;

const OF_SYSTEM = `where $4::text is null or lower(u.system) = lower($4)`;

/** CTEs up to `used`: a row per account, system and currency. $2 $3 period · $4 system */
export const USED = `${SPAN},
  ${FX},
  used as materialized (
    select u.account_id, acc.employee_id, u.system, u.currency, ${sums('1')}
    from ${USAGE}
    ${OF_SYSTEM}
    group by u.account_id, acc.employee_id, u.system, u.currency
  )`;

/** How somebody who is in several teams is divided among them, by FTE, while nothing about that changes; home_id is the primary one. */
const TEAM_SHARE = `team_share as materialized (
    with booking as (
      select a.employee_id, a.id, a.target_team_id as team_id, a.is_primary, a.fte, a.start_date as first, coalesce(a.end_date, 'infinity') as last
      from allocation a
      where a.org_id = $1 and a.target_team_id is not null
        and a.employee_id in (select employee_id from ai_account where org_id = $1 and employee_id is not null)
    ),
    piece as (
      select employee_id, day as first, coalesce(lead(day) over (partition by employee_id order by day) - 1, 'infinity') as last
      from (select employee_id, first as day from booking union select employee_id, last + 1 from booking where last < 'infinity') edge
    )
    select p.employee_id, p.first, p.last, o.team_id, o.fte / sum(o.fte) over (partition by p.employee_id, p.first) as weight,
      first_value(case when o.is_primary then o.team_id end) over (
        partition by p.employee_id, p.first order by o.is_primary desc, o.first desc, o.id desc) as home_id
    from piece p join booking o on o.employee_id = p.employee_id and o.first <= p.first and o.last >= p.first
  )`;

/** CTEs up to `used`, divided among teams: a row per team (null: none), primary team, account, system and currency. */
export const USED_BY_TEAM = `${SPAN},
  ${FX},
  ${TEAM_SHARE},
  used as materialized (
    select ts.team_id, ts.home_id, u.account_id, acc.employee_id, u.system, u.currency, ${sums('coalesce(ts.weight, 1)')}
    from ${USAGE}
    left join team_share ts on ts.employee_id = acc.employee_id and ts.first <= u.day and ts.last >= u.day
    ${OF_SYSTEM}
    group by ts.team_id, ts.home_id, u.account_id, acc.employee_id, u.system, u.currency
  )`;

/** What was left out of spend, of a CTE `counted` with rows of `used`, as a JSON list. */
export const UNRATED = `(
    select coalesce(json_agg(json_build_object('currency', l.currency, 'amount', money_text(l.amount), 'count', l.accounts) order by l.currency), '[]')
    from (select currency, sum(unrated) as amount, count(distinct account_id) as accounts from counted where unrated > 0 group by currency) l)`;
