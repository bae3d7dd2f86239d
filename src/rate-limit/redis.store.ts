import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Redis, RedisOptions } from 'ioredis';
import { CircuitBreaker } from './circuit-breaker';
import { RateLimitRequest, RateLimitState, RateLimitStore } from './rate-limit-store';
import { SLIDING_WINDOW } from './sliding-window.lua';

/**
 * ioredis waits by default: commands queue while there is no connection, and a hung server is waited for without end.
 * A limiter must rather say at once that it does not know.
 */
const FAIL_FAST: RedisOptions = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 250,
  disconnectTimeout: 250,
  enableReadyCheck: false, // a hung server would be waited for; what is loading refuses the first command
  retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
};

/** Milliseconds that a request waits; with the lateness of timers it stays below the 25 that are promised. */
const DEADLINE = 23;

/** Milliseconds that start-up waits for a first connection; without one the first requests would not be counted. */
const PATIENCE = 500;

type Scripted = Redis & { slidingWindow(key: string, limit: number, windowMs: number, cost: number): Promise<[number, number, number]> };

/** The store that replicas share. Rejects within 25 ms, or at once while the breaker is open. */
export class RedisRateLimitStore extends RateLimitStore implements OnModuleInit, OnApplicationShutdown {
  private readonly redis: Scripted;
  private readonly breaker = new CircuitBreaker();

  constructor(url: string) {
    super();
    this.redis = new Redis(url, FAIL_FAST) as Scripted;
    this.redis.defineCommand('slidingWindow', { numberOfKeys: 1, lua: SLIDING_WINDOW });
    // Each failed command is reported where it is asked for; without a listener ioredis would print every attempt.
    this.redis.on('error', () => undefined);
  }

  async onModuleInit(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE)));
    await Promise.race([this.redis.connect().catch(() => undefined), enough]);
    clearTimeout(timer);
  }

  async take({ key, limit, windowMs, cost }: RateLimitRequest): Promise<RateLimitState> {
    // The braces keep a caller's keys on one node of a Redis cluster.
    const [allowed, used, resetMs] = await this.breaker.run(() =>
      withDeadline(this.redis.slidingWindow(`rl:{${key}}`, limit, windowMs, cost)),
    );
    return { allowed: allowed === 1, limit, remaining: Math.max(0, limit - used), resetMs };
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

/**
 * Not ioredis's commandTimeout: that also gives up on an answer which lies unread in the socket because this process
 * was busy. Timers run before sockets are read, so one turn of the event loop decides.
 */
function withDeadline<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => reject(new Error(`Redis did not answer within ${DEADLINE} ms.`))), DEADLINE);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
