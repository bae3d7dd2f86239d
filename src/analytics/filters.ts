import type { CallContext } from '../access';
import { type Reference, resolveReferences } from '../workforce';
import type { Parameters } from './parameters';
import type { DimensionName } from './dimensions';
import type { Condition } from './declare';
import type { DimensionFilter } from './question';
import { dimension } from './vocabulary';

/** A filter whose references are ids. */
export type ResolvedFilter = Pick<DimensionFilter, 'field' | 'op' | 'values'>;

/**
 * Ids for what the filters name: an id, `ext:…`, or an e-mail address of an employee.
 *
 * @throws ToolError NOT_FOUND
 */
export async function resolveFilters(ctx: CallContext, filters: readonly DimensionFilter[]): Promise<ResolvedFilter[]> {
  const references = filters.flatMap(({ at, field, op, values }): Reference[] => {
    const { ids } = dimension(field);
    if (!ids || op === 'contains' || op === 'is_null') return [];
    return values.map((given, index) => ({ kind: ids.kind, field: `${at}.values[${index}]`, given }));
  });
  const found = await resolveReferences(ctx, references);
  return filters.map(({ at, field, op, values }) => ({
    field,
    op,
    values: values.map((value, index) => found[`${at}.values[${index}]`] ?? value),
  }));
}

/** What the filters come to in SQL, and the CTEs that they read. */
export function filterConditions(
  filters: readonly ResolvedFilter[],
  parameters: Parameters,
): { conditions: Condition[]; subtrees: string[] } {
  const subtrees: string[] = [];
  const conditions = filters.map(({ field, op, values }): Condition => {
    const list = (): string => parameters.add(values, 'text[]');
    const one = (): string => parameters.add(values[0], 'text');
    switch (op) {
      case 'eq':
      case 'in': {
        const value = list();
        return { field, ofValues: true, holds: (column) => `${column} = any (${value})` };
      }
      case 'ne':
      case 'not_in': {
        const value = list();
        return { field, ofValues: false, holds: (column) => `(${column} = any (${value})) is not true` };
      }
      case 'is_null':
        return { field, ofValues: false, holds: (column) => `${column} is ${values[0] === 'true' ? '' : 'not '}null` };
      case 'contains':
        return { field, ofValues: true, holds: nameContains(field, one()) };
      case 'under': {
        const name = `under_${subtrees.length}`;
        subtrees.push(subtree(name, one()));
        return { field, ofValues: true, holds: (column) => `${column} in (select id from ${name})` };
      }
    }
  });
  return { conditions, subtrees };
}

/** Without regard to case or accents. */
function nameContains(field: DimensionName, value: string): Condition['holds'] {
  const contains = (name: string): string => `position(fold(${value}) in fold(${name})) > 0`;
  const { ids } = dimension(field);
  if (!ids) return contains;
  return (column) => `${column} in (select x.id from ${ids.table} x where x.org_id = $1 and ${contains(ids.name)})`;
}

/** A team and all that is below it. */
function subtree(name: string, team: string): string {
  return `${name} (id) as (
    select ${team}
    union
    select child.id from ${name} join team child on child.org_id = $1 and child.parent_team_id = ${name}.id
  )`;
}
