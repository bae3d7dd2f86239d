import { Browser } from '../../test/support/browser';
import { authorize, Client, connect, decodeJwt, pkce, signIn, toConsent } from '../../test/support/oauth-flow';
import { openSession } from '../fuzz/learn';
import { form, inState, strangerSecrets } from '../fuzz/passing';
import type { Secret } from '../fuzz/template';
import { anyAddress } from './addresses';

type Values = Partial<Record<Secret, string>>;

/** What is made together, because it belongs together. */
const GROUPS = {
  /** Stays good until somebody signs out. */
  signedIn: ['cookie'],
  session: ['session'],
  code: ['code', 'verifier', 'client', 'clientSecret'],
  refresh: ['refresh', 'client', 'clientSecret'],
  settings: ['grant', 'revokeToken', 'signOutToken', 'cookie'],
  pending: ['txn', 'txnToken', 'organization', 'cookie'],
  stranger: ['strangerCookie', 'strangerTxn', 'strangerTxnToken', 'signInToken'],
} as const satisfies Record<string, readonly Secret[]>;
type Group = keyof typeof GROUPS;

/** In several groups, and so no sign of one. */
const SHARED = new Set<string>(['cookie', 'client', 'clientSecret']);

/** What is not used up is renewed all the same after this many requests, so that no client reaches its limit. */
const KEPT_FOR = 40;

const MARK = /FRESH([a-zA-Z]+)FRESH/g;

/**
 * A word that no encoding changes, for what has to be unused when a request arrives; the relay puts the value in.
 * Without that sqlmap would only ever test the refusal of a used code or a stale form.
 */
export function fresh(name: Secret): string {
  return `FRESH${name}FRESH`;
}

export interface Asker {
  readonly origin: string;
  /** Taken in turn: each may ask for a limited number of tokens a minute. */
  readonly clients: readonly Client[];
  readonly person: { readonly email: string; readonly password: string };
  readonly bearer: string;
}

/** Codes, tokens, sessions and forms of one browser, each kept until a request has used it up. */
export class FreshValues {
  /** From another address each time: a form is needed more often than one address may ask for it. */
  private readonly browser = new Browser({
    get 'x-forwarded-for'() {
      return anyAddress();
    },
  });
  private readonly kept = new Map<Group, Values>();
  private turn = 0;
  private settled = 0;

  constructor(private readonly asker: Asker) {}

  /** The text with values in place of their names, and with which. */
  async fill(text: string): Promise<{ text: string; values: Values }> {
    const names = new Set([...text.matchAll(MARK)].map(([, name]) => name));
    const groups = (Object.keys(GROUPS) as Group[]).filter((group) => GROUPS[group].some((name) => !SHARED.has(name) && names.has(name)));
    if (names.has('cookie') && groups.length === 0) groups.push('signedIn');
    let values: Values = {};
    for (const group of groups) values = { ...values, ...(await this.group(group)) };
    return { text: text.replace(MARK, (_, name: Secret) => values[name] ?? ''), values };
  }

  /** Success uses things up, and so does being refused for what was used before. */
  settle(status: number, body: string): void {
    this.settled += 1;
    if (
      this.settled % KEPT_FOR === 0 ||
      status < 400 ||
      /invalid_grant|already used|reload the page|There is nothing at this address/.test(body)
    )
      for (const group of this.kept.keys()) if (group !== 'signedIn') this.kept.delete(group);
  }

  private async group(name: Group): Promise<Values> {
    const known = this.kept.get(name) ?? (await this.make(name));
    this.kept.set(name, known);
    return known;
  }

  private async make(name: Group): Promise<Values> {
    const { origin, person, bearer } = this.asker;
    const { browser } = this;
    const client = this.nextClient();
    const credentials = { client: client.id, clientSecret: client.secret };
    const { verifier, challenge } = pkce();
    switch (name) {
      case 'signedIn':
        await signIn(browser, await browser.get(`${origin}/sign-in`), person);
        return { cookie: this.cookie() };
      case 'session':
        return { session: await openSession(origin, bearer, '2025-06-18') };
      case 'code':
        return { ...credentials, verifier, code: (await authorize(origin, person, client, challenge, { browser })).answer['code'] };
      case 'refresh':
        return { ...credentials, refresh: (await connect(origin, person, { client, browser })).refresh_token };
      case 'settings':
        return this.settings();
      case 'pending': {
        const { page } = await toConsent(origin, person, client, challenge, { browser });
        return { ...inState(form(page, ({ fields }) => 'organization' in fields)), cookie: this.cookie() };
      }
      case 'stranger':
        return strangerSecrets(origin, client, challenge);
    }
  }

  private async settings(): Promise<Values> {
    const { origin, person } = this.asker;
    const { access_token: token } = await connect(origin, person, { client: this.nextClient(), browser: this.browser });
    const page = await signIn(this.browser, await this.browser.get(`${origin}/settings/api-keys`), person);
    return {
      grant: String(decodeJwt(token).claims['gid']),
      revokeToken: form(page, ({ action }) => action.endsWith('/revoke'))['token'],
      signOutToken: form(page, ({ action }) => action === '/sign-out')['token'],
      cookie: this.cookie(),
    };
  }

  private nextClient(): Client {
    const { clients } = this.asker;
    this.turn += 1;
    return clients[this.turn % clients.length] as Client;
  }

  private cookie(): string {
    return `flowstate=${this.browser.cookie(new URL(this.asker.origin).host, 'flowstate') ?? ''}`;
  }
}
