import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { Product, startProduct } from '../support/product';
import { NativeClient } from './native-client';

/** One person at one browser of their own. */
export interface Visit {
  readonly page: Page;
  /** What the browser's console complained of: refused by the content security policy, missing files, failed requests. */
  readonly complaints: string[];
}

export interface InBrowser {
  /** Of the product, which one test file has to itself. */
  origin(slug?: string): string;
  visit(circumstances?: BrowserContextOptions): Promise<Visit>;
  /** An app that wants to connect to a tenant, or in the host-less form. */
  client(slug?: string, name?: string): Promise<NativeClient>;
}

/** Starts Chromium and the built product for a test file; what a test opens is closed after it. */
export function inBrowser(): InBrowser {
  let browser: Browser | undefined;
  let product: Product | undefined;
  const closers: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
    product = await startProduct({ TRUST_PROXY: '127.0.0.1' });
  }, 120_000);
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  }, 30_000);

  return {
    origin: (slug) => product!.origin(slug),
    visit: async (circumstances = {}) => {
      const context = await browser!.newContext({ viewport: { width: 1000, height: 700 }, colorScheme: 'light', ...circumstances });
      closers.push(() => context.close());
      context.setDefaultTimeout(15_000);
      const complaints: string[] = [];
      const page = await context.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      return { page, complaints };
    },
    client: async (slug, name = 'Claude Code') => {
      const client = await NativeClient.start(product!.origin(slug), name);
      closers.push(() => client.stop());
      return client;
    },
  };
}
