import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const SHIM = './test/conformance/node20-fs.mjs';
const TOOL = require.resolve('@modelcontextprotocol/conformance/dist/index.js');

export interface Scenario {
  readonly name: string;
  readonly ok: boolean;
  /** It failed where the list of expected failures says so. */
  readonly expected: boolean;
  /** False for what the tool runs beside a revision's requirements: extensions, and what was pending when they were frozen. */
  readonly scored: boolean;
  readonly passed: number;
  readonly failed: number;
  /** Ids of the checks that failed, and of those that gave a warning. */
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
  /** What the tool says of both. */
  readonly remarks: readonly string[];
}

export interface Run {
  readonly exitCode: number | null;
  readonly output: string;
  readonly scenarios: readonly Scenario[];
}

/** Runs `@modelcontextprotocol/conformance` and reads what it says. `follow` sees its output while it comes. */
export async function conformance(args: readonly string[], follow: (output: string) => void = () => undefined): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'flowstate-conformance-'));
  try {
    const child = spawn(process.execPath, ['--import', SHIM, TOOL, ...args, '-o', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = await outputOf(child, follow);
    return { exitCode: child.exitCode, output, scenarios: scenariosIn(output, folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function outputOf(child: ChildProcess, follow: (output: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const take = (chunk: Buffer): void => {
      output += stripVTControlCharacters(chunk.toString());
      follow(output);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', reject).once('close', () => resolve(output));
  });
}

/**
 * `✓ ping: 2 passed, 0 failed` of the summary; below it `✗ tasks-lifecycle (extension)` of what is not scored and
 * `~ tools-call-sampling` of what was expected to fail.
 */
function scenariosIn(output: string, folder: string): Scenario[] {
  const unscored = new Set([...output.matchAll(/^ {2}[✓✗] (\S+) \([\w-]+\)$/gm)].map(([, name]) => name));
  const expected = new Set([...output.matchAll(/^ {2}~ ([\w-]+)/gm)].map(([, name]) => name));
  return [...output.matchAll(/^([✓✗]) (\S+): (\d+) passed, (\d+) failed/gm)].map(([, mark, name = '', passed, failed]) => ({
    name,
    ok: mark === '✓',
    expected: expected.has(name),
    scored: !unscored.has(name),
    passed: Number(passed),
    failed: Number(failed),
    ...checksOf(folder, name),
  }));
}

function checksOf(folder: string, scenario: string): Pick<Scenario, 'failures' | 'warnings' | 'remarks'> {
  const own = readdirSync(folder).filter((entry) => new RegExp(`^(authorization-)?server-${scenario}-\\d{4}-\\d\\d-\\d\\dT`).test(entry));
  const checks = own.flatMap((entry) => JSON.parse(readFileSync(join(folder, entry, 'checks.json'), 'utf8')) as Check[]);
  const idsWith = (wanted: string): string[] => [...new Set(checks.filter(({ status }) => status === wanted).map(({ id }) => id))];
  const remarks = checks
    .filter(({ status }) => /FAILURE|WARNING/.test(status))
    .map(({ id, errorMessage }) => `${id}: ${errorMessage ?? ''}`);
  return { failures: idsWith('FAILURE'), warnings: idsWith('WARNING'), remarks };
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}
