/** How long the product's reads take over HTTP, one after the other on one connection, by the size of the organization. */
import { hash } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../test/support/oauth-flow';
import { Product, startProduct } from '../test/support/product';
import { Ask, asker, warmUp } from './client';
import { rssMiB } from './load';
import { BENCH, fill, Population } from './population';
import { AGGREGATES, Asked, OVERVIEWS, READ_CASES, ReadCase, sampleRows } from './read-cases';
import { withEmbedded, withServer, Sql } from './superuser';

/** Milliseconds, from sending the request to having read the answer. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

export interface ReadTimes extends Spread {
  readonly name: string;
  readonly target: number;
}

export interface Reads {
  readonly population: Population;
  readonly times: readonly ReadTimes[];
  /** Of a request that asks nothing: what all of them take at least, here. */
  readonly ping: Spread;
  /** The server's resident memory in MiB after each round over all cases. */
  readonly memory: readonly number[];
}

const ROUNDS = 3;
const WARM_UP = 10;
/** Requests of a case and round; fewer of what takes long. */
export const REQUESTS = 100;
const ROUND_MS = 5_000;

export async function measureReads(people: number, environment: Record<string, string>): Promise<Reads> {
  const dataDir = mkdtempSync(join(tmpdir(), 'flowstate-bench-'));
  const password = randomBytes(12).toString('hex');
  const { product, population, rows } = await filled(people, { ...environment, DATA_DIR: dataDir }, await hash(password));
  try {
    const { access_token: token } = await connect(product.origin(BENCH.slug), { email: BENCH.email, password });
    const ask = asker(product, token);
    const offered = await toolsOf(ask);
    const cases = [...READ_CASES, ...AGGREGATES, ...OVERVIEWS].filter(({ tool }) => offered.has(tool));
    const pings: number[] = [];
    const spent = new Map<ReadCase, number[]>(cases.map((one) => [one, []]));
    const memory: number[] = [];
    process.stderr.write(`\r\x1b[K${people} people: warm-up`);
    await warmUp(ask, rows);
    for (let round = 1; round <= ROUNDS; round += 1) {
      pings.push(...(await pinged(ask)));
      for (const one of cases) {
        process.stderr.write(`\r\x1b[K${people} people, round ${round} of ${ROUNDS}: ${one.name}`);
        spent.get(one)?.push(...(await timed(ask, one, rows.map(one.input), round === 1 ? WARM_UP : 0)));
      }
      memory.push(rssMiB(product.pid));
    }
    process.stderr.write('\r\x1b[K');
    return { population, times: cases.map((one) => summary(one, spent.get(one) ?? [])), ping: spread(pings), memory };
  } finally {
    await product.stop();
    rmSync(dataDir, { recursive: true });
  }
}

interface Filled {
  readonly product: Product;
  readonly population: Population;
  readonly rows: readonly Asked[];
}

/** The product on the server of DATABASE_URL, or on an embedded database, which only one process has at a time. */
async function filled(people: number, environment: Record<string, string>, passwordHash: string): Promise<Filled> {
  const product = await startProduct(environment);
  const work = async (sql: Sql): Promise<Omit<Filled, 'product'>> => ({
    population: await fill(sql, people, passwordHash),
    rows: await sampleRows(sql),
  });
  if (product.databaseUrl !== undefined) return { product, ...(await withServer(product.databaseUrl, work)) };
  await product.stop();
  const made = await withEmbedded(product.dataDir, work);
  return { product: await startProduct(environment), ...made };
}

async function toolsOf(ask: Ask): Promise<Set<string>> {
  const { tools } = (await ask('tools/list', {})) as { tools: { name: string }[] };
  return new Set(tools.map(({ name }) => name));
}

export async function inputsOf(databaseUrl: string, cases: readonly ReadCase[]): Promise<Map<ReadCase, object[]>> {
  const rows = await withServer(databaseUrl, sampleRows);
  return new Map(cases.map((one) => [one, rows.map(one.input)]));
}

async function timed(ask: Ask, { tool }: ReadCase, inputs: readonly object[], warmUp: number): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + ROUND_MS;
  for (let number = 0; number < REQUESTS + warmUp && (number < warmUp + 3 || performance.now() < until); number += 1) {
    const started = performance.now();
    const { isError, content } = await ask('tools/call', { name: tool, arguments: inputs[number % inputs.length] ?? {} });
    if (isError) throw new Error(`${tool} ${JSON.stringify(inputs[number % inputs.length])}: ${JSON.stringify(content)}`);
    if (number >= warmUp) times.push(performance.now() - started);
  }
  return times;
}

async function pinged(ask: Ask): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < REQUESTS + WARM_UP; number += 1) {
    const started = performance.now();
    await ask('ping', {});
    if (number >= WARM_UP) times.push(performance.now() - started);
  }
  return times;
}

export function summary({ name, target }: ReadCase, times: readonly number[]): ReadTimes {
  return { name, target, ...spread(times) };
}

export function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] as number;
  return { p50: at(0.5), p95: at(0.95) };
}
