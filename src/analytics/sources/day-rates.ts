import { FX, rated } from '../../workforce';
import { rowsSource } from '../rows-source';
import { factsOf, stretches } from './stretches.sql';

/** What contractors charge on the last day of a bucket, by the day: a month has the working days that its month has. */
export const CHARGED = rowsSource({
  with: (wish) => [...stretches(wish), FX],
  from: () => `bucket b
    join stretch s on s.resource_type = 'contractor' and s.first <= b.to_day and s.last >= b.to_day
    join organization o on o.id = $1
    join lateral (
      select r.rate, r.rate_type, r.currency from rate_adjustment r
      where r.org_id = $1 and r.contractor_id = s.contractor_id and r.effective_date <= b.to_day order by r.effective_date desc limit 1
    ) r on true
    ${rated('r.currency', 'b.to_day')}
    cross join lateral (
      select count(*) as days
      from generate_series(date_trunc('month', b.to_day::timestamp), date_trunc('month', b.to_day::timestamp) + interval '1 month - 1 day', interval '1 day') d (day)
      where r.rate_type = 'monthly' and extract(isodow from d.day) < 6
        and not exists (select from holiday h where h.org_id = $1 and h.geography_id = s.geography_id and h.day = d.day::date)
    ) month`,
  dimensions: factsOf('s', 'resource_type', 'employee', 'work_type'),
  measures: {
    day_rates: `sum(fx.rate * case r.rate_type when 'hourly' then r.rate * o.hours_per_day when 'daily' then r.rate else r.rate / nullif(month.days, 0) end)`,
    contractors_charging: 'count(fx.rate)',
  },
  money: { currency: 'r.currency', rate: 'fx.rate' },
});
