import { FX, rated } from '../../workforce';
import type { Source, Wish } from '../declare';
import type { DimensionName } from '../dimensions';
import { rowsSource } from '../rows-source';

/**
 * A budget holds until the next one of the same scope. Its amount is spread evenly over the months of its period, and within a month over
 * its days. Split by nothing, the figure is the organization's own budget, else those of what is split by.
 */
const SPREAD = `spread as materialized (
    select b.scope, b.team_id, b.cost_centre_id, b.project_id, b.value_stream_id, b.currency,
      b.amount / case b.period when 'month' then 1 when 'quarter' then 3 else 12 end as per_month, b.effective_date as first,
      coalesce(lead(b.effective_date) over (partition by b.scope, b.team_id, b.cost_centre_id, b.project_id, b.value_stream_id order by b.effective_date) - 1, 'infinity') as last
    from budget b where b.org_id = $1
  )`;

const MONTHS = `budget_month as materialized (
    select b.series, b.n, greatest(m.day::date, b.from_day) as first, least((m.day + interval '1 month - 1 day')::date, b.to_day) as last,
      (m.day + interval '1 month')::date - m.day::date as length
    from bucket b cross join lateral generate_series(date_trunc('month', b.from_day::timestamp), b.to_day, interval '1 month') m (day)
  )`;

const SCOPES = ['team', 'cost_centre', 'project', 'value_stream'] as const satisfies DimensionName[];

function budgetsOf(scope: 'org' | (typeof SCOPES)[number]): Source {
  return rowsSource({
    with: () => [FX, SPREAD, MONTHS],
    from: () => `bucket b
    join budget_month m on m.series = b.series and m.n = b.n
    join spread x on x.scope = '${scope}' and x.first <= m.last and x.last >= m.first
    ${rated('x.currency', 'greatest(x.first, m.first)')}`,
    dimensions: scope === 'org' ? {} : { [scope]: `x.${scope}_id` },
    measures: { budgeted: 'sum(x.per_month * fx.rate * (least(x.last, m.last) - greatest(x.first, m.first) + 1) / m.length)' },
    money: { currency: 'x.currency', rate: 'fx.rate' },
  });
}

const scopesIn = (dimensions: readonly DimensionName[]): (typeof SCOPES)[number][] => SCOPES.filter((one) => dimensions.includes(one));

function scoped(wish: Wish): Source {
  const [scope = 'org'] = scopesIn([...wish.dimensions, ...wish.conditions.map(({ field }) => field)]);
  return budgetsOf(scope);
}

export const BUDGETED: Source = {
  dimensions: SCOPES,
  measures: ['budgeted'],
  orNone: true,
  ctes: (name, wish) => scoped(wish).ctes(name, wish),
  leftOut: (name, wish) => scoped(wish).leftOut!(name, wish),
  apart: (dimensions) => (scopesIn(dimensions).length > 1 ? scopesIn(dimensions) : []),
};
