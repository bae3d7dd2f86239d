/**
 * Rates into the organization's currency as the CTE `fx (currency, first, last, rate)`: the newest direct rate on or before
 * a day, before the first of those the newest inverse one, else no row: what has no rate is left out and reported, never
 * taken for 0 or 1. $1 is the organization.
 */
export const FX = `fx as materialized (
    with target as (select reporting_currency as currency from organization where id = $1),
    direct as (
      select from_currency as currency, effective_from as first, coalesce(lead(effective_from) over (partition by from_currency order by effective_from) - 1, 'infinity') as last, rate
      from fx_rate join target on to_currency = target.currency where org_id = $1
    ),
    inverse as (
      select to_currency as currency, effective_from as first,
        least(coalesce(lead(effective_from) over (partition by to_currency order by effective_from), 'infinity'),
          (select coalesce(min(d.first), 'infinity') from direct d where d.currency = to_currency)) - 1 as last, round(1::numeric(40, 30) / rate, 24) as rate
      from fx_rate join target on from_currency = target.currency where org_id = $1
    )
    select currency, '-infinity'::date as first, 'infinity'::date as last, 1::numeric as rate from target
    union all select * from direct
    union all select * from inverse where first <= last
  )`;

/** The rate of a currency on a day, as `fx`; null where there is none. */
export function rated(currency: string, day: string): string {
  return `left join fx on fx.currency = ${currency} and fx.first <= ${day} and fx.last >= ${day}`;
}
