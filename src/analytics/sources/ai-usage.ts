import { FX } from '../../workforce';
import type { Source, Wish } from '../declare';
import { rowsSource } from '../rows-source';
import { BUCKET_DAYS } from '../buckets.sql';
import { factsOf, stretches } from './stretches.sql';

/** Shares of people who are in several teams, by what they are allocated to each, while nothing about that changes. */
const TEAM_SHARES = `team_share as materialized (
    with booking as (
      select a.employee_id, a.target_team_id as team_id, a.fte, a.start_date as first, coalesce(a.end_date, 'infinity') as last
      from allocation a
      where a.org_id = $1 and a.target_team_id is not null
        and a.employee_id in (select employee_id from ai_account where org_id = $1 and employee_id is not null)
    ),
    piece as (
      select employee_id, day as first, coalesce(lead(day) over (partition by employee_id order by day) - 1, 'infinity') as last
      from (select employee_id, first as day from booking union select employee_id, last + 1 from booking where last < 'infinity') edge
    )
    select p.employee_id, p.first, p.last, t.id as team_id, coalesce(t.parent_team_id, t.id) as parent_team_id, t.cost_centre_id,
      o.fte / sum(o.fte) over (partition by p.employee_id, p.first) as weight
    from piece p
    join booking o on o.employee_id = p.employee_id and o.first <= p.first and o.last >= p.first
    join team t on t.org_id = $1 and t.id = o.team_id
  )`;

/** Rates by the day: half a million rows of usage find theirs by a key. */
const DAY_RATES = `fx_day as materialized (
    select fx.currency, d.day, fx.rate from fx join (select distinct day from bucket_day) d on d.day >= fx.first and d.day <= fx.last
  )`;

/** The use of each day, with the facts of who used it, where they are asked for. */
function usageRows(wish: Wish): string {
  const facts = [...wish.dimensions, ...wish.conditions.map(({ field }) => field)].some((name) => !(name in OF_USAGE));
  return `bucket_day b
    join ai_usage_day u on u.org_id = $1 and u.day = b.day and u.day >= ${wish.window.from} and u.day <= ${wish.window.to}
    join ai_account acc on acc.org_id = $1 and acc.id = u.account_id
    ${facts ? 'left join stretch s on s.employee_id = acc.employee_id and s.first <= least(u.day, s.end_date) and s.last >= least(u.day, s.end_date)' : ''}`;
}

const OF_USAGE = { employee: 'acc.employee_id', ai_system: 'u.system', ai_model: `nullif(u.model, '')` };

const OWN = {
  ...factsOf('s', 'resource_type', 'contractor', 'team', 'parent_team', 'cost_centre'),
  ...OF_USAGE,
};

const NEWEST = ['aiUsage', '(select max(day) from ai_usage_day where org_id = $1)'] as const;

const BY_TEAM = { team: 'ts.team_id', parent_team: 'ts.parent_team_id', cost_centre: 'coalesce(s.own_cost_centre_id, ts.cost_centre_id)' };

function usage(shares: string, ctes: readonly string[], weight: string): Source {
  return rowsSource({
    with: (wish) => [...stretches(wish), BUCKET_DAYS, FX, DAY_RATES, ...ctes],
    from: (wish) => `${usageRows(wish)}
    left join fx_day fx on fx.currency = u.currency and fx.day = u.day${shares}`,
    dimensions: { ...OWN, ...(weight === '1' ? {} : BY_TEAM) },
    measures: {
      ai_spend: `sum(u.cost * fx.rate * ${weight})`,
      tokens_in: `sum(u.input_tokens * ${weight})`,
      tokens_out: `sum(u.output_tokens * ${weight})`,
      ai_spend_of_people: `sum(u.cost * fx.rate * ${weight}) filter (where acc.employee_id is not null)`,
      ai_spenders: 'count(distinct acc.employee_id)',
    },
    money: { currency: 'u.currency', rate: 'fx.rate' },
    newest: NEWEST,
  });
}

const WHOLE = usage('', [], '1');

/** What people use who are in several teams is divided among these; they are behind the spend of each of them. */
const SHARED = usage(
  `
    left join team_share ts on ts.employee_id = acc.employee_id and ts.first <= u.day and ts.last >= u.day`,
  [TEAM_SHARES],
  'coalesce(ts.weight, 1)',
);

const byTeam = ({ dimensions, conditions }: Wish): boolean =>
  [...dimensions, ...conditions.map(({ field }) => field)].some((name) => name in BY_TEAM);

/** What AI systems were used for and cost. An account that is matched to nobody belongs to no group of people. */
export const AI_USED: Source = {
  ...SHARED,
  ctes: (name, wish) => (byTeam(wish) ? SHARED : WHOLE).ctes(name, wish),
  leftOut: (name, wish) => (byTeam(wish) ? SHARED : WHOLE).leftOut!(name, wish),
};

/** Who used AI systems: each in one team at a time, their primary one on the day. */
export const AI_USERS = rowsSource({
  with: (wish) => [...stretches(wish), BUCKET_DAYS],
  from: usageRows,
  dimensions: { ...factsOf('s', 'resource_type', 'contractor'), ...OF_USAGE },
  measures: { ai_users: 'count(distinct acc.employee_id)' },
  newest: NEWEST,
});

const USER = ({ window }: Wish): string => `ai_user as materialized (
    select distinct b.series, b.n, acc.employee_id
    from bucket_day b
    join ai_usage_day u on u.org_id = $1 and u.day = b.day and u.day >= ${window.from} and u.day <= ${window.to}
    join ai_account acc on acc.org_id = $1 and acc.id = u.account_id
    where acc.employee_id is not null
  )`;

/** Of the headcount on the last day of a bucket, who used AI systems in it. */
export const AI_ADOPTED = rowsSource({
  with: (wish) => [...stretches(wish), BUCKET_DAYS, USER(wish)],
  from: () => `bucket b
    join ai_user u on u.series = b.series and u.n = b.n
    join stretch s on s.employee_id = u.employee_id and s.first <= b.to_day and s.last >= b.to_day`,
  dimensions: factsOf('s', 'resource_type', 'contractor'),
  measures: { ai_adopters: 'count(*)' },
  newest: NEWEST,
});
