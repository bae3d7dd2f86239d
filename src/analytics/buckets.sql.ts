import { addDays, type Span } from './calendar';
import type { Parameters } from './parameters';

/** Series 0 is the period asked for, 1 the one that it is compared with; bucket 0 of each is the whole of it. */
export interface Bucket extends Span {
  readonly series: 0 | 1;
  readonly n: number;
}

/** SQL of the first day of all buckets, and of the last one of all weeks that begin in them; parameters once they are read. */
export function windowOf(rows: readonly Bucket[], parameters: Parameters): { readonly from: string; readonly to: string } {
  const from = rows.map((bucket) => bucket.from).sort()[0];
  const to = rows
    .map((bucket) => bucket.to)
    .sort()
    .at(-1) as string;
  const places: { from?: string; to?: string } = {};
  return {
    get from() {
      return (places.from ??= parameters.add(from, 'date'));
    },
    get to() {
      return (places.to ??= parameters.add(addDays(to, 6), 'date'));
    },
  };
}

/** Number of Mondays up to a day, since a Monday before all days. */
const mondays = (day: string): string => `(${day} - date '1899-01-02') / 7`;

/**
 * The CTE `bucket` (key, series, n, from_day, to_day, days, last_monday, weeks). Effort is counted by weeks: those whose Monday is in
 * the bucket and whose Sunday is before today.
 */
export function bucketRows(rows: readonly Bucket[], today: string, parameters: Parameters): string {
  const column = (type: string, of: (bucket: Bucket) => unknown): string => parameters.add(rows.map(of), `${type}[]`);
  const columns = [
    column('integer', ({ series }) => series),
    column('integer', ({ n }) => n),
    column('date', ({ from }) => from),
    column('date', ({ to }) => to),
  ];
  return `bucket as materialized (
    select series * 1000 + n as key, series, n, from_day, to_day, to_day - from_day + 1 as days, last_monday,
      greatest(${mondays('last_monday')} - ${mondays('(from_day - 1)')}, 0) as weeks
    from unnest(${columns.join(', ')}) one (series, n, from_day, to_day)
    cross join lateral (select least(to_day, ${parameters.add(today, 'date')} - 7) as last_monday) l
  )`;
}

/** The CTEs `bucket_day` and `bucket_week`: what is in which bucket, so that rows of a day or a week find theirs by its key. */
export const BUCKET_DAYS = `bucket_day as materialized (
    select b.series, b.n, d.day::date as day from bucket b cross join lateral generate_series(b.from_day::timestamp, b.to_day, interval '1 day') d (day)
  )`;
export const BUCKET_WEEKS = `bucket_week as materialized (
    select b.series, b.n, w.day::date as week_start
    from bucket b cross join lateral generate_series(b.from_day + (8 - extract(isodow from b.from_day)::integer) % 7, b.last_monday::timestamp, interval '7 days') w (day)
  )`;
