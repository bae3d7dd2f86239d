import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const IN_PAGE = readFileSync(join(__dirname, 'in-page.js'), 'utf8').trim().replace(/;$/, '');
const IMAGES = join(__dirname, '../../docs/images');

/** Asks one of in-page.js's questions of the page. */
export function ask<T>(page: Page, question: 'faint' | 'misfits' | 'barriers' | 'focus'): Promise<T> {
  return page.evaluate<T>(`(${IN_PAGE}).${question}()`);
}

/** Readable, reachable and understandable for everybody: holds on every page in every circumstance. */
export async function expectGoodPage(page: Page): Promise<void> {
  const found = {
    title: await page.title(),
    barriers: await ask<string[]>(page, 'barriers'),
    faint: await ask<string[]>(page, 'faint'),
    misfits: await ask<string[]>(page, 'misfits'),
  };
  expect(found).toEqual({ title: expect.stringContaining(' · Flowstate'), barriers: [], faint: [], misfits: [] });
}

/** Renews a picture of the documentation, where the run was asked to (UPDATE_SCREENSHOTS=1). */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  // Hiding the caret would put a style element into the page that is under test.
  await page.screenshot({ path: join(IMAGES, `${name}.png`), caret: 'initial' });
}
