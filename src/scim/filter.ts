import { attributePath, unquoted } from './attribute';
import { ScimError } from './scim-error';

/** One comparison of a filter: an attribute in lower case that equals a value. */
export interface Comparison {
  readonly name: string;
  readonly value: string;
}

const COMPARISON =
  /^\s*(?<path>[^\s"[\]]+(?:\[[^[\]]*\][^\s"[\]]*)?)\s+(?<op>[a-z]{2})\s+(?<value>"(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)\s*(?<and>and\s+|$)/i;

/** Comparisons that a filter joins by `and`. Directories look things up by `eq`; nothing else is offered, and said so. */
export function readFilter(text: string, known: ReadonlySet<string>): Comparison[] {
  const comparisons: Comparison[] = [];
  for (let rest = text; rest.trim() !== '';) {
    const match = COMPARISON.exec(rest);
    const { path = '', op = '', value = '' } = match?.groups ?? {};
    if (match === null || op.toLowerCase() !== 'eq') throw unsupported(known);
    const given = attributePath(path).name;
    // `manager eq "…"`, as Entra asks, means its value.
    const name = known.has(given) ? given : `${given}.value`;
    if (!known.has(name)) throw unsupported(known);
    comparisons.push({ name, value: unquoted(value) });
    rest = rest.slice(match[0].length);
    if (rest.trim() === '' && match.groups?.['and'] !== '') throw unsupported(known);
  }
  if (comparisons.length === 0) throw unsupported(known);
  return comparisons;
}

function unsupported(known: ReadonlySet<string>): ScimError {
  const detail = `Filters compare by eq, joined by and; attributes are ${[...known].join(', ')}.`;
  return new ScimError(400, detail, 'invalidFilter');
}
