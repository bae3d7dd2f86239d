/**
 * How much later tool calls are answered while Redis is hung (SIGSTOP) or stopped: the 99th percentile against the same
 * calls while it works. Starts the built product and a Redis of its own; uses DATABASE_URL where it is set.
 *
 *   npm run bench:redis
 */
import { Product, startProduct } from '../test/support/product';
import { resolveLocalhostNames } from '../test/support/localhost-names';
import { connect, postJson } from '../test/support/oauth-flow';
import { RedisServer } from '../test/rate-limit/redis-server';

const CALLS = 400;
const BODY = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_employees', arguments: { query: 'a', limit: 5 } } };

/** Milliseconds of the median and of the 99th percentile; every call must be answered with a result. */
async function measure(url: string, token: string): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const began = performance.now();
    const response = await postJson(url, BODY, { authorization: `Bearer ${token}` });
    await response.arrayBuffer();
    times.push(performance.now() - began);
    if (response.status !== 200) throw new Error(`A call was answered with ${response.status}.`);
  }
  times.sort((a, b) => a - b);
  return { p50: times[CALLS / 2] ?? 0, p99: times[Math.ceil(CALLS * 0.99) - 1] ?? 0 };
}

/** The most that the 99th percentile may grow by, in milliseconds (RL-7). */
const BOUND = 25;

async function compare(product: Product, redis: RedisServer): Promise<void> {
  const { access_token: token } = await connect(product.origin('acme'), { email: 'viewer@acme.example', password: 'flowstate-demo' });
  const url = `${product.origin('acme')}/api/mcp`;
  await measure(url, token);
  const rows: [string, { p50: number; p99: number }][] = [['working', await measure(url, token)]];
  redis.freeze();
  rows.push(['hung', await measure(url, token)]);
  redis.thaw();
  await redis.stop();
  rows.push(['stopped', await measure(url, token)]);
  const [, { p99: normal }] = rows[0] as [string, { p99: number }];
  console.log(`| Redis | p50 ms | p99 ms | p99 added ms |\n| --- | --- | --- | --- |`);
  for (const [state, { p50, p99 }] of rows)
    console.log(`| ${state} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${(p99 - normal).toFixed(1)} |`);
  if (rows.some(([, { p99 }]) => p99 - normal > BOUND)) throw new Error(`Calls are answered more than ${BOUND} ms later.`);
}

async function main(): Promise<void> {
  resolveLocalhostNames();
  const redis = await RedisServer.start();
  const product = await startProduct({ REDIS_URL: redis.url, RATE_LIMIT_PER_MINUTE: '100000' });
  try {
    await compare(product, redis);
  } finally {
    await product.stop();
    redis.thaw();
    await redis.stop().catch(() => undefined);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
