import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../test/support/free-port';
import type { Setting } from './backend';
import type { Target } from './load';

const SERVERS: Readonly<Record<string, readonly string[]>> = {
  floor: ['-r', '@swc-node/register', join(__dirname, 'floor.ts')],
  '@rekog/mcp-nest': [join(__dirname, 'peers/mcp-nest.mjs')],
  'SDK per request': [join(__dirname, 'peers/sdk-per-request.mjs')],
};

/** The servers that the product is compared with, each in a process of its own. */
export class Servers {
  private readonly children: ChildProcess[] = [];

  async start(setting: Omit<Setting, 'port'>): Promise<Target[]> {
    const targets: Target[] = [];
    for (const [name, argv] of Object.entries(SERVERS)) {
      const port = await freePort();
      const child = spawn(process.execPath, argv, { env: { ...process.env, NODE_ENV: 'production' }, stdio: ['pipe', 'pipe', 'inherit'] });
      child.stdin.end(JSON.stringify({ ...setting, port }));
      this.children.push(child);
      await ready(child, name);
      targets.push({ name, url: `http://127.0.0.1:${port}/api/mcp`, pid: child.pid as number });
    }
    return targets;
  }

  async stop(): Promise<void> {
    const running = this.children.filter(({ exitCode }) => exitCode === null);
    const ended = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
  }
}

function ready(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server "${name}" ended with ${code}.`)));
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve());
  });
}
