import type { BrowserContextOptions } from 'playwright-core';
import { expectGoodPage } from './examine';
import { type Grip, type Hands, mouse } from './hands';
import type { InBrowser, Visit } from './in-browser';

/** A user of the demo's Acme, signed in at a browser of their own. */
export interface Person extends Visit, Hands {
  /** Goes there, and insists on a page that is good for everybody. */
  open(path: string): Promise<void>;
  heading(): Promise<string>;
  /** What the page says. */
  text(): Promise<string>;
}

export function acmeUser(role: string): { email: string; password: string } {
  return { email: `${role}@acme.example`, password: 'flowstate-demo' };
}

export async function signedIn(
  { origin, visit }: InBrowser,
  role: string,
  grip: Grip = mouse,
  circumstances: BrowserContextOptions = {},
): Promise<Person> {
  const { page, complaints } = await visit(circumstances);
  const hands = grip(page);
  await page.goto(`${origin('acme')}/sign-in`);
  await hands.write('E-mail', acmeUser(role).email);
  await hands.write('Password', acmeUser(role).password);
  await hands.press('Sign in');
  const said = async (text: Promise<string>): Promise<string> => (await text).replace(/\s+/g, ' ');
  return {
    ...{ page, complaints, ...hands },
    open: async (path) => {
      await page.goto(`${origin('acme')}${path}`);
      await expectGoodPage(page);
    },
    heading: () => said(page.getByRole('heading', { level: 1 }).innerText()),
    text: () => said(page.getByRole('main').innerText()),
  };
}
