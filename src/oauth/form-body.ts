import { OAuthError } from './oauth-error';

/** Parameters of a form or a query: each at most once (RFC 6749 §3.1), empty ones left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

const FORM = /^application\/x-www-form-urlencoded(?:\s*;\s*charset\s*=\s*"?utf-8"?)?\s*$/i;

/** The body of a request that takes forms only. */
export function formParameters(contentType: string | undefined, body: Buffer): Parameters {
  if (!FORM.test(contentType ?? '')) throw new OAuthError('invalid_request', 'Send the parameters as application/x-www-form-urlencoded.');
  const parameters = new URLSearchParams(body.toString('utf8'));
  return single([...parameters]);
}

/** The same rule for a parsed query, where a repeated parameter has become a list. */
export function queryParameters(query: Readonly<Record<string, unknown>>): Parameters {
  return single(Object.entries(query).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])));
}

function single(pairs: ReadonlyArray<readonly [string, string]>): Parameters {
  const found = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (found.has(name)) throw new OAuthError('invalid_request', 'A parameter is sent more than once.');
    if (value.includes('\0')) throw new OAuthError('invalid_request', 'A parameter contains a NUL character.');
    found.set(name, value);
  }
  return Object.fromEntries([...found].filter(([, value]) => value !== ''));
}

export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
  return value;
}
