import { ChildProcess, spawn } from 'node:child_process';

const START_MS = 120_000;
const STOP_MS = 15_000;

/** One process of the built product, on a port that it keeps when it is killed and started again. */
export class Replica {
  private child: ChildProcess | undefined;
  private printed = '';

  constructor(
    readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** What all its lives have printed. */
  get output(): string {
    return this.printed;
  }

  async start(): Promise<void> {
    const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', REDIS_URL: '', ...this.environment, PORT: String(this.port) };
    const child = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      this.printed += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`A replica ${why}. It said:\n${said}`));
      const timer = setTimeout(() => fail(`was not ready after ${START_MS} ms`), START_MS);
      child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`)).once('exit', () => clearTimeout(timer));
      child.stdout.on('data', () => {
        if (!/Flowstate is ready/.test(said)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Whether it has ended without having been told to. */
  get alive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** As the kernel does it when memory is short: no handler, no flush, no good-bye. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), STOP_MS);
    await this.end('SIGTERM');
    clearTimeout(timer);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || !this.alive) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
