/**
 * Inputs are kept as text with one character per byte and a mark where a token, a code or the length of the body will
 * stand. So the same seed gives the same input in every run, whatever secrets that run was given, and no report shows one.
 */
const SECRETS = [
  // Connections, by account or by what is special about them.
  ...['bearer', 'viewer', 'narrow', 'bare', 'foreign', 'revoked', 'refresh', 'usedRefresh', 'code', 'verifier'],
  // Clients.
  ...['client', 'clientSecret', 'publicClient', 'foreignClient', 'challenge'],
  // 2025-era sessions.
  ...['session', 'batchSession', 'endingSession', 'endedSession'],
  // The browser of somebody signed in, and of a stranger; the tokens of their forms.
  ...['cookie', 'signOutToken', 'revokeToken', 'grant', 'strangerCookie', 'signInToken'],
  // A pending authorization of each.
  ...['txn', 'txnToken', 'organization', 'strangerTxn', 'strangerTxnToken'],
] as const;

export type Secret = (typeof SECRETS)[number];
export type Secrets = Readonly<Record<Secret, string>>;

const FIRST = 0xe000;
const MARK = /[\ue000-\ue0ff]/g;

/** Stands for the length of the body in bytes. */
export const LENGTH = '\ue0ff';

export function secret(name: Secret): string {
  return String.fromCharCode(FIRST + SECRETS.indexOf(name));
}

/** Text as its UTF-8 bytes, a character each; marks stay. */
export function bytes(text: string): string {
  if (/^[\0-\x7f\ue000-\ue0ff]*$/.test(text)) return text;
  return text
    .split(/([\ue000-\ue0ff])/)
    .map((part, at) => (at % 2 === 1 ? part : Buffer.from(part, 'utf8').toString('latin1')))
    .join('');
}

function fill(template: string, secrets: Secrets, length: number): Buffer {
  const filled = template.replace(MARK, (mark) =>
    mark === LENGTH ? String(length) : secrets[SECRETS[mark.charCodeAt(0) - FIRST] ?? 'bearer'],
  );
  return Buffer.from(filled, 'latin1');
}

/** Head and body as they go over the wire. */
export function render(head: string, body: string, secrets: Secrets): Buffer {
  const filled = fill(body, secrets, 0);
  return Buffer.concat([fill(head, secrets, filled.length), filled]);
}

/** For a report: marks by name, what is no printable ASCII as an escape. */
export function readable(template: string): string {
  return template
    .replace(/\\/g, '\\\\')
    .replace(/[^\x20-\x7e\ue000-\ue0ff]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replaceAll('\\x0d\\x0a', '\\r\\n\n')
    .replace(MARK, (mark) => (mark === LENGTH ? '{{length}}' : `{{${SECRETS[mark.charCodeAt(0) - FIRST] ?? '?'}}}`));
}
