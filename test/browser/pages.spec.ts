import type { BrowserContextOptions, Page } from 'playwright-core';
import { authorizeUrl, connect, pkce, REDIRECT, register } from '../support/oauth-flow';
import { expectGoodPage } from './examine';
import { mouse } from './hands';
import { inBrowser, Visit } from './in-browser';

const OWNER = { email: 'owner@acme.example', password: 'flowstate-demo' };
const VIEWER = { email: 'viewer@acme.example', password: 'flowstate-demo' };
const STRANGER = { email: 'admin@globex.example', password: 'flowstate-demo' };

/** Names that clients may register, and how a person reads them (DCR-11, CONS-6). */
const NAMES: readonly [string, string, string][] = [
  ['markup', '<img src=x onerror="document.title=1"><h1>Free', '<img src=x onerror="document.title=1"><h1>Free'],
  ['markup that closes ours', '</bdi></h1></title><script>alert(1)</script>', '</bdi></h1></title><script>alert(1)</script>'],
  ['entities', '&lt;b&gt; &amp;', '&lt;b&gt; &amp;'],
  ['a direction override', 'Claude\u202Eedoc\u2066', 'Claudeedoc'],
  ['letters from right to left', '\u05E7\u05DC\u05D5\u05D3 42', '\u05E7\u05DC\u05D5\u05D3 42'],
  ['one long word', 'W'.repeat(300), 'W'.repeat(100)],
  ['a well-known name in other letters', 'Cl\u0430ude', 'Cl\u0430ude'],
  ['lines', 'Claude\n\n\nApproved by\tFlowstate', 'Claude Approved by Flowstate'],
];

const LOOKS: readonly [string, BrowserContextOptions][] = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 320, height: 480 } }],
];

describe('pages in a browser', () => {
  const { origin, visit } = inBrowser();
  const acme = (path = ''): string => `${origin('acme')}${path}`;
  const authorize = async (name: string, redirectUri = REDIRECT): Promise<string> =>
    authorizeUrl(acme(), await register(acme(), { client_name: name, redirect_uris: [redirectUri] }), pkce().challenge);
  const signIn = async (page: Page, user: typeof OWNER): Promise<void> => {
    await mouse(page).write('E-mail', user.email);
    await mouse(page).write('Password', user.password);
    await mouse(page).press('Sign in');
  };
  /** Each page by a way to it; the title is unique among them. */
  const pages: readonly [string, (page: Page) => Promise<unknown>][] = [
    ['Acme', (page) => page.goto(acme('/'))],
    ['Connect your AI client', (page) => page.goto(`${origin()}/`)],
    ['Sign in', (page) => page.goto(acme('/sign-in'))],
    ['Error: sign in', async (page) => page.goto(acme('/sign-in')).then(() => signIn(page, { ...OWNER, password: 'wrong' }))],
    ['API Keys', async (page) => page.goto(acme('/sign-in')).then(() => signIn(page, VIEWER))],
    ['Nothing to connect', async (page) => page.goto(await authorize('Claude')).then(() => signIn(page, STRANGER))],
    ['Connect Claude', async (page) => page.goto(await authorize('Claude')).then(() => signIn(page, VIEWER))],
    ['Choose an organization', async (page) => page.goto(await authorize('Claude')).then(() => signIn(page, OWNER))],
    ['This connection cannot be made', (page) => page.goto(acme('/api/mcp/oauth/authorize?client_id=mcp_none'))],
  ];

  it.each(LOOKS)('are readable, reachable and understandable: %s', async (_, circumstances) => {
    const titles: string[] = [];
    for (const [, go] of pages) {
      const { page } = await visit(circumstances);
      await go(page);
      await expectGoodPage(page);
      titles.push(await page.title());
    }
    expect(titles).toEqual(pages.map(([title]) => `${title} · Flowstate`));
  });

  const expectNameAsText = async ({ page, complaints }: Visit, shown: string): Promise<void> => {
    expect((await page.locator('main').innerText()).replace(/\s+/g, ' ')).toContain(shown.replace(/\s+/g, ' '));
    expect(await page.content()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    await expectGoodPage(page);
    expect(complaints).toEqual([]);
  };

  it.each(NAMES)('CONS-6 show a client name of %s as text, beside where it sends', async (_, name, shown) => {
    const seen = await visit({ viewport: { width: 320, height: 480 } });
    await seen.page.goto(await authorize(name, 'https://claude.ai.example.test/callback'));
    await expectNameAsText(seen, shown);
    expect(await seen.page.locator('main').innerText()).toContain('claude.ai.example.test');
    expect(await seen.page.locator('main bdi').innerText()).toBe(shown);
    await signIn(seen.page, VIEWER);
    await expectNameAsText(seen, shown);
    expect(await seen.page.locator('dl').innerText()).toContain('claude.ai.example.test');
    expect(await seen.page.locator('h1 bdi').innerText()).toBe(shown);
    expect(await seen.page.title()).toBe(`Connect ${shown} · Flowstate`);
    await connect(acme(), VIEWER, { client: await register(acme(), { client_name: name }) });
    await seen.page.goto(acme('/settings/api-keys'));
    await expectNameAsText(seen, shown);
  });
});
