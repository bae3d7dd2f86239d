import { OAuthError } from './oauth-error';

/** A text that does not end matches to the end, so that nothing is read twice (IN-3). */
const TOKEN = /"(?:[^"\\]|\\.?)*(?:"|$)|[{}[\]:]/g;
/** Names that could reach an object's prototype once somebody merges them (IN-2), and the nesting that recursion bears (IN-1). */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 64;
const JSON_TYPE = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/i;

/** The JSON object of a registration, flat and plain. Duplicate names are refused: two parsers could read two different clients from them. */
export function jsonObject(contentType: string | undefined, body: Buffer): Readonly<Record<string, unknown>> {
  if (!JSON_TYPE.test(contentType ?? '')) throw invalid('Send the client metadata as application/json.', 415);
  const text = body.toString('utf8');
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('The client metadata is one JSON object.');
  checkNames(text);
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The body is not JSON.');
  }
}

/** Works on text that JSON.parse has accepted, so the tokens only have to be told apart, not checked. */
function checkNames(text: string): void {
  const names: (Set<string> | undefined)[] = [];
  const tokens = text.match(TOKEN) ?? [];
  tokens.forEach((token, at) => {
    if (token === '{') names.push(new Set());
    else if (token === '[') names.push(undefined);
    else if (token === '}' || token === ']') names.pop();
    else if (token !== ':' && tokens[at + 1] === ':') checkName(names.at(-1), JSON.parse(token) as string);
    if (names.length > MAX_DEPTH) throw invalid(`The client metadata is nested deeper than ${MAX_DEPTH} levels.`);
  });
}

function checkName(known: Set<string> | undefined, name: string): void {
  if (known?.has(name)) throw invalid('A member of the client metadata appears twice.');
  if (POLLUTING.has(name)) throw invalid("A member of the client metadata is named like an object's prototype.");
  known?.add(name);
}

function invalid(sentence: string, status = 400): OAuthError {
  return new OAuthError('invalid_client_metadata', sentence, { status });
}
