import { Browser, type LoadedPage } from '../support/browser';
import { signIn } from '../support/oauth-flow';

export interface Consent {
  /** Where the client is sent in the end; never fetched. */
  readonly callback: URL;
  /** The heading of each page that the person saw, in order. */
  readonly pages: readonly string[];
}

export interface Choices {
  readonly organization?: string;
  readonly decision?: 'approve' | 'deny';
}

/** Opens an authorization address as a client's user does: signs in with the demo's password, picks, decides. */
export async function consent(address: string, email: string, choices: Choices = {}): Promise<Consent> {
  const browser = new Browser();
  const opened = await browser.get(address);
  const signedIn = await signIn(browser, opened, { email, password: 'flowstate-demo' });
  const picking = heading(signedIn) === 'Choose an organization';
  const asked = picking ? await browser.submit(signedIn, choice(signedIn.html, choices.organization)) : signedIn;
  const decided = await browser.submit(asked, { decision: choices.decision ?? 'approve' });
  const location = decided.headers.get('location');
  if (location === null) throw new Error(`No redirect but status ${decided.status} at ${decided.url}: ${decided.html.slice(0, 600)}`);
  return { callback: new URL(location), pages: [...new Set([opened, signedIn, asked])].map(heading) };
}

function heading({ html }: LoadedPage): string {
  const [, words = ''] = /<h1>([\s\S]*?)<\/h1>/.exec(html) ?? [];
  return words.replace(/<[^>]+>/g, '').trim();
}

/** The organization by the name on the page, as a person would find it. */
function choice(html: string, organization: string | undefined): Record<string, string> {
  const option = organization && new RegExp(`value="(org_[a-z0-9_]+)"[^>]*>(?:\\s|<[^>]+>)*${organization}(?:\\s|<|$)`).exec(html);
  return option && option[1] ? { organization: option[1] } : {};
}
