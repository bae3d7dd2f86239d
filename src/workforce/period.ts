import { ToolError } from '../access';

/** Days as YYYY-MM-DD, both included; either may be left to a default. */
export interface AskedPeriod {
  readonly from?: string;
  readonly to?: string;
}

/** @throws ToolError VALIDATION for a period that ends before it begins */
export function mustBeInOrder({ from, to }: AskedPeriod): void {
  if (from === undefined || to === undefined || from <= to) return;
  const problem = 'to must not be before from.';
  throw new ToolError('VALIDATION', problem, {
    hint: 'Where to is left out it is today: call again with both, the earlier day as from.',
    retryable: true,
    details: { fields: [{ field: 'to', problem }] },
  });
}

/**
 * The days that figures about what happened are of, as the CTE `span (from_day, to_day)`: $2 and $3, by default from the
 * first day of the month three months before until today where the organization is.
 */
export const SPAN = `span as materialized (
    select coalesce($2::date, (date_trunc('month', last.day::timestamp) - interval '3 months')::date) as from_day, last.day as to_day
    from organization o cross join lateral (select coalesce($3::date, (clock_timestamp() at time zone o.time_zone)::date) as day) last where o.id = $1
  )`;
