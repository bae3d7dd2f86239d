/**
 * Redirect URI rules of registration (RFC 7591 §2, RFC 8252 §7) and the comparison at authorization (RFC 9700 §4.1.3).
 * The text is judged as sent: a parser that repairs (`0x7f.1`, `\`, tabs) would let a check and a browser disagree.
 */

export interface RedirectPolicy {
  /** Hosts (and everything below them) that redirects may go to; empty or `*` means any https host. */
  readonly domains: readonly string[];
  /** Private-use schemes of desktop clients, without the colon. */
  readonly schemes: readonly string[];
}

/** `refused` is well-formed but may not be used here; `invalid` is malformed or dangerous and fails the registration. */
export type RedirectVerdict = 'usable' | 'refused' | 'invalid';

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly rest: string;
}

const MAX_LENGTH = 2_048;
/** RFC 3986 characters less `#` (no fragment), `*` (no wildcard) and what only an IPv6 host may contain. */
const CHARACTERS = /^[A-Za-z0-9\-._~:/?@!$&'()+,;=%[\]]+$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})|%[01][0-9A-Fa-f]|%7[Ff]|%5[Cc]/;
/** `..`, `.` and `..;x` as a path segment, also percent-encoded: servers disagree on where they lead. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:[/;?]|$)/i;
const WEB = /^(https?):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?::([0-9]{1,5}))?((?:[/?].*)?)$/i;
const PRIVATE_USE = /^([A-Za-z][A-Za-z0-9+.-]*):\/[^@[\]]*$/;
const DANGEROUS = new Set([
  'javascript',
  'data',
  'vbscript',
  'blob',
  'file',
  'about',
  'intent',
  'view-source',
  'filesystem',
  'ws',
  'wss',
  'ftp',
]);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What registration does with one redirect URI. */
export function judgeRedirect(uri: unknown, policy: RedirectPolicy): RedirectVerdict {
  if (typeof uri !== 'string' || uri.length > MAX_LENGTH || !isCleanText(uri)) return 'invalid';
  const web = webParts(uri);
  if (web) return judgeWeb(web, policy);
  const scheme = PRIVATE_USE.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https' || DANGEROUS.has(scheme)) return 'invalid';
  return policy.schemes.includes(scheme) ? 'usable' : 'refused';
}

/**
 * Whether a request's redirect URI is the registered one: simple string comparison, but that a native client on
 * loopback chooses its port when it starts to listen (RFC 8252 §7.3). localhost and 127.0.0.1 are two different hosts.
 */
export function matchesRedirect(registered: string, sent: string): boolean {
  if (registered === sent) return true;
  const known = webParts(registered);
  if (!known || !isLoopback(known)) return false;
  if (sent.length > MAX_LENGTH || !isCleanText(sent)) return false;
  const asked = webParts(sent);
  return asked !== undefined && known.scheme === asked.scheme && known.host === asked.host && known.rest === asked.rest;
}

/** True where the redirect stays on the user's machine, so that any program there could be asking. */
export function isLocalRedirect(uri: string): boolean {
  const web = webParts(uri);
  return web === undefined || isLoopback(web);
}

/** What the consent page names: the host of a web redirect (with its port), or the private-use scheme. */
export function redirectHost(uri: string): string {
  const web = webParts(uri);
  if (!web) return `${uri.slice(0, uri.indexOf(':'))}:`;
  return web.port === '' ? web.host : `${web.host}:${web.port}`;
}

/** The CSP source that lets the consent form's answer be redirected there: an origin, or a scheme. */
export function redirectSource(uri: string): string {
  const web = webParts(uri);
  if (!web) return redirectHost(uri);
  // CSP has no notation for an IPv6 host.
  return web.host.startsWith('[') ? `${web.scheme}:` : `${web.scheme}://${redirectHost(uri)}`;
}

/** Adds response parameters to the redirect URI, keeping its own query as it is. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = Object.entries(parameters)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const separator = !uri.includes('?') ? '?' : uri.endsWith('?') || uri.endsWith('&') ? '' : '&';
  return `${uri}${separator}${query}`;
}

function isCleanText(uri: string): boolean {
  return CHARACTERS.test(uri) && !BAD_ESCAPE.test(uri) && !DOT_SEGMENT.test(uri.split('?', 1)[0]!);
}

function webParts(uri: string): Parts | undefined {
  const match = WEB.exec(uri);
  if (!match) return undefined;
  const [, scheme = '', host = '', port = '', rest = ''] = match;
  if (Number(port) > 65_535 || !isWrittenPlainly(host)) return undefined;
  return { scheme: scheme.toLowerCase(), host, port, rest };
}

/** False for hosts that a URL parser reads as another one (`0x7f.1`, `2130706433`, `[0:0::1]`). */
function isWrittenPlainly(host: string): boolean {
  try {
    return new URL(`http://${host}/`).hostname === host.toLowerCase();
  } catch {
    return false;
  }
}

function judgeWeb(web: Parts, policy: RedirectPolicy): RedirectVerdict {
  if (web.scheme === 'http' && !LOOPBACK.has(web.host)) return 'refused';
  return allowsHost(web.host.toLowerCase(), policy.domains) ? 'usable' : 'refused';
}

/** `localhost` in the list stands for all three loopback spellings. */
function allowsHost(host: string, domains: readonly string[]): boolean {
  if (domains.length === 0 || domains.includes('*')) return true;
  if (LOOPBACK.has(host) && domains.includes('localhost')) return true;
  return domains.some((domain) => host === domain.toLowerCase() || host.endsWith(`.${domain.toLowerCase()}`));
}

function isLoopback(web: Parts): boolean {
  return web.scheme === 'http' && LOOPBACK.has(web.host);
}
