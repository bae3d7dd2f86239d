import type { BrowserContextOptions, Page } from 'playwright-core';
import { authorizeUrl, decodeJwt, pkce, register } from '../support/oauth-flow';
import { expectGoodPage, picture } from './examine';
import { Grip, Hands, keyboard, mouse, tabOrder } from './hands';
import { inBrowser } from './in-browser';
import { toolNames } from './native-client';

const OWNER = { email: 'owner@acme.example', password: 'flowstate-demo' };

/** Who connects, and with what: each goes the whole way on the same pages. */
const WAYS: readonly [string, Grip, BrowserContextOptions][] = [
  ['with a mouse', mouse, {}],
  ['without JavaScript', mouse, { javaScriptEnabled: false }],
  ['with the keyboard alone', keyboard, {}],
  ['with the keyboard alone, without JavaScript', keyboard, { javaScriptEnabled: false }],
  ['at 200 % zoom', mouse, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ['with the keyboard at 400 % zoom', keyboard, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ['in a dark color scheme', mouse, { colorScheme: 'dark' }],
];

describe('connecting an app in a browser', () => {
  const { origin, visit, client: startClient } = inBrowser();

  const signIn = async (hands: Hands, password = OWNER.password): Promise<void> => {
    await hands.write('E-mail', OWNER.email);
    await hands.write('Password', password);
    await hands.press('Sign in');
  };
  /** Up to the consent page, for the first organization. */
  const toConsent = async (page: Page, url: string): Promise<void> => {
    await page.goto(url);
    await signIn(mouse(page));
    await mouse(page).press('Continue');
  };
  const heading = (page: Page): Promise<string | null> => page.locator('h1').textContent();

  it.each(WAYS)('CONS-13 goes %s from sign-in over organization and consent to tokens that work', async (way, grip, circumstances) => {
    const client = await startClient('acme');
    const { page, complaints } = await visit(circumstances);
    const hands = grip(page);
    const show = async (name: string): Promise<void> => (way === 'with a mouse' ? picture(page, name) : undefined);

    await page.goto(client.authorizeUrl);
    await expectGoodPage(page);
    await show('sign-in');
    await signIn(hands);
    expect(await heading(page)).toBe('Choose an organization');
    await expectGoodPage(page);
    await show('organization-picker');
    await hands.choose('Acme Labs');
    await hands.press('Continue');
    expect(await heading(page)).toBe('Connect Claude Code to Flowstate?');
    expect(await page.locator('dl').innerText()).toMatch(/Acme Labs[^]*owner@acme\.example[^]*127\.0\.0\.1/);
    await expectGoodPage(page);
    await show('consent');
    await hands.unfold('Leave something out');
    await expectGoodPage(page);
    await hands.choose('Costs, pay and budgets');
    await hands.press('Approve');
    expect(await heading(page)).toBe('Connected');

    const { access_token: token, scope } = await client.tokens();
    expect(scope.split(' ')).toContain('people.read');
    expect(scope.split(' ')).not.toContain('costs.read');
    expect(await toolNames(origin('acme'), token)).toContain('search_employees');
    expect(complaints).toEqual([]);
  });

  it('CONS-13 is stepped through with Tab in the order of reading', async () => {
    const client = await startClient('acme');
    const { page } = await visit();
    const focused = (field: string): Promise<void> => page.locator(`[name=${field}]:focus`).waitFor();
    await page.goto(client.authorizeUrl);
    await focused('email');
    expect(await tabOrder(page)).toEqual(['Password', 'Sign in', 'Skip to content', 'Flowstate', 'E-mail']);
    await signIn(mouse(page));
    await focused('organization');
    expect(await tabOrder(page)).toEqual(['Continue', 'Use another account', 'Skip to content', 'Flowstate', 'Acme']);
    await mouse(page).press('Continue');
    // Nothing has the focus here, so that a key pressed too often approves nothing.
    const fromTheTop = [
      'Skip to content',
      'Flowstate',
      'Leave something out',
      'Approve',
      'Deny',
      'Choose another organization',
      'Use another account',
    ];
    expect(await tabOrder(page)).toEqual(fromTheTop);
  });

  it('CONS-8 tells the client access_denied when the person says no', async () => {
    const client = await startClient('acme');
    const { page, complaints } = await visit();
    await toConsent(page, client.authorizeUrl);
    await mouse(page).press('Deny');
    const [answer] = client.visits;
    expect(Object.fromEntries(answer ?? [])).toMatchObject({ error: 'access_denied', state: 'kept as it is', iss: origin('acme') });
    expect(answer?.has('code')).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('says that a password was wrong, keeps the rest, and goes on where it was', async () => {
    const client = await startClient('acme');
    const { page, complaints } = await visit();
    await page.goto(client.authorizeUrl);
    await signIn(mouse(page), 'not this one');
    expect(await page.getByRole('alert').innerText()).toBe('The e-mail address or the password is wrong.');
    expect(await page.title()).toMatch(/^Error/);
    expect(await page.getByLabel('E-mail').inputValue()).toBe(OWNER.email);
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await page.locator('[name=password]:focus').waitFor();
    await expectGoodPage(page);
    await page.keyboard.type(OWNER.password);
    await keyboard(page).press('Sign in');
    await mouse(page).press('Continue');
    await mouse(page).press('Approve');
    expect(await client.tokens()).toHaveProperty('access_token');
    // The browser's own remark on the status of the refused form, and nothing else.
    expect(complaints).toEqual([expect.stringContaining('status of 401')]);
  });

  it('works in the host-less form, for the organization that was picked at last', async () => {
    const client = await startClient();
    const { page, complaints } = await visit();
    const hands = mouse(page);
    await page.goto(client.authorizeUrl);
    await signIn(hands);
    await hands.choose('Acme Labs');
    await hands.press('Continue');
    await hands.press('Choose another organization');
    await hands.choose('Acme');
    await hands.press('Continue');
    expect(await page.locator('dl').innerText()).not.toContain('Acme Labs');
    await hands.press('Approve');
    const { access_token: token } = await client.tokens();
    expect(decodeJwt(token).claims).toMatchObject({ iss: origin(), aud: `${origin()}/api/mcp` });
    expect(await toolNames(origin(), token)).toContain('search_employees');
    expect(complaints).toEqual([]);
  });

  it('CONS-7 lets the browser follow the redirect to a desktop client of a scheme of its own', async () => {
    const client = await register(origin('acme'), {
      client_name: 'Cursor',
      redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback'],
    });
    const { page, complaints } = await visit();
    await toConsent(page, authorizeUrl(origin('acme'), client, pkce().challenge));
    // This machine has no such program, so the browser gives up there; under a policy that forbids it, it would not get that far.
    const attempted = page.waitForEvent('requestfailed', (request) => request.url().startsWith('cursor:'));
    await page.getByRole('button', { name: 'Approve' }).click();
    expect((await attempted).url()).toMatch(/^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback\?code=/);
    expect((await attempted).failure()?.errorText).toBe('net::ERR_ABORTED');
    expect(complaints).toEqual([]);
  });
});
