/** What a caller has left. */
export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  /** Requests that are left now; never negative. */
  readonly remaining: number;
  /** Milliseconds until the next request would be allowed; 0 where it would be now. */
  readonly resetMs: number;
}

/** One question to a store. A key is always used with the same window. */
export interface RateLimitRequest {
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  /** Requests to take, all or none; 0 looks without taking. */
  readonly cost: number;
}

/**
 * Counts in a sliding window of 60 buckets. The bucket that the window's far end cuts through still counts in full, so
 * that no window, however placed, holds more than the limit; a request comes back at most one bucket late.
 * A refused request takes nothing.
 */
export abstract class RateLimitStore {
  abstract take(request: RateLimitRequest): Promise<RateLimitState>;
}

export const BUCKETS = 60;
