import { OAuthError } from './oauth-error';
import type { OwnBodyContent } from '../access';

/** The fields that the pages of the authorization endpoint give back. */
export interface AuthorizeForm {
  readonly txn?: string;
  readonly token?: string;
  readonly email?: string;
  readonly password?: string;
  readonly organization?: string;
  readonly decision?: string;
  readonly leaveOut: readonly string[];
  /** Everything, repeated fields as lists: a client's own request may come as a form. */
  readonly all: Readonly<Record<string, string | string[]>>;
}

const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

export function authorizeForm(contentType: string | undefined, body: OwnBodyContent): AuthorizeForm {
  if (body === 'too large' || !FORM.test(contentType ?? '')) throw new OAuthError('invalid_request', 'This page takes forms only.');
  const fields = new URLSearchParams(body.toString('utf8'));
  const one = (name: string): string | undefined => (fields.getAll(name).length === 1 ? (fields.get(name) ?? undefined) : undefined);
  return {
    txn: one('txn'),
    token: one('token'),
    email: one('email'),
    password: one('password'),
    organization: one('organization') || undefined,
    decision: one('decision'),
    leaveOut: fields.getAll('leave_out'),
    all: Object.fromEntries(
      [...new Set(fields.keys())].map((name) => [name, fields.getAll(name).length === 1 ? fields.get(name)! : fields.getAll(name)]),
    ),
  };
}
