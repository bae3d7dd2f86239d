/** The fiscal year, fiscal quarter and month that hold a day, as a query of (period, from_day, to_day), both days included. */
export function fiscalPeriods(day: string): string {
  const months = (date: string): string => `(extract(year from ${date}) * 12 + extract(month from ${date}))`;
  return `
      select p.period, p.from_day::date as from_day, (p.from_day + p.length - interval '1 day')::date as to_day
      from organization o
      cross join lateral (
        select make_date(extract(year from ${day})::integer - (extract(month from ${day}) < o.fiscal_year_start_month)::integer, o.fiscal_year_start_month, 1)::timestamp as first
      ) year
      cross join lateral (values
        ('fiscal_year', year.first, interval '1 year'),
        ('quarter', year.first + interval '3 months' * floor((${months(day)} - ${months('year.first')}) / 3), interval '3 months'),
        ('month', date_trunc('month', ${day}::timestamp), interval '1 month')
      ) p (period, from_day, length)
      where o.id = $1`;
}
