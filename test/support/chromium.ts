import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** `--no-sandbox` because CI runs as root; the rest keeps it from talking to anybody but the product. */
const FLAGS = [
  'no-sandbox',
  'disable-gpu',
  'disable-quic',
  'no-first-run',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
];

/** The machine's Chromium with an empty profile of its own. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (Debian: apt-get install --no-install-recommends chromium), or set CHROMIUM_PATH to where it is.`,
    );
  }
  return chromium.launch({ executablePath, args: FLAGS.map((flag) => `--${flag}`) });
}
