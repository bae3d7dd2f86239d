import { HOST_HEADER } from './relay';

/** One request with injection points marked, and how many there are. */
export interface Target {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** sqlmap's mark of an injection point; nothing else of a request may hold one. */
export const POINT = '*';

export function pointsOf({ path, headers, body = '' }: Target): number {
  return [path, body, ...Object.values(headers)].join('').split(POINT).length - 1;
}

/** As a proxy would have recorded it, sent to the relay. */
export function requestText({ method, path, headers, body = '' }: Target, relayHost: string): string {
  const lines = Object.entries({ Host: relayHost, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** Fields with a point behind each value. */
export function formBody(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}${POINT}`)
    .join('&');
}

export function formTarget(
  name: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Target {
  return {
    name,
    method: 'POST',
    path,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: formBody(fields),
  };
}

export function jsonTarget(name: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Target {
  return { name, method: 'POST', path, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export { HOST_HEADER };
