import { AI_METRICS } from './ai.metrics';
import type { Metric } from './declare';
import { MONEY_METRICS } from './money.metrics';
import { PEOPLE_METRICS } from './people.metrics';
import { WORK_METRICS } from './work.metrics';

/** Everything that can be asked for, by the heading it is listed under. Adding a metric is one declaration in one of these, and a test. */
export const METRIC_GROUPS: Readonly<Record<string, readonly Metric[]>> = {
  people: PEOPLE_METRICS,
  work: WORK_METRICS,
  money: MONEY_METRICS,
  ai: AI_METRICS,
};

export const METRICS: readonly Metric[] = Object.values(METRIC_GROUPS).flat();

export const METRIC_NAMES = METRICS.map(({ name }) => name);
