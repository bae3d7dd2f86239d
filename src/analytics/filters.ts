import type { CallContext } from '../access';
import { type Reference, resolveReferences } from '../workforce';
import type { Parameters } from './parameters';
import type { DimensionName } from './dimensions';
import type { Condition } from './declare';
import { invalid } from './invalid';
import type { DimensionFilter, Given } from './question';
import { dimension } from './vocabulary';

/** A filter whose references are ids, and whose words are spelled as the organization spells them. */
export interface ResolvedFilter extends Pick<DimensionFilter, 'field' | 'op'> {
  readonly values: readonly string[];
}

/** Words that a refusal lists. */
const MOST_WORDS = 20;

/**
 * Ids for what the filters name: an id, `ext:…`, or an e-mail address of an employee; words in whatever case.
 *
 * @throws ToolError NOT_FOUND, and VALIDATION for a word that the organization does not have
 */
export async function resolveFilters(ctx: CallContext, filters: readonly DimensionFilter[]): Promise<ResolvedFilter[]> {
  const whole = ({ op }: DimensionFilter): boolean => op !== 'contains' && op !== 'is_null';
  const references = filters.filter(whole).flatMap(({ field, given }): Reference[] => {
    const { ids } = dimension(field);
    return ids ? given.map(({ at, value }) => ({ kind: ids.kind, field: at, given: value })) : [];
  });
  const found = await resolveReferences(ctx, references);
  const resolved: ResolvedFilter[] = [];
  for (const filter of filters) {
    const { field, op, given } = filter;
    const spelled = whole(filter) ? await spellings(ctx, field, given) : undefined;
    resolved.push({ field, op, values: spelled ?? given.map(({ at, value }) => found[at] ?? value) });
  }
  return resolved;
}

/** How the organization spells words, which may be in more than one way; undefined where a dimension has none. */
async function spellings(ctx: CallContext, field: DimensionName, given: readonly Given[]): Promise<string[] | undefined> {
  const { words } = dimension(field);
  if (!words) return undefined;
  const rows = await ctx.db.query<{ word: string | null }[]>(
    `select distinct ${words.word} as word from ${words.table} x where x.org_id = $1 order by 1`,
    [ctx.orgId],
  );
  const known = rows.flatMap(({ word }) => word ?? []);
  return given.flatMap(({ at, value }) => {
    const same = known.filter((word) => word.toLowerCase() === value.toLowerCase());
    if (same.length === 0) throw invalid(at, wordProblem(at, field, known));
    return same;
  });
}

function wordProblem(at: string, field: DimensionName, known: readonly string[]): string {
  if (known.length === 0) return `${at} matches nothing: there is no ${field} in this organization yet.`;
  const more = known.length > MOST_WORDS ? ` and ${known.length - MOST_WORDS} more` : '';
  return `${at} must be one of ${known.slice(0, MOST_WORDS).join(', ')}${more}.`;
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
        subtrees.push(subtree(name, list()));
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

/** Teams and all that is below them. */
function subtree(name: string, teams: string): string {
  return `${name} (id) as (
    select unnest(${teams})
    union
    select child.id from ${name} join team child on child.org_id = $1 and child.parent_team_id = ${name}.id
  )`;
}
