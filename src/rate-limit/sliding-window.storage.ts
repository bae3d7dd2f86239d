import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RateLimiter } from './rate-limiter.service';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** The limiter in the form that the throttler's guard is built on. There is no block duration: the window slides. */
export class SlidingWindowStorage implements ThrottlerStorage {
  constructor(private readonly limiter: RateLimiter) {}

  async increment(key: string, windowMs: number, limit: number): Promise<ThrottlerRecord> {
    const state = await this.limiter.hit(key, limit, windowMs);
    const seconds = Math.ceil(state.resetMs / 1000);
    return { totalHits: limit - state.remaining, timeToExpire: seconds, isBlocked: !state.allowed, timeToBlockExpire: seconds };
  }
}
