import { type CallContext, can } from '../access';
import type { Permission } from '../permissions';
import { DIMENSION_NAMES, DIMENSIONS, type Dimension } from './dimensions';
import { METRIC_GROUPS } from './metrics';
import { dimensionsOf } from './vocabulary';

export interface MetricListing {
  groups: { name: string; metrics: { name: string; unit: string; definition: string; splits: string; needs?: Permission[] }[] }[];
  /** Which dimensions a metric can be split and filtered by, besides the period; metrics name one of these. */
  splits: { name: string; dimensions: string[] }[];
  dimensions: { name: string; definition: string; values?: string[] }[];
}

/** The vocabulary of query_analytics, with what the caller lacks the permission for. */
export function listing(ctx: CallContext, group?: string): MetricListing {
  const sets = new Map<string, string>();
  const setOf = (dimensions: readonly string[]): string => {
    const text = dimensions.join(' ');
    if (!sets.has(text)) sets.set(text, String.fromCharCode(97 + sets.size));
    return sets.get(text) as string;
  };
  const groups = Object.entries(METRIC_GROUPS)
    .filter(([name]) => group === undefined || name === group)
    .map(([name, metrics]) => ({
      name,
      metrics: metrics.map((one) => {
        const missing = one.permissions.filter((permission) => !can(ctx, permission));
        const { unit, definition } = one;
        return { name: one.name, unit, definition, splits: setOf(dimensionsOf(one)), ...(missing.length > 0 && { needs: missing }) };
      }),
    }));
  const used = new Set([...sets.keys()].flatMap((text) => text.split(' ')));
  return {
    groups,
    splits: [...sets].map(([text, name]) => ({ name, dimensions: text.split(' ') })),
    dimensions: DIMENSION_NAMES.filter((name) => used.has(name)).map((name) => {
      const { definition, values }: Dimension = DIMENSIONS[name];
      return { name, definition, ...(values && { values: [...values] }) };
    }),
  };
}
