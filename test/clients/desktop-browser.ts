import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { consent } from './consenting-person';

type Person = (address: string) => Promise<void>;

/** Stands in for the program that opens addresses on a desktop: notes what it was asked to open. */
const OPENER = `#!/bin/sh\nprintf '%s\\n' "$1" >> "$OPENED"\n`;

/** A user's home folder and browser, for clients that are programs and send their user to a browser. */
export class DesktopBrowser {
  readonly home = mkdtempSync(join(tmpdir(), 'flowstate-desktop-'));
  private readonly opener = join(this.home, 'open');
  private readonly notes = join(this.home, 'opened');

  constructor() {
    // Clients ask the package `open`: on Linux it runs an xdg-open of its own, which asks BROWSER, on macOS `open`.
    writeFileSync(this.opener, OPENER, { mode: 0o755 });
  }

  get environment(): Record<string, string> {
    return { PATH: `${this.home}:${process.env['PATH'] ?? ''}`, HOME: this.home, BROWSER: this.opener, OPENED: this.notes };
  }

  /** The addresses opened so far, oldest first. */
  opened(): readonly string[] {
    return existsSync(this.notes) ? readFileSync(this.notes, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** Waits for work during which a client may open the browser, and lets the person act on the page when it does. */
  async during<T>(work: Promise<T>, person: Person): Promise<T> {
    const finished = new AbortController();
    const acting = this.addressAfter(this.opened().length, finished.signal).then(async (address) => {
      if (address !== undefined) await person(address);
    });
    // A person who fails must not leave the client waiting for its redirect until it gives up.
    const result = await Promise.race([work, acting.then(() => work)]).finally(() => finished.abort());
    await acting;
    return result;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  private async addressAfter(known: number, signal: AbortSignal): Promise<string | undefined> {
    for (;;) {
      const last = signal.aborted;
      const address = this.opened()[known];
      if (address !== undefined || last) return address;
      await wait(50);
    }
  }
}

/** The person at the desktop: signs in, picks Acme, approves, and lets the browser follow the redirect to the client's listener. */
export async function finance(address: string): Promise<void> {
  const { callback } = await consent(address, 'finance@acme.example', { organization: 'Acme' });
  const landed = await fetch(callback);
  if (!landed.ok) throw new Error(`The client's own page answered ${landed.status}: ${await landed.text()}`);
}

/** For whatever should need no sign-in. */
export async function nobody(address: string): Promise<void> {
  throw new Error(`Nobody should have been asked to sign in, but the browser was opened at ${address}.`);
}
