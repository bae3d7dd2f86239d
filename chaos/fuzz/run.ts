import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../test/support/free-port';
import { Product, startProduct } from '../../test/support/product';
import { onServer } from '../../test/support/server';
import { Tally, work } from './crew';
import { liveRows } from './live-rows';
import { MemorySample, sampleMemory } from './memory';
import { World } from './world';

/** Which inputs are sent, and to a product with which limits. */
export interface Plan {
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
  /** The limits of a fresh installation; otherwise they are raised so that every input reaches the code behind them. */
  readonly normalLimits: boolean;
  readonly workers: number;
  readonly progress?: (inputs: number, memory: MemorySample) => void;
}

export interface Run extends Tally {
  readonly plan: Plan;
  readonly seconds: number;
  readonly memory: readonly MemorySample[];
  /** Answers with a 5xx status by the product's own count. */
  readonly serverErrors: number;
  /** What the product printed after its start. */
  readonly printed: string;
  readonly survived: boolean;
  readonly rowsUnchanged: boolean;
}

/** Things that inputs use up are made anew after this many. */
const RENEW_EVERY = 500;
/** Samples of the memory: each costs a full collection. */
const SAMPLES = 60;
const LEAST_BETWEEN_SAMPLES = 100;
/** Counted by the product itself: in a Redis that is shared, the demo tenants' limits would be others' too. */
const COMMON = { REDIS_URL: '' };
const RAISED = { RATE_LIMIT_PER_MINUTE: '1000000000', TRUST_PROXY: '127.0.0.1' };

/** Starts the built product on a database of its own and sends it the plan's inputs. */
export async function run(plan: Plan): Promise<Run> {
  const dataDir = mkdtempSync(join(tmpdir(), 'flowstate-fuzz-'));
  const opsPort = await freePort();
  const socket = join(dataDir, 'memory.sock');
  const settings = {
    DATA_DIR: dataDir,
    OPS_PORT: String(opsPort),
    NODE_OPTIONS: `--import ${pathToFileURL(resolve('chaos/fuzz/memory-probe.mjs')).href}`,
    FUZZ_MEMORY_SOCKET: socket,
    ...COMMON,
    ...(!plan.normalLimits && RAISED),
  };
  try {
    const seeded = await seededRows(settings);
    const product = await startProduct(settings);
    try {
      const before = seeded ?? (await rowsOf(product));
      const printedBefore = product.output().length;
      const outcome = await fuzz(plan, product, socket, opsPort).catch((error: unknown) => {
        throw new Error(`The run broke off. The product said:\n${product.output().slice(printedBefore)}`, { cause: error });
      });
      const printed = product.output().slice(printedBefore).trim();
      const after = product.databaseUrl === undefined ? undefined : await rowsOf(product);
      await product.stop();
      return { ...outcome, printed, rowsUnchanged: before === (after ?? (await liveRows({ dataDir }))) };
    } finally {
      await product.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The embedded database has one session, so it is read before the product is started again; the first start fills it. */
async function seededRows(settings: Record<string, string>): Promise<string | undefined> {
  if (onServer) return undefined;
  const product = await startProduct(settings);
  await product.stop();
  return liveRows({ dataDir: product.dataDir });
}

function rowsOf({ databaseUrl }: Product): Promise<string> {
  return liveRows({ databaseUrl: databaseUrl ?? '' });
}

async function fuzz(plan: Plan, product: Product, socket: string, opsPort: number): Promise<Omit<Run, 'printed' | 'rowsUnchanged'>> {
  const world = await World.open(product);
  const memory: MemorySample[] = [await sampleMemory(socket, 0)];
  const every = Math.max(LEAST_BETWEEN_SAMPLES, Math.ceil(plan.inputs / SAMPLES));
  const done = async (inputs: number): Promise<void> => {
    if (inputs % RENEW_EVERY === 0 && !plan.normalLimits) await world.renew();
    if (inputs % every !== 0) return;
    const sample = await sampleMemory(socket, inputs);
    memory.push(sample);
    plan.progress?.(inputs, sample);
  };
  const began = performance.now();
  const tally = await work({ ...plan, world, port: product.port, done });
  const seconds = (performance.now() - began) / 1_000;
  return { ...tally, plan, seconds, memory, serverErrors: await serverErrors(opsPort), survived: await world.survives() };
}

async function serverErrors(opsPort: number): Promise<number> {
  const text = await (await fetch(`http://localhost:${opsPort}/metrics`)).text();
  const counts = text.matchAll(/^flowstate_http_request_duration_seconds_count\{[^}]*status="5\d\d"[^}]*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
