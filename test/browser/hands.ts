import type { Page } from 'playwright-core';
import { ask } from './examine';

/** How a person works a page's controls, each named as the page names it. */
export interface Hands {
  write(label: string, text: string): Promise<void>;
  /** A check box or radio button. */
  choose(label: string): Promise<void>;
  /** Opens what a line hides. */
  unfold(summary: string): Promise<void>;
  /** Presses a button and waits until the browser has gone where it leads. */
  press(button: string): Promise<void>;
  /** The same with a link. */
  follow(link: string): Promise<void>;
}

export type Grip = (page: Page) => Hands;

export const mouse: Grip = (page) => ({
  write: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
  choose: (label) => page.getByLabel(label, { exact: true }).check(),
  unfold: (summary) => page.getByText(summary, { exact: true }).click(),
  press: (button) => leave(page, () => page.getByRole('button', { name: button, exact: true }).click()),
  follow: (link) => leave(page, () => page.getByRole('link', { name: link, exact: true }).click()),
});

/** Tab, arrows, Space and Enter; insists that the focus can be seen wherever it comes. */
export const keyboard: Grip = (page) => ({
  follow: async (link) => {
    await tabTo(page, link);
    await leave(page, () => page.keyboard.press('Enter'));
  },
  write: async (label, text) => {
    await tabTo(page, label);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  },
  choose: async (label) => {
    await tabTo(page, label, 'ArrowDown');
    await page.keyboard.press('Space');
  },
  unfold: async (summary) => {
    await tabTo(page, summary);
    await page.keyboard.press('Space');
  },
  press: async (button) => {
    await tabTo(page, button);
    await leave(page, () => page.keyboard.press('Enter'));
  },
});

/** The names of everything that Tab comes by until it is round, from what has the focus now. */
export async function tabOrder(page: Page): Promise<string[]> {
  const names: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const { name, visible } = await focus(page);
    if (name === '') continue; // between the page's end and its top
    if (names.includes(name)) return names;
    if (!visible) throw new Error(`The focus on "${name}" cannot be seen.`);
    names.push(name);
  }
  throw new Error(`Tab does not come round: ${names.join(', ')}`);
}

interface Focus {
  readonly name: string;
  readonly visible: boolean;
}

function focus(page: Page): Promise<Focus> {
  return ask<Focus>(page, 'focus');
}

/** Radio buttons are one stop of Tab: inside, the arrows move, and once round what was chosen is chosen again. */
async function tabTo(page: Page, wanted: string, within?: string): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 40) {
    const { name, visible } = await focus(page);
    if (name === wanted && visible) return;
    const round = passed.includes(name);
    passed.push(name);
    const onRadio = within !== undefined && !round && (await page.locator('input[type=radio]:focus').count()) > 0;
    await page.keyboard.press(onRadio ? within : 'Tab');
  }
  throw new Error(`The keyboard does not come to "${wanted}" with a focus that can be seen, only by: ${passed.join(', ')}`);
}

/** Without scripts nothing tells that a page has gone but the next one. */
async function leave(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}
