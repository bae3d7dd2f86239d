import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DesktopBrowser } from './desktop-browser';

export interface Bridge {
  /** Speaks to the product through mcp-remote, as a desktop app does that knows stdio servers only. */
  readonly client: Client;
  /** Everything that mcp-remote has told its user. */
  log(): string;
}

/** A machine on which mcp-remote is used, with the registration and the tokens that it keeps. */
export class McpRemoteDesktop extends DesktopBrowser {
  constructor(private readonly settings: Readonly<Record<string, string>>) {
    super();
  }

  /** Starts mcp-remote and shakes hands; where that takes a sign-in, the person does it. */
  async start(args: readonly string[], person: (address: string) => Promise<void>): Promise<Bridge> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [program(), ...args],
      stderr: 'pipe',
      env: { ...this.settings, ...this.environment, MCP_REMOTE_CONFIG_DIR: this.home },
    });
    let log = '';
    transport.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const client = new Client({ name: 'desktop app', version: '1' });
    const connected = client.connect(transport).catch((error: unknown) => {
      throw new Error(`mcp-remote did not connect. It said:\n${log}`, { cause: error });
    });
    await this.during(connected, person).catch(async (error: unknown) => {
      await Promise.allSettled([transport.close(), connected]);
      throw error;
    });
    return { client, log: () => log };
  }

  /** What mcp-remote keeps about its only server. */
  read<T>(name: 'tokens' | 'client_info'): T {
    return JSON.parse(readFileSync(this.file(name), 'utf8')) as T;
  }

  write(name: 'tokens', content: object): void {
    writeFileSync(this.file(name), JSON.stringify(content));
  }

  private file(name: string): string {
    const store = join(this.home, 'mcp-remote-v1');
    return join(store, readdirSync(store).find((file) => file.endsWith(`_${name}.json`)) ?? `no ${name} is kept`);
  }
}

/** What the package installs as its command. */
function program(): string {
  const manifest = require.resolve('mcp-remote/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  return join(dirname(manifest), bin['mcp-remote'] ?? '');
}
