import * as fc from 'fast-check';
import { MemoryRateLimitStore } from '../../src/rate-limit';

const WINDOW = 60_000;

/** The plain truth: every request that was let through, with its time. */
class SlidingLog {
  private readonly times: number[] = [];

  within(now: number, span: number): number {
    return this.times.filter((time) => time > now - span).length;
  }

  add(now: number, cost: number): void {
    this.times.push(...Array.from({ length: cost }, () => now));
  }
}

const trace = fc.array(
  fc.record({
    pause: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 90_000 })),
    cost: fc.integer({ min: 0, max: 6 }),
  }),
  {
    maxLength: 400,
  },
);

describe('the sliding window', () => {
  it('RL-5 never lets more than the limit through in any 60 seconds, and holds nobody back a bucket too long', async () => {
    await fc.assert(
      fc.asyncProperty(trace, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 100_000 }), async (steps, limit, start) => {
        let now = start;
        const store = new MemoryRateLimitStore(() => now);
        const log = new SlidingLog();
        for (const { pause, cost } of steps) {
          now += pause;
          const state = await store.take({ key: 'k', limit, windowMs: WINDOW, cost });
          const taken = Math.max(cost, 1);
          if (state.allowed) expect(log.within(now, WINDOW) + taken).toBeLessThanOrEqual(limit);
          else expect(log.within(now, WINDOW + 1_000) + taken).toBeGreaterThan(limit);
          if (state.allowed) log.add(now, cost);
          expect(state.remaining).toBeGreaterThanOrEqual(0);
          expect(state.remaining).toBeLessThanOrEqual(limit - log.within(now, WINDOW));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('RL-5 lets at most a hundred through in any 60 seconds of ten minutes, however the load is placed', async () => {
    const paces: [string, (at: number) => number][] = [
      ['without a pause', () => 37],
      ['in bursts at the end of a minute', (at) => (at % 220 === 0 ? 58_500 : 1)],
      ['in bursts over the edge of a second', (at) => (at % 110 === 0 ? 59_999 : 0)],
      ['a little above the limit', () => 550],
    ];
    for (const [pace, pause] of paces) {
      let now = 0;
      const store = new MemoryRateLimitStore(() => now);
      const passed: number[] = [];
      for (let at = 1; now < 600_000; at += 1) {
        now += pause(at);
        if ((await store.take({ key: 'k', limit: 100, windowMs: WINDOW, cost: 1 })).allowed) passed.push(now);
      }
      const most = Math.max(...passed.map((end, index) => index + 1 - passed.findIndex((time) => time > end - WINDOW)));
      expect([pace, most <= 100, passed.length > 500]).toEqual([pace, true, true]);
    }
  });

  it('says exactly when the next request would be allowed', async () => {
    await fc.assert(
      fc.asyncProperty(trace, fc.integer({ min: 6, max: 12 }), async (steps, limit) => {
        let now = 0;
        const store = new MemoryRateLimitStore(() => now);
        const ask = (cost: number) => store.take({ key: 'k', limit, windowMs: WINDOW, cost });
        for (const { pause, cost } of steps) {
          now += pause;
          const { allowed, resetMs } = await ask(cost);
          if (allowed) continue;
          const refusedAt = now;
          now = refusedAt + resetMs - 1;
          expect((await ask(cost)).allowed).toBe(false);
          now = refusedAt + resetMs;
          expect((await ask(cost)).allowed).toBe(true);
        }
      }),
    );
  });

  it('RL-6 is whole again between 60 and 61 seconds after a burst, and a refused request costs nothing', async () => {
    let now = 500;
    const store = new MemoryRateLimitStore(() => now);
    const ask = (cost = 1) => store.take({ key: 'k', limit: 100, windowMs: WINDOW, cost });
    for (let left = 99; left >= 0; left -= 1) expect(await ask()).toMatchObject({ allowed: true, remaining: left });
    for (now = 501; now <= 60_500; now += 1_000) expect(await ask()).toMatchObject({ allowed: false, remaining: 0 });
    now = 61_000;
    expect(await ask(0)).toMatchObject({ allowed: true, remaining: 100, resetMs: 0 });
  });

  it('takes a batch whole or not at all', async () => {
    const store = new MemoryRateLimitStore(() => 0);
    const ask = (cost: number) => store.take({ key: 'k', limit: 10, windowMs: WINDOW, cost });
    expect(await ask(8)).toMatchObject({ allowed: true, remaining: 2 });
    expect(await ask(3)).toMatchObject({ allowed: false, remaining: 2 });
    expect(await ask(2)).toMatchObject({ allowed: true, remaining: 0 });
  });

  it('forgets callers that are idle and, when there are too many, those that are idle longest', async () => {
    let now = 0;
    const store = new MemoryRateLimitStore(() => now, 50);
    const ask = (key: string, cost = 1) => store.take({ key, limit: 3, windowMs: WINDOW, cost });
    for (let caller = 0; caller < 500; caller += 1) await ask(`c${caller}`);
    expect(store.size).toBe(50);
    await ask('looked at only', 0);
    expect(store.size).toBe(50);
    now = 122_000;
    await ask('late');
    expect(store.size).toBe(1);
  });
});
