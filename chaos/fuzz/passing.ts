import { Browser, LoadedForm, LoadedPage } from '../../test/support/browser';
import {
  authorize,
  authorizeUrl,
  Client,
  connect,
  decodeJwt,
  pkce,
  refresh,
  signIn,
  toConsent,
  Tokens,
} from '../../test/support/oauth-flow';
import type { Secrets } from './template';

type Person = Readonly<{ email: string; password: string }>;

/**
 * What inputs may use up: a code, a refresh token, the session of somebody who is not the survivor, a pending
 * authorization in that browser and one in a stranger's.
 */
export async function passingSecrets(origin: string, client: Client, person: Person, browser: Browser): Promise<Partial<Secrets>> {
  const { host } = new URL(origin);
  const { verifier, challenge } = pkce();
  const { answer } = await authorize(origin, person, client, challenge, { browser });
  const first = await connect(origin, person, { client, browser });
  const next = (await (await refresh(origin, client, first.refresh_token)).json()) as Tokens;
  const ending = await connect(origin, person, { client, browser });
  const { page: consent } = await toConsent(origin, person, client, challenge, { browser });
  const settings = await signIn(browser, await browser.get(`${origin}/settings/api-keys`), person);
  return {
    verifier,
    challenge,
    code: answer['code'] ?? '',
    refresh: next.refresh_token,
    usedRefresh: first.refresh_token,
    cookie: `flowstate=${browser.cookie(host, 'flowstate') ?? ''}`,
    signOutToken: form(settings, ({ action }) => action === '/sign-out')['token'],
    revokeToken: form(settings, ({ action }) => action.endsWith('/revoke'))['token'],
    grant: String(decodeJwt(ending.access_token).claims['gid']),
    ...inState(form(consent, ({ fields }) => 'organization' in fields)),
    ...(await strangerSecrets(origin, client, challenge)),
  };
}

export function inState({ txn, token, organization }: LoadedForm['fields']): Partial<Secrets> {
  return { txn, txnToken: token, organization };
}

/** A browser where nobody is signed in, before the sign-in pages of an app's request and of the settings. */
export async function strangerSecrets(origin: string, client: Client, challenge: string): Promise<Partial<Secrets>> {
  const browser = new Browser();
  const asked = form(await browser.get(authorizeUrl(origin, client, challenge)), ({ fields }) => 'password' in fields);
  const page = form(await browser.get(`${origin}/sign-in`), ({ fields }) => 'password' in fields);
  return {
    strangerCookie: `flowstate-form=${browser.cookie(new URL(origin).host, 'flowstate-form') ?? ''}`,
    strangerTxn: asked['txn'],
    strangerTxnToken: asked['token'],
    signInToken: page['token'],
  };
}

export function form(page: LoadedPage, fits: (form: LoadedForm) => boolean): LoadedForm['fields'] {
  const found = page.forms.find(fits);
  if (!found) throw new Error(`The form is missing on ${page.url} (status ${page.status}): ${page.html.slice(0, 400)}`);
  return found.fields;
}
