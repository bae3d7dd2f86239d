import type { Bucket } from './buckets.sql';
import { buckets, type Calendar } from './calendar';
import { spansOf } from './comparison';
import { invalid } from './invalid';
import { PERIOD } from './query';
import type { Question } from './question';

const MOST_BUCKETS = 400;

/** @throws ToolError VALIDATION where the granularity cuts the period into too many parts */
export function timeAxis(question: Question, calendar: Calendar): Bucket[] {
  const { granularity, splits } = question;
  return spansOf(question).flatMap((whole, index) => {
    const parts = splits.length === 0 ? [] : buckets(whole, splits.includes(PERIOD) ? granularity : 'total', calendar);
    if (parts.length > MOST_BUCKETS)
      throw invalid('granularity', `granularity ${granularity} makes ${parts.length} parts of this period; at most ${MOST_BUCKETS}.`);
    return [whole, ...parts].map((part, n) => ({ ...part, series: index as 0 | 1, n }));
  });
}
