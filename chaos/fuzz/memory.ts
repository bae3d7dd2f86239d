import { connect } from 'node:net';

/** Megabytes of the product's process after a full collection. */
export interface MemorySample {
  readonly inputs: number;
  readonly rss: number;
  readonly heap: number;
}

const MB = 2 ** 20;

/**
 * How much more the second half may use than the first, in MB, each as a mean. A leak of one request's objects (some
 * 5 kB) would be 250 MB at 100,000 inputs. RSS also holds what the allocator and the embedded database keep for later.
 */
export const MEMORY_BOUND = { heap: 8, rss: 48 } as const;

/** Samples that count; before them caches fill and code is compiled. */
const WARM_UP = 0.2;

export async function sampleMemory(socketPath: string, inputs: number): Promise<MemorySample> {
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    connect(socketPath)
      .on('data', (chunk) => (received += chunk.toString()))
      .on('error', reject)
      .on('end', () => resolve(received));
  });
  const { rss, heapUsed } = JSON.parse(text) as { rss: number; heapUsed: number };
  return { inputs, rss: rss / MB, heap: heapUsed / MB };
}

export interface Growth {
  readonly heap: number;
  readonly rss: number;
  /** Least-squares slope of the heap, in MB per 10,000 inputs. */
  readonly heapSlope: number;
}

export function growth(samples: readonly MemorySample[]): Growth {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const half = Math.floor(warm.length / 2);
  const more = (of: 'heap' | 'rss'): number =>
    mean(warm.slice(half).map((one) => one[of])) - mean(warm.slice(0, half).map((one) => one[of]));
  return { heap: more('heap'), rss: more('rss'), heapSlope: slope(warm) * 10_000 };
}

function slope(samples: readonly MemorySample[]): number {
  const x = mean(samples.map(({ inputs }) => inputs));
  const y = mean(samples.map(({ heap }) => heap));
  const above = samples.reduce((sum, one) => sum + (one.inputs - x) * (one.heap - y), 0);
  const below = samples.reduce((sum, one) => sum + (one.inputs - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
