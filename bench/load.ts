import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** A server of the comparison, running. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
}

export interface Load {
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in turn. */
  readonly bodies: readonly string[];
}

export interface Measured {
  /** Requests answered per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server per request, in microseconds; PostgreSQL's is not in it. */
  readonly cpu: number;
  /** Resident memory of the server at the end, in MiB. */
  readonly rss: number;
}

interface Outcome {
  answered: number;
  duration: number;
  errors: number;
  non2xx: number;
  p50: number;
  p99: number;
}

const CONNECTIONS = 8;
const WARM_UP_SECONDS = 40;
const TICKS_PER_SECOND = 100;

/** Until the engine has compiled what runs often: the larger a server's code, the longer that takes, and production has the time. */
export async function warmUp({ url }: Target, load: Load): Promise<void> {
  await run({ url, connections: CONNECTIONS, duration: WARM_UP_SECONDS, ...load });
}

/** Requests as fast as eight connections get their answers, for so many seconds. */
export async function measure(target: Target, { headers, bodies }: Load, seconds: number): Promise<Measured> {
  const before = cpuSeconds(target.pid);
  const outcome = await run({ url: target.url, connections: CONNECTIONS, duration: seconds, headers, bodies });
  const used = cpuSeconds(target.pid) - before;
  const { answered, duration, errors, non2xx, p50, p99 } = outcome;
  if (answered === 0 || non2xx > 0 || errors > 0)
    throw new Error(`${target.name} answered ${answered} requests, refused ${non2xx} and dropped ${errors}.`);
  return { rate: answered / duration, p50, p99, cpu: (used / answered) * 1e6, rss: rssMiB(target.pid) };
}

async function run(options: object): Promise<Outcome> {
  const child = spawn(process.execPath, [join(__dirname, 'peers/load.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(options));
  return JSON.parse(await text(child.stdout)) as Outcome;
}

/** User and system time of a process so far: fields 14 and 15 of proc(5) stat, counted behind the name in brackets. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

export function rssMiB(pid: number): number {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
