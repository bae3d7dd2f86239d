import { type CostQuestion, costRows, costWarnings } from '../costs';
import { CLOCK, fiscalPeriods, FX, pageAfter, rankedRows, rated } from '../workforce';

export const BUDGET_SCOPES = ['org', 'team', 'cost_centre', 'project', 'value_stream'] as const;

const TARGET = 'coalesce(b.team_id, b.cost_centre_id, b.project_id, b.value_stream_id)';

/**
 * CTE `current`: of each scope the budget that is in force on the day, with the period that holds the day and the amount
 * in the organization's currency, at the rate of the period's first day.
 */
export const currentBudgets = (
  condition: string,
): string => `period as materialized (select p.* from clock cross join lateral (${fiscalPeriods('clock.day')}) p),
  ${FX},
  current as materialized (
    select b.*, p.from_day, p.to_day, b.amount * fx.rate as converted
    from (
      select distinct on (b.scope, ${TARGET}) b.id, b.scope, ${TARGET} as target_id, b.amount, b.currency, b.period, b.effective_date
      from clock join budget b on b.org_id = $1 and b.effective_date <= clock.day
      where ${condition}
      order by b.scope, ${TARGET}, b.effective_date desc
    ) b
    join period p on p.period = b.period
    ${rated('b.currency', 'p.from_day')}
  )`;

/** Whose costs count against the budgets of a CTE: a team's with all teams below it. */
const member = (budgets: string): string => `below (budget_id, team_id) as (
    select id, target_id from ${budgets} where scope = 'team'
    union
    select below.budget_id, t.id from below join team t on t.org_id = $1 and t.parent_team_id = below.team_id
  ),
  member as materialized (
    select budget_id, 'team' as kind, team_id as id from below
    union all
    select id, scope, coalesce(target_id, '') from ${budgets} where scope <> 'team'
  ),
  bucket as materialized (
    select p.period as key, p.from_day, p.to_day from period p where p.period in (select period from ${budgets})
    union all
    select p.period || ' to date', p.from_day, clock.day from period p cross join clock where p.period in (select period from ${budgets})
  )`;

/** Who or what a segment counts for, in each split. */
const KINDS = {
  team: {
    joins: `left join team st on st.org_id = $1 and st.id = s.team_id
    cross join lateral (values ('org', ''), ('team', s.team_id), ('cost_centre', coalesce(s.cost_centre_id, st.cost_centre_id))) k (kind, id)`,
    kinds: `'org', 'team', 'cost_centre'`,
  },
  project: {
    joins: `join project sp on sp.org_id = $1 and sp.id = s.project_id
    cross join lateral (values ('project', sp.id), ('value_stream', sp.value_stream_id)) k (kind, id)`,
    kinds: `'project', 'value_stream'`,
  },
} as const;

function costOf(split: 'team' | 'project'): string {
  const question: CostQuestion = {
    split,
    keys: { budget_id: 'm.budget_id' },
    joins: `${KINDS[split].joins}\n    join member m on m.kind = k.kind and m.id = k.id`,
    where: `exists (select from member where kind in (${KINDS[split].kinds}))`,
  };
  return `${split}_cost as materialized (
    with ${costRows(question)},
    ${costWarnings(question)}
    select bucket, budget_id, total, null as code, null as currency, null::bigint as count from cost
    union all
    select null, null, null, code, currency, count from cost_warning
  )`;
}

/** CTEs up to `spent (budget_id, planned, to_date)` and `warning`, of the budgets of a CTE. */
export const spentOf = (budgets: string): string => `${member(budgets)},
  ${costOf('team')},
  ${costOf('project')},
  priced as (select * from team_cost union all select * from project_cost),
  spent as materialized (
    select b.id as budget_id, coalesce(w.total, 0) as planned, coalesce(d.total, 0) as to_date
    from ${budgets} b
    left join priced w on w.budget_id = b.id and w.bucket = b.period
    left join priced d on d.budget_id = b.id and d.bucket = b.period || ' to date'
  ),
  warning as (select code, currency, sum(count) as count from priced where code is not null group by code, currency)`;

const UNPRICED = `spent as (select id as budget_id, null::numeric as planned, null::numeric as to_date from page),
  warning as (select null as code, null as currency, null as count where false)`;

const NAME = `case c.scope
      when 'team' then (select x.name from team x where x.org_id = $1 and x.id = c.target_id)
      when 'cost_centre' then (select x.code || ' ' || x.name from cost_centre x where x.org_id = $1 and x.id = c.target_id)
      when 'project' then (select x.name from project x where x.org_id = $1 and x.id = c.target_id)
      when 'value_stream' then (select x.name from value_stream x where x.org_id = $1 and x.id = c.target_id) end`;

const SHARE = (part: string): string => `round(${part} / nullif(page.converted, 0), 4)::float8`;

const ROW = `json_strip_nulls(json_build_object('id', page.id, 'scope', page.scope,
      'target', case when page.target_id is not null then json_build_object('id', page.target_id, 'name', page.name) end,
      'period', page.period, 'from', page.from_day, 'to', page.to_day, 'effectiveDate', page.effective_date, 'amount', money_text(page.converted),
      'own', case when page.currency <> o.reporting_currency then json_build_object('amount', money_text(page.amount), 'currency', page.currency) end,
      'planned', cost_text(s.planned), 'toDate', cost_text(s.to_date), 'variance', cost_text(page.converted - s.planned),
      'plannedShare', ${SHARE('s.planned')}, 'toDateShare', ${SHARE('s.to_date')}))`;

/**
 * $1 organization · $2 day · $3 scope · $4 id of what the scope is about · $5 budget of the last row shown · $6 rows. One row.
 *
 * @param priced whether costs are held against the budgets
 */
export function budgetStatus(priced: boolean): string {
  return `
  with recursive ${CLOCK},
  ${currentBudgets(`($3::text is null or b.scope = $3) and ($4::text is null or ${TARGET} = $4)`)},
  placed as materialized (
    select c.*, c.id as key, row_number() over (order by array_position(array['${BUDGET_SCOPES.join(`', '`)}'], c.scope), c.name, c.id) as place
    from (select c.*, ${NAME} as name from current c) c
  ),
  ${pageAfter('$5', '$6')},
  ${priced ? spentOf('page') : UNPRICED}
  select clock.day as "asOf", o.reporting_currency as currency,
    ${rankedRows('$5', ROW, 'join spent s on s.budget_id = page.id')},
    (select coalesce(json_agg(json_build_object('currency', u.currency, 'count', u.count)), '[]')
      from (select currency, count(*) as count from placed where converted is null group by currency) u) as unrated,
    (select coalesce(json_agg(w), '[]') from warning w) as warnings
  from clock cross join organization o where o.id = $1`;
}
