import { buckets, type Calendar, type Span } from './calendar';
import type { Parameters } from './parameters';
import { invalid, PERIOD, type Question } from './question';

/** Series 0 is the period asked for, 1 the one that it is compared with; bucket 0 of each is the whole of it. */
export interface Bucket extends Span {
  readonly series: 0 | 1;
  readonly n: number;
}

const MOST_BUCKETS = 400;

/** @throws ToolError VALIDATION where the granularity cuts the period into too many parts */
export function timeAxis({ span, comparison, granularity, splits }: Question, calendar: Calendar): Bucket[] {
  const series = [span, ...(comparison ? [comparison] : [])];
  return series.flatMap((whole, index) => {
    const parts = splits.length === 0 ? [] : buckets(whole, splits.includes(PERIOD) ? granularity : 'total', calendar);
    if (parts.length > MOST_BUCKETS)
      throw invalid('granularity', `granularity ${granularity} makes ${parts.length} parts of this period; at most ${MOST_BUCKETS}.`);
    return [whole, ...parts].map((part, n) => ({ ...part, series: index as 0 | 1, n }));
  });
}

/** The CTE `bucket`. */
export function bucketRows(rows: readonly Bucket[], parameters: Parameters): string {
  const columns = [
    parameters.add(
      rows.map(({ series }) => series),
      'integer[]',
    ),
    parameters.add(
      rows.map(({ n }) => n),
      'integer[]',
    ),
    parameters.add(
      rows.map(({ from }) => from),
      'date[]',
    ),
    parameters.add(
      rows.map(({ to }) => to),
      'date[]',
    ),
  ];
  return `bucket (series, n, first, last) as materialized (select * from unnest(${columns.join(', ')}))`;
}
