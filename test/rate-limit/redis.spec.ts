import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { RateLimiter, RedisRateLimitStore } from '../../src/rate-limit';
import { RedisServer } from './redis-server';
import { SlowLine } from './slow-line';

const url = process.env['REDIS_URL'] ?? '';
/** The store itself needs a Redis (REDIS_URL); without one the product counts in memory, which other specs test. */
const onRedis = url ? describe : describe.skip;
const MINUTE = 60_000;

async function connected(to: string): Promise<RedisRateLimitStore> {
  const store = new RedisRateLimitStore(to);
  await store.onModuleInit();
  return store;
}

onRedis('the Redis store (skipped without REDIS_URL)', () => {
  const stores: RedisRateLimitStore[] = [];
  const key = () => `test:${randomUUID()}`;
  beforeAll(async () => stores.push(await connected(url), await connected(url)));
  afterAll(() => stores.forEach((store) => store.onApplicationShutdown()));

  it('RL-4 lets exactly 100 of 500 parallel requests through on two replicas', async () => {
    const one = key();
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, at) => stores[at % 2]!.take({ key: one, limit: 100, windowMs: MINUTE, cost: 1 })),
    );
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(100);
    expect(Math.min(...answers.map((answer) => answer.remaining))).toBe(0);
  });

  it('counts the budget down, looks without taking, and says when it comes back', async () => {
    const one = key();
    const take = (cost: number) => stores[0]!.take({ key: one, limit: 5, windowMs: 3_000, cost });
    expect(await take(0)).toEqual({ allowed: true, limit: 5, remaining: 5, resetMs: 0 });
    const began = performance.now();
    expect(await take(4)).toMatchObject({ allowed: true, remaining: 1, resetMs: 0 });
    expect(await take(2)).toMatchObject({ allowed: false, remaining: 1 });
    const last = await take(1);
    expect(last).toMatchObject({ allowed: true, remaining: 0 });
    expect(last.resetMs).toBeGreaterThanOrEqual(Math.floor(2_950 - (performance.now() - began)));
    expect(last.resetMs).toBeLessThanOrEqual(3_050);
    await new Promise((resolve) => setTimeout(resolve, last.resetMs));
    expect(await take(4)).toMatchObject({ allowed: true });
  });

  it('still counts where the answer had to wait because this process was busy', async () => {
    const one = key();
    const answer = stores[0]!.take({ key: one, limit: 5, windowMs: MINUTE, cost: 1 });
    for (const until = performance.now() + 60; performance.now() < until;);
    expect(await answer).toMatchObject({ allowed: true, remaining: 4 });
  });

  it('leaves nothing behind: each key expires with its window', async () => {
    const one = key();
    await stores[0]!.take({ key: one, limit: 5, windowMs: MINUTE, cost: 1 });
    const redis = new Redis(url);
    const expiry = await redis.pttl(`rl:{${one}}`);
    await redis.quit();
    expect(expiry).toBeGreaterThan(MINUTE);
    expect(expiry).toBeLessThanOrEqual(MINUTE + 2_000);
  });
});

onRedis('RL-7 a Redis that fails (skipped without REDIS_URL)', () => {
  let server: RedisServer;
  let store: RedisRateLimitStore;
  let limiter: RateLimiter;
  const reports: string[] = [];
  const hit = () => limiter.hit('user:usr_1', 3, MINUTE);

  beforeEach(async () => {
    server = await RedisServer.start();
    store = await connected(server.url);
    limiter = new RateLimiter(store);
    reports.length = 0;
    limiter.onFailOpen((reason) => reports.push(reason));
  });
  afterEach(async () => {
    store.onApplicationShutdown();
    await server.stop();
  });

  async function allowedWhileFailing(): Promise<void> {
    for (let call = 0; call < 100; call += 1) expect((await hit()).allowed).toBe(true);
    const burst = await Promise.all(Array.from({ length: 100 }, hit));
    expect(burst.every((state) => state.allowed)).toBe(true);
    expect(burst[0]!.remaining).toBe(0);
    expect(reports).toHaveLength(1);
  }

  async function countsAgain(of = store): Promise<void> {
    const fresh = () => limiter.hit('user:usr_2', 1_000, MINUTE);
    const until = performance.now() + 5_000;
    let before = await fresh();
    for (;;) {
      const after = await fresh();
      if (
        after.remaining === before.remaining - 1 &&
        (await of.take({ key: 'probe', limit: 1, windowMs: MINUTE, cost: 0 }).catch(() => null))
      )
        return;
      if (performance.now() > until) throw new Error('The limiter did not come back.');
      before = after;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  // How much later they pass is measured by `npm run bench:redis`, where nothing else runs beside it.
  it('lets requests pass while it hangs, reports it once, and counts again when it is back', async () => {
    server.freeze();
    await allowedWhileFailing();
    server.thaw();
    await countsAgain();
  });

  it('lets requests pass while it is stopped, and counts again when it is back', async () => {
    await server.stop();
    await allowedWhileFailing();
    await server.restart();
    await countsAgain();
  });

  it('lets requests pass while it answers too slowly, and counts again when it is quick', async () => {
    const slow = await SlowLine.to(server.port);
    const own = await connected(`redis://127.0.0.1:${slow.port}`);
    limiter = new RateLimiter(own);
    limiter.onFailOpen((reason) => reports.push(reason));
    expect(await limiter.hit('user:usr_3', 1_000, MINUTE)).toMatchObject({ allowed: true, remaining: 999 });
    slow.delayMs = 200;
    await allowedWhileFailing();
    slow.delayMs = 0;
    await countsAgain(own);
    own.onApplicationShutdown();
    await slow.close();
  });

  it('goes on when the script cache and all counts are flushed', async () => {
    const redis = new Redis(server.url);
    for (let call = 0; call < 3; call += 1) await hit();
    expect((await hit()).allowed).toBe(false);
    await redis.call('SCRIPT', 'FLUSH');
    await redis.flushall();
    await redis.quit();
    expect(await hit()).toMatchObject({ allowed: true, remaining: 2 });
    expect(reports).toEqual([]);
  });
});

it('starts without Redis within a second', async () => {
  const start = performance.now();
  const store = await connected('redis://127.0.0.1:1');
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(await new RateLimiter(store).hit('k', 1, MINUTE)).toMatchObject({ allowed: true, remaining: 0 });
  store.onApplicationShutdown();
});
