import type { BrowserContextOptions, Page } from 'playwright-core';
import { connect, refresh, register, statusAt } from '../support/oauth-flow';
import { expectGoodPage, picture } from './examine';
import { Grip, keyboard, mouse } from './hands';
import { inBrowser } from './in-browser';

const OWNER = { email: 'owner@acme.example', password: 'flowstate-demo' };

const WAYS: readonly [string, Grip, BrowserContextOptions][] = [
  ['with a mouse', mouse, {}],
  ['with the keyboard alone, without JavaScript', keyboard, { javaScriptEnabled: false }],
  ['at 400 % zoom', mouse, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ['in a dark color scheme', mouse, { colorScheme: 'dark' }],
];

describe('Settings → API Keys in a browser', () => {
  const { origin, visit } = inBrowser();
  const text = (page: Page, role: 'status' | 'heading'): Promise<string> => page.getByRole(role).first().innerText();

  it.each(WAYS)('CONS-11 shows connections %s, and ends one from the next request on', async (way, grip, circumstances) => {
    const acme = origin('acme');
    const show = async (name: string): Promise<void> => (way === 'with a mouse' ? picture(page, name) : undefined);
    const kept = await connect(acme, OWNER, { client: await register(acme, { client_name: 'Cursor' }), leaveOut: ['costs.read'] });
    const ended = await connect(acme, OWNER, { client: await register(acme, { client_name: 'Claude Code' }) });
    expect(await statusAt(acme, ended.access_token)).toBe(200);

    const { page, complaints } = await visit(circumstances);
    const hands = grip(page);
    await page.goto(`${acme}/settings/api-keys`);
    expect(await page.title()).toBe('Sign in · Flowstate');
    await expectGoodPage(page);
    await hands.write('E-mail', OWNER.email);
    await hands.write('Password', OWNER.password);
    await hands.press('Sign in');
    expect(await text(page, 'heading')).toBe('API Keys');
    await expectGoodPage(page);
    await show('api-keys');
    await hands.press('Revoke Claude Code in Acme');
    expect(await text(page, 'status')).toBe('The connection was revoked.');
    await expectGoodPage(page);
    expect(await page.getByRole('button', { name: 'Revoke Claude Code in Acme' }).count()).toBe(0);
    expect(await statusAt(acme, ended.access_token)).toBe(401);
    expect((await refresh(acme, ended.client, ended.refresh_token)).status).toBe(400);
    expect(await statusAt(acme, kept.access_token)).toBe(200);

    await hands.press('Revoke Cursor in Acme');
    await hands.press('Sign out');
    expect(await text(page, 'heading')).toBe('Acme');
    await expectGoodPage(page);
    await show('home');
    await page.goto(`${acme}/settings/api-keys`);
    expect(await page.title()).toBe('Sign in · Flowstate');
    expect(complaints).toEqual([]);
  });
});
