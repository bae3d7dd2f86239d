import type { Metric } from './declare';
import { PEOPLE_METRICS } from './people.metrics';

/** Everything that can be asked for. Adding a metric is one declaration here below and a test. */
export const METRICS: readonly Metric[] = [...PEOPLE_METRICS];

export const METRIC_NAMES = METRICS.map(({ name }) => name);
