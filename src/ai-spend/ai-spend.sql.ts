import { CHECKPOINT, EMPLOYED, headcounts, pageAfter, rankedRows, subtree } from '../workforce';
import { UNRATED, USED, USED_BY_TEAM } from './usage.sql';

/** Part of the headcount of the last day that used AI in the period. */
const RATE = `round(adopters::numeric / nullif(headcount, 0), 4)`;

/** CTE `people`: how many there are on the last day by primary team, and in none. */
const PEOPLE = `clock as materialized (select to_day as day from span),
  ${CHECKPOINT},
  in_team as materialized (${headcounts('team')}),
  people as (
    select id as team_id, people from in_team
    union all
    select null, (${EMPLOYED}) - (select coalesce(sum(people), 0) from in_team)
  )`;

/** CTE `adopter`: who of them used AI in the period. */
const ADOPTERS = `adopter as materialized (
    select home.home_id as team_id
    from span cross join (select distinct employee_id from used) u
    join employee e on e.org_id = $1 and e.id = u.employee_id and e.start_date <= span.to_day and (e.end_date is null or e.end_date >= span.to_day)
    left join (select distinct ts.employee_id, ts.home_id from span join team_share ts on ts.first <= span.to_day and ts.last >= span.to_day) home
      on home.employee_id = e.id
  )`;

const ABOUT = `json_build_object('from', span.from_day, 'to', span.to_day) as period, o.reporting_currency as currency, ${UNRATED} as unrated`;

const UNMATCHED_SPEND = `money_text(coalesce(sum(u.spend), 0))`;

const TEAM_ROW = `json_strip_nulls(json_build_object('team', case when team_id is not null then json_build_object('id', team_id, 'name', name) end,
      'spend', case when not hidden then money_text(spend) end, 'activeUsers', users, 'headcount', headcount, 'adoptionRate', ${RATE}))`;

const PERSON_ROW = `json_build_object(
      'person', (select json_build_object('id', e.id, 'name', e.first_name || ' ' || e.last_name) from employee e where e.org_id = $1 and e.id = page.key),
      'spend', money_text(page.spend), 'inputTokens', round(page.input_tokens), 'outputTokens', round(page.output_tokens), 'sessions', round(page.sessions),
      'systems', page.systems)`;

/**
 * $1 organization · $2 $3 period · $4 system · $5 team · $6 subteams too · $7 team of the last row shown, '' for none · $8 rows
 * · $9 whether the spend of fewer users than the organization's minimum is hidden
 *
 * One row. Spend goes to teams by shares, people to their primary team. A hidden amount is not given away by the total or the order either: where it would be the only one, the next
 * smallest team's is hidden too, and hidden ones come last, by name.
 */
export function spendByTeam(ofTeam: boolean): string {
  const within = (column: string): string => (ofTeam ? `${column} in (select id from subtree)` : 'true');
  return `
  with recursive ${USED_BY_TEAM},
  ${ofTeam ? `${subtree('$5', '$6')},` : 'given as (select $5::text, $6::boolean),'}
  ${PEOPLE},
  ${ADOPTERS},
  counted as materialized (select * from used where ${within('team_id')}),
  sized as materialized (
    select team_id, coalesce(sum(spend), 0) as spend, sum(spenders) as spenders, sum(users) as users, sum(headcount) as headcount, sum(adopters) as adopters
    from (
      select team_id, sum(spend) as spend, count(distinct employee_id) as spenders, 0 as users, 0 as headcount, 0 as adopters
      from counted where employee_id is not null group by team_id
      union all select home_id, 0, 0, count(distinct employee_id), 0, 0 from used where employee_id is not null group by home_id
      union all select team_id, 0, 0, 0, people, 0 from people
      union all select team_id, 0, 0, 0, 0, count(*) from adopter group by team_id
    ) part
    where ${within('team_id')}
    group by team_id having sum(spenders) + sum(users) + sum(headcount) > 0
  ),
  judged as (
    select s.*, $9::boolean and spenders between 1 and o.min_group_size - 1 as small from sized s join organization o on o.id = $1
  ),
  masked as (
    select j.*, small or (spenders > 0 and count(*) filter (where small) over () = 1 and row_number() over (partition by small or spenders = 0 order by spenders, team_id) = 1) as hidden
    from judged j
  ),
  placed as materialized (
    select m.*, coalesce(m.team_id, '') as key, t.name,
      row_number() over (order by hidden, case when hidden then 0 else spend end desc, t.name collate "C" nulls last, m.team_id) as place
    from masked m left join team t on t.org_id = $1 and t.id = m.team_id
  ),
  ${pageAfter('$7', '$8')}
  select ${ABOUT},
    ${rankedRows('$7', TEAM_ROW)},
    (select json_strip_nulls(json_build_object('spend', case when (select count(*) from placed where hidden) <> 1 then money_text(all_used.spend) end,
        'activeUsers', users, 'headcount', headcount, 'adoptionRate', ${RATE}))
      from (select coalesce(sum(spend), 0) as spend from counted) all_used
      cross join (select count(distinct employee_id) as users from used where ${within('home_id')}) all_users
      cross join (select coalesce(sum(headcount), 0) as headcount, coalesce(sum(adopters), 0) as adopters from sized) everybody) as totals,
    (select json_build_object('accounts', count(distinct u.account_id), 'spend', ${UNMATCHED_SPEND}) from counted u where u.employee_id is null) as unmatched,
    (select count(*) from placed where hidden) as suppressed
  from span join organization o on o.id = $1`;
}

/** How many unmatched accounts are shown. */
const SHOWN = 20;

/** $1 organization · $2 $3 period · $4 system · $5 team · $6 subteams too · $7 person of the last row shown · $8 rows. One row. */
export function spendByPerson(ofTeam: boolean): string {
  return `
  with recursive ${ofTeam ? USED_BY_TEAM : USED},
  ${ofTeam ? `${subtree('$5', '$6')},` : 'given as (select $5::text, $6::boolean),'}
  counted as materialized (select * from used ${ofTeam ? 'where team_id in (select id from subtree)' : ''}),
  placed as materialized (
    select u.*, row_number() over (order by u.spend desc, u.key) as place
    from (
      select u.employee_id as key, coalesce(sum(u.spend), 0) as spend, sum(u.input_tokens) as input_tokens, sum(u.output_tokens) as output_tokens,
        sum(u.sessions) as sessions, array_agg(distinct u.system order by u.system) as systems
      from counted u where u.employee_id is not null group by u.employee_id
    ) u
  ),
  ${pageAfter('$7', '$8')}
  select ${ABOUT},
    ${rankedRows('$7', PERSON_ROW)},
    (select json_build_object('people', count(*), 'spend', money_text(coalesce(sum(spend), 0))) from placed) as totals,
    (select json_build_object('accounts', count(*), 'spend', money_text(coalesce(sum(u.spend), 0)), 'largest', coalesce(json_agg(json_build_object(
        'id', a.id, 'provider', a.provider, 'account', a.account, 'spend', money_text(coalesce(u.spend, 0))) order by u.place) filter (where u.place <= ${SHOWN}), '[]'))
      from (select account_id, sum(spend) as spend, row_number() over (order by sum(spend) desc nulls last, account_id) as place
        from counted where employee_id is null group by account_id) u
      join ai_account a on a.org_id = $1 and a.id = u.account_id) as unmatched
  from span join organization o on o.id = $1`;
}
