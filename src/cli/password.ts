import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './command';
import type { PasswordSource } from './parse';

/** Finds the password where the command line says it is. It is never printed, logged or kept. */
export async function readPassword(source: PasswordSource): Promise<string | undefined> {
  if (source === 'none') return undefined;
  if (typeof source === 'object') return source.given;
  if (source === 'stdin') return (await text(process.stdin)).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY) throw new UsageError('There is no terminal to ask for the password: use --password-stdin or --no-password.');
  return ask('Password: ');
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
