import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DesktopBrowser } from '../clients/desktop-browser';
import { freePort } from '../support/free-port';

/** By path, because Jest is told to leave this folder's packages alone. */
const PACKAGES = join(__dirname, 'node_modules');
const NEEDED = [22, 19] as const;

/** A machine on which the MCP Inspector's command line is used, with the tokens that it keeps. */
export class InspectorDesktop extends DesktopBrowser {
  constructor(
    private readonly url: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {
    super();
  }

  /** Runs one command, as a person would type it, and gives back what it printed as its result. */
  async run<T = unknown>(args: readonly string[], person: (address: string) => Promise<void>): Promise<T> {
    const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`;
    const all = ['--cli', this.url, '--format', 'json', '--callback-url', callback, ...args];
    const stop = new AbortController();
    const output = this.execute(all, stop.signal);
    await this.during(output, person).catch(async (error: unknown) => {
      stop.abort();
      await Promise.allSettled([output]);
      throw error;
    });
    return (JSON.parse(await output) as { result: T }).result;
  }

  /** Spoils the kept access token, as time does. */
  expireToken(): string {
    const file = join(this.home, '.mcp-inspector', 'secrets.json');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { secrets: Record<string, string> };
    const [name, tokens = ''] = Object.entries(kept.secrets).find(([key]) => key.includes(':tokens:')) ?? ['', ''];
    const before = JSON.parse(tokens) as { refresh_token: string };
    kept.secrets[name] = JSON.stringify({ ...before, access_token: 'expired' });
    writeFileSync(file, JSON.stringify(kept));
    return before.refresh_token;
  }

  private execute(args: readonly string[], signal: AbortSignal): Promise<string> {
    const env = {
      ...this.settings,
      ...this.environment,
      // Without a terminal it signs in only when told to; without a keyring it keeps tokens in a file only when told to.
      MCP_AUTO_OPEN_ENABLED: 'true',
      MCP_INSPECTOR_SECRET_STORE: 'file',
    };
    const program = join(PACKAGES, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
    const child = spawn(node(), [program, ...args], { env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, said] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        if (code === 0) resolve(output);
        else reject(new Error(`The Inspector ended with ${code} after ${args.join(' ')}. It said:\n${said}`));
      });
    });
  }
}

/** The running Node where it is new enough for the Inspector, else the one that npm provides. */
function node(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return process.execPath;
  const provided = join(PACKAGES, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!existsSync(provided)) throw new Error(`The Inspector needs Node ${NEEDED.join('.')}, and npm provides none for this machine.`);
  return provided;
}
