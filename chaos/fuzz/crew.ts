import { Answer } from './answer';
import { Connection, Exchange } from './connection';
import { inputAt } from './grammar';
import type { Input } from './input';
import { problemOf } from './oracles';
import { reduced } from './reduce';
import { readable, render } from './template';
import type { World } from './world';

/** One way to fail: the first input that did, reduced, and how many more. */
export interface Failure {
  readonly problem: string;
  readonly index: number;
  readonly kind: string;
  readonly request: string;
  readonly answers: readonly string[];
  count: number;
}

/** What was sent and came back, in figures. */
export interface Tally {
  readonly kinds: Map<string, number>;
  readonly statuses: Map<string, number>;
  readonly failures: Map<string, Failure>;
}

export interface Shift {
  readonly world: World;
  readonly port: number;
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
  readonly workers: number;
  /** Called with the number of inputs done so far, after each. */
  readonly done: (inputs: number) => Promise<void>;
}

/** Ways to fail that are looked into; more are only counted. */
const MOST_FAILURES = 25;

/** Sends the inputs over parallel connections. Whoever is free takes the next one. */
export async function work(shift: Shift): Promise<Tally> {
  const tally: Tally = { kinds: new Map(), statuses: new Map(), failures: new Map() };
  let next = 0;
  let finished = 0;
  const worker = async (): Promise<void> => {
    const connection = new Connection(shift.port);
    while (next < shift.inputs) {
      const index = shift.first + next;
      next += 1;
      await one(shift, connection, index, tally);
      finished += 1;
      await shift.done(finished);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: shift.workers }, worker));
  return tally;
}

async function one({ world, seed }: Shift, connection: Connection, index: number, tally: Tally): Promise<void> {
  const input = inputAt(seed, index, world.facts);
  const { problem, exchange } = await attempt(world, connection, input);
  add(tally.kinds, input.kind);
  for (const { status } of exchange.answers) add(tally.statuses, String(status));
  if (exchange.answers.length === 0) add(tally.statuses, exchange.end);
  if (problem === undefined) return;
  const known = tally.failures.get(`${problem} ${input.kind}`);
  if (known) known.count += 1;
  else if (tally.failures.size < MOST_FAILURES) await lookInto(world, connection, { input, index, problem, exchange }, tally);
}

interface Finding {
  readonly input: Input;
  readonly index: number;
  readonly problem: string;
  readonly exchange: Exchange;
}

async function lookInto(world: World, connection: Connection, finding: Finding, tally: Tally): Promise<void> {
  const { input, index, problem, exchange } = finding;
  const failure: Failure = { problem, index, kind: input.kind, request: '', answers: exchange.answers.map(excerpt), count: 1 };
  tally.failures.set(`${problem} ${input.kind}`, failure);
  const least = await reduced(input, async (candidate) => (await attempt(world, connection, candidate)).problem === problem);
  const request = readable(least.input.head + least.input.body) + (least.again ? '' : '\n(did not fail when sent once more)');
  tally.failures.set(`${problem} ${input.kind}`, Object.assign(failure, { request }));
}

/** Sends one input and judges what comes back. */
async function attempt(world: World, connection: Connection, input: Input): Promise<{ problem?: string; exchange: Exchange }> {
  const bytes = render(input.head, input.body, world.secrets);
  const exchange = await connection.send({ bytes, cuts: input.cuts, owed: input.owed, headOnly: input.head.startsWith('HEAD ') });
  return { problem: problemOf(input, exchange, world.canaries, bytes), exchange };
}

function excerpt({ status, headers, body }: Answer): string {
  return `${status} ${headers.map(([name, value]) => `${name}: ${value}`).join('; ')}\n${body.toString('utf8').slice(0, 600)}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
