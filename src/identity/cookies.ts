import { randomBytes } from 'node:crypto';

/** `session` says who is signed in; `form` ties the forms of a visitor who is not to their browser. */
export type CookieKind = 'session' | 'form';

const NAMES: Record<CookieKind, string> = { session: 'flowstate', form: 'flowstate-form' };
/** base64url of 256 bits. */
const VALUE = /^[A-Za-z0-9_-]{43}$/;

export function newCookieValue(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The value, if it is one we could have made; anything else is as good as no cookie (SES-2). Two cookies of one name
 * are none either: a sibling host may have planted the second.
 */
export function readCookie(header: string | undefined, kind: CookieKind, secure: boolean): string | undefined {
  const start = `${nameOf(kind, secure)}=`;
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start));
  const value = found.length === 1 ? found[0]!.slice(start.length) : '';
  return VALUE.test(value) ? value : undefined;
}

/**
 * A cookie of this host alone: `__Host-` makes browsers refuse one that a sibling subdomain set. Plain http exists on
 * loopback only, where neither the prefix nor Secure would be accepted.
 */
export function writeCookie(kind: CookieKind, value: string, secure: boolean): string {
  return `${nameOf(kind, secure)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

export function clearCookie(kind: CookieKind, secure: boolean): string {
  return `${writeCookie(kind, '', secure)}; Max-Age=0`;
}

function nameOf(kind: CookieKind, secure: boolean): string {
  return `${secure ? '__Host-' : ''}${NAMES[kind]}`;
}
