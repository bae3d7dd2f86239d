import { type Dimension, DIMENSION_NAMES, DIMENSIONS, type DimensionName } from './dimensions';
import type { Metric, Source } from './declare';
import { METRICS } from './metrics';
import { SOURCES } from './sources';

const BY_NAME = new Map(METRICS.map((metric) => [metric.name, metric]));

const SOURCE_OF = new Map<string, string>();
for (const [name, { measures }] of Object.entries(SOURCES)) {
  for (const measure of measures) {
    if (SOURCE_OF.has(measure)) throw new Error(`Two sources measure ${measure}.`);
    SOURCE_OF.set(measure, name);
  }
}

export function metric(name: string): Metric {
  const found = BY_NAME.get(name);
  if (!found) throw new Error(`There is no metric ${name}.`);
  return found;
}

export function isMetric(name: string): boolean {
  return BY_NAME.has(name);
}

export function isDimension(name: string): name is DimensionName {
  return Object.hasOwn(DIMENSIONS, name);
}

export function dimension(name: DimensionName): Dimension {
  return DIMENSIONS[name];
}

/** Name of the source that a measure is of. */
export function sourceOf(measure: string): string {
  const found = SOURCE_OF.get(measure);
  if (found === undefined) throw new Error(`No source measures ${measure}.`);
  return found;
}

export function source(name: string): Source {
  return SOURCES[name] as Source;
}

/** What a metric can be split and filtered by, besides the period. */
export function dimensionsOf({ measures, except = [] }: Metric): DimensionName[] {
  const sources = measures.map((measure) => source(sourceOf(measure)));
  return DIMENSION_NAMES.filter((name) => !except.includes(name) && sources.every(({ dimensions }) => dimensions.includes(name)));
}

/** Whether a measure, or one of a metric's, has no value instead of 0 in a group without rows. */
export function mayBeNone(...measures: readonly string[]): boolean {
  return measures.some((measure) => source(sourceOf(measure)).orNone);
}
