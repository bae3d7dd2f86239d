import { attributePath, BRACKETS } from './attribute';
import { ScimError } from './scim-error';

/** One comparison of a filter: an attribute in lower case that equals a value. */
export interface Comparison {
  readonly name: string;
  readonly value: string;
}

const MOST = 20;
const COMPARISON = new RegExp(
  String.raw`^\s*(?<path>[^\s"[\]]+(?:${BRACKETS}[^\s"[\]]*)?)\s+eq\s+(?<value>"(?:[^"\\]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)\s*(?<and>and\s+|$)`,
  'i',
);

/**
 * Comparisons that a filter joins by `and`, of a list of resources or, in brackets, of the values of an attribute. Directories look things
 * up by `eq`; nothing else is offered, and said so.
 *
 * @param known attributes that can be compared, in lower case
 * @param within the attribute whose values are filtered: `type eq "work"` within `emails` compares `emails.type`
 */
export function readFilter(text: string, known: ReadonlySet<string>, within?: string): Comparison[] {
  const comparisons: Comparison[] = [];
  let more = true;
  for (let rest = text; more;) {
    const match = COMPARISON.exec(rest);
    const { path = '', value = '', and = '' } = match?.groups ?? {};
    const given = attributePath(path);
    if (match === null || given === undefined) throw unsupported(known);
    const full = within === undefined ? given.name : `${within}.${given.name}`;
    // `manager eq "…"`, as Entra asks, means its value.
    const name = known.has(full) ? full : `${full}.value`;
    if (!known.has(name)) throw unsupported(known);
    if (given.filter !== undefined) comparisons.push(...readFilter(given.filter, known, full.split('.')[0]));
    comparisons.push({ name, value: unquoted(value) });
    if (comparisons.length > MOST) throw new ScimError(400, `A filter has at most ${MOST} comparisons.`, 'invalidFilter');
    rest = rest.slice(match[0].length);
    more = and !== '';
  }
  return comparisons;
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    throw new ScimError(400, 'A text in a filter or path is not closed.', 'invalidFilter');
  }
}

function unsupported(known: ReadonlySet<string>): ScimError {
  const detail = `Filters compare by eq, joined by and; attributes are ${[...known].join(', ')}.`;
  return new ScimError(400, detail, 'invalidFilter');
}
