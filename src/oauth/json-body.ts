import { OAuthError } from './oauth-error';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;
const JSON_TYPE = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/i;

/** The JSON object of a registration. Duplicate names are refused: two parsers could read two different clients from them. */
export function jsonObject(contentType: string | undefined, body: Buffer): Readonly<Record<string, unknown>> {
  if (!JSON_TYPE.test(contentType ?? '')) throw invalid('Send the client metadata as application/json.', 415);
  const text = body.toString('utf8');
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('The client metadata is one JSON object.');
  if (hasDuplicateNames(text)) throw invalid('A member of the client metadata appears twice.');
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
function hasDuplicateNames(text: string): boolean {
  const names: (Set<string> | undefined)[] = [];
  const tokens = text.match(TOKEN) ?? [];
  return tokens.some((token, at) => {
    if (token === '{') names.push(new Set());
    else if (token === '[') names.push(undefined);
    else if (token === '}' || token === ']') names.pop();
    else if (token !== ':' && tokens[at + 1] === ':') return isKnown(names.at(-1), JSON.parse(token) as string);
    return false;
  });
}

function isKnown(names: Set<string> | undefined, name: string): boolean {
  const known = names?.has(name) ?? false;
  names?.add(name);
  return known;
}

function invalid(sentence: string, status = 400): OAuthError {
  return new OAuthError('invalid_client_metadata', sentence, { status });
}
