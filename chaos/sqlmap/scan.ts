import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What sqlmap says of one request. */
export interface Scan {
  /** Injection points that it went through, in its own words. */
  readonly tested: readonly string[];
  readonly findings: readonly string[];
  /** Why it did not get to the end, if it did not. */
  readonly unfinished?: string;
  readonly output: string;
}

/**
 * Level 3 and risk 2: every boundary and payload but those that could change rows by OR. `--ignore-code`: refusals are
 * answers to compare, not reasons to stop.
 */
const OPTIONS = [
  ...['--batch', '--ignore-stdin', '--flush-session', '--disable-coloring', '--skip-waf', '--ignore-redirects'],
  // What carries no mark is the same in every request, and tested where it does.
  ...['--param-exclude', '^JSON (?!#)'],
  ...['--dbms', 'PostgreSQL', '--technique', 'BEUST', '--level', '3', '--risk', '2', '--time-sec', '3'],
  ...['--ignore-code', '400,401,403,404,405,406,409,413,414,415,417,429,431', '--retries', '1', '-v', '1'],
];

const TESTED = /testing for SQL injection on (.+ parameter '.+?')$/gm;
const CLEAN = /all tested parameters do not appear to be injectable/;
const FOUND = /sqlmap identified the following injection point|is vulnerable\.|shows that .+ might be injectable \(possible DBMS/;
const STOPPED = /\[CRITICAL\] (?!all tested parameters)(.+)/;

/** Runs sqlmap on a request in which each injection point carries its mark, an asterisk. */
export async function scan(requestText: string): Promise<Scan> {
  const folder = mkdtempSync(join(tmpdir(), 'flowstate-sqlmap-'));
  const file = join(folder, 'request.txt');
  writeFileSync(file, requestText);
  try {
    const output = await run(['-r', file, '--output-dir', folder, ...OPTIONS]);
    const tested = [...output.matchAll(TESTED)].map(([, name]) => name ?? '');
    const finding = FOUND.exec(output);
    const clean = CLEAN.test(output);
    return {
      tested,
      findings: finding ? [findingsOf(output) || finding[0]] : [],
      ...(!clean && !finding && { unfinished: STOPPED.exec(output)?.[1] ?? output.slice(-300) }),
      output,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findingsOf(output: string): string {
  return output
    .split('\n')
    .filter((line) => /^(?:Parameter|    Type|    Payload):|might be injectable/.test(line))
    .join('\n');
}

function run(parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sqlmap', parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject).once('close', () => resolve(output));
  });
}
