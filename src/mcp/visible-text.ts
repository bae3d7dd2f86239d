/**
 * Characters that a person who reads a text does not see and a model does: terminal escapes, direction overrides,
 * zero-width letters, tag letters. Texts of the data could steer by them what their readers cannot check (MCP-7).
 * Joiners and direction marks stay: names are written with them.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;
/** The same in JSON, where most control characters are escapes; may suspect too much, never too little. */
const SUSPECT = /\\[bfru]|[\u007f-\u009f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/** The data and its JSON, without what cannot be seen. */
export function visible(data: unknown): { data: unknown; json: string } {
  const json = JSON.stringify(data);
  if (!SUSPECT.test(json)) return { data, json };
  const clean = JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? value.replace(INVISIBLE, '') : value)) as unknown;
  return { data: clean, json: JSON.stringify(clean) };
}
