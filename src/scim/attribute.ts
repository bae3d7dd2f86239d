/** An attribute as a request names it: its path in lower case and without the name of its schema, and the filter in brackets as it is written. */
export interface AttributePath {
  readonly name: string;
  readonly filter?: string;
}

/** A filter in brackets; its texts may have brackets, too. */
export const BRACKETS = String.raw`\[(?:"(?:[^"\\]|\\.)*"|[^"[\]])*\]`;
const PATH = new RegExp(`^(?:urn:[^[\\]]+:)?(?<attribute>[a-z$][\\w$-]*)(?<filter>${BRACKETS})?(?:\\.(?<sub>[\\w$-]+))?$`, 'i');

/**
 * Reads `name.givenName`, `emails[type eq "work"].value`, `urn:…:User:department`; undefined for what is no path. Attribute names
 * have no case (RFC 7643 §2.1); no two that are known here differ only by their schema.
 */
export function attributePath(text: string): AttributePath | undefined {
  // A schema's own name ends in a colon and a word, too: `urn:…:2.0:User` is the whole extension.
  const { attribute, filter, sub } = PATH.exec(text.trim())?.groups ?? {};
  if (attribute === undefined) return undefined;
  const name = sub === undefined ? attribute : `${attribute}.${sub}`;
  return { name: name.toLowerCase(), ...(filter !== undefined && { filter: filter.slice(1, -1) }) };
}
