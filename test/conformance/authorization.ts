import { Browser } from '../support/browser';
import { freePort } from '../support/free-port';
import { register, signIn } from '../support/oauth-flow';
import type { Target } from './target';
import { conformance, Run } from './tool';

/** The tool's scenarios for an authorization server. It prints an address for a person to open; here the person is a {@link Browser}. */
export async function authorizationRun({ origin, url, user }: Target): Promise<Run> {
  const port = await freePort();
  // Without a secret, for where a server lets public clients in, the tool sends none.
  const metadata = { redirect_uris: [`http://127.0.0.1:${port}/callback`], token_endpoint_auth_method: 'none' };
  const client = await register(origin, metadata);
  const known = ['--client-id', client.id, '--port', String(port), '--resource', url];
  let person: Promise<void> | undefined;
  const run = await conformance(['authorization', '--url', origin, ...known], (output) => {
    const address = /^\s*(http\S+\/oauth\/authorize\?\S+)\s/m.exec(output)?.[1];
    if (address !== undefined) person ??= consent(address, user);
  });
  await person;
  return run;
}

async function consent(address: string, user: Target['user']): Promise<void> {
  const browser = new Browser();
  const page = await signIn(browser, await browser.get(address), user);
  const decided = await browser.submit(page, { decision: 'approve' });
  await fetch(decided.headers.get('location') ?? 'about:blank');
}
