import type { DimensionName } from './dimensions';
import type { Parameters } from './parameters';
import type { Question } from './question';

/** A group in the world that an answer is compared with; `groups` and `names` by dimension, `values` by metric, unrounded. */
export interface OtherRow {
  readonly n: number;
  readonly groups: readonly (string | null)[];
  readonly names: readonly (string | null)[];
  readonly values: readonly (string | null)[];
}

/** The CTE `other`, with the columns of `valued` and the names of its groups. */
export function otherRows(
  rows: readonly OtherRow[],
  { metrics }: Question,
  dimensions: readonly DimensionName[],
  parameters: Parameters,
): string {
  const column = (type: string, of: (row: OtherRow) => unknown): string => parameters.add(rows.map(of), `${type}[]`);
  const columns = [
    ['n', column('integer', ({ n }) => n)],
    ...dimensions.map((_, index) => [`d${index}`, column('text', ({ groups }) => groups[index])]),
    ...dimensions.map((_, index) => [`name${index}`, column('text', ({ names }) => names[index])]),
    ...metrics.map((_, index) => [`v${index}`, column('numeric', ({ values }) => values[index])]),
  ];
  const names = columns.map(([name]) => name).join(', ');
  return `other as materialized (select * from unnest(${columns.map(([, array]) => array).join(', ')}) one (${names}))`;
}
