import type { BrowserContextOptions } from 'playwright-core';
import { answerOf, mcpClient } from '../support/mcp-client';
import { expectGoodPage } from './examine';
import { Grip, keyboard, mouse } from './hands';
import { inBrowser } from './in-browser';
import { acmeUser, signedIn } from './person';

const WAYS: readonly [string, Grip, BrowserContextOptions][] = [
  ['with a mouse', mouse, {}],
  ['with the keyboard alone, without JavaScript', keyboard, { javaScriptEnabled: false }],
  ['at 400 % zoom', mouse, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ['in a dark color scheme', mouse, { colorScheme: 'dark' }],
];

const READ_ONLY =
  'They may read scenarios only. On the pages people comment, undo changes, resolve conflicts, submit and decide, but plan nothing new.';
const DIRECT = 'They may change scenarios, which are only plans: every change can be undone, and people decide on the whole.';

describe('Settings → Policies in a browser', () => {
  const browser = inBrowser();

  it.each(WAYS)('are set %s, in force with the next call', async (_, grip, circumstances) => {
    const client = await mcpClient(browser.origin('acme'), acmeUser('manager'));
    const mayWrite = async (): Promise<boolean> => !(await answerOf(client, 'create_scenario', { title: 'May I?' })).isError;
    const admin = await signedIn(browser, 'admin', grip, circumstances);
    await admin.open('/');
    await admin.follow('Policies');
    expect(await admin.heading()).toBe('Policies of Acme');
    await expectGoodPage(admin.page);
    await admin.choose(READ_ONLY);
    await admin.choose('Refuse them in scenarios: when they are written, submitted, approved and merged.');
    await admin.press('Save');
    expect(await admin.page.getByRole('status').innerText()).toBe('Saved: in force from now on.');
    expect(await admin.page.getByLabel(READ_ONLY).isChecked()).toBe(true);
    await expectGoodPage(admin.page);
    expect(await mayWrite()).toBe(false);
    await admin.choose(DIRECT);
    await admin.choose('Warn of them.');
    await admin.press('Save');
    expect(await mayWrite()).toBe(true);
    await client.close();
    expect(admin.complaints).toEqual([]);
  });
});
