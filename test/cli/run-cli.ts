import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(__dirname, '../../dist/cli/main.js');

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the built command line as a person would, without a terminal.
 * @param folder in which the person is
 */
export function runCli(environment: Record<string, string>, args: string[], stdin = '', folder?: string): Promise<CliResult> {
  return new Promise((resolve) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [CLI, ...args], { env: { PATH, HOME, ...environment }, cwd: folder });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(stdin);
  });
}
