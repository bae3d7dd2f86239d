import { ScimError } from './scim-error';

/** An attribute as a request names it: its path in lower case and without the name of its schema, and the filter in brackets. */
export interface AttributePath {
  readonly name: string;
  readonly filter?: { readonly name: string; readonly value: string };
}

const PATH = /^(?:(?<urn>urn:[^[\]]+):)?(?<attribute>[A-Za-z$][\w$-]*)(?:\[(?<filter>[^\]]*)\])?(?:\.(?<sub>[\w$-]+))?$/i;
const FILTER = /^\s*(?<name>[A-Za-z]\w*)\s+eq\s+(?<value>"(?:[^"\\]|\\.)*"|true|false)\s*$/i;

/**
 * Reads `name.givenName`, `emails[type eq "work"].value`, `urn:…:User:department`. Attribute names have no case
 * (RFC 7643 §2.1); no two that are known here differ only by their schema.
 */
export function attributePath(text: string): AttributePath {
  const groups = PATH.exec(text.trim())?.groups;
  const given = groups?.['filter'];
  const filter = given === undefined ? undefined : FILTER.exec(given)?.groups;
  if (groups === undefined || (given !== undefined && filter === undefined))
    throw new ScimError(400, 'A path is not understood.', 'invalidPath');
  // A schema's own name ends in a colon and a word, too: `urn:…:2.0:User` is the whole extension.
  const name = [groups['attribute'], groups['sub']]
    .filter((part) => part !== undefined)
    .join('.')
    .toLowerCase();
  return {
    name,
    ...(filter && { filter: { name: (filter['name'] as string).toLowerCase(), value: unquoted(filter['value'] as string) } }),
  };
}

export function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    throw new ScimError(400, 'A text in a filter or path is not closed.', 'invalidFilter');
  }
}
