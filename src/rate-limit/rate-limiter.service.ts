import { Injectable } from '@nestjs/common';
import { MemoryRateLimitStore } from './memory.store';
import { RateLimitRequest, RateLimitState, RateLimitStore } from './rate-limit-store';

/** Milliseconds between two reports that requests are not counted. */
const REPORT_EVERY = 60_000;

type Observer = (reason: string) => void;

/**
 * Asks the store and fails open: where it cannot answer, the request is allowed and what is left is estimated by this
 * process alone, for the headers only.
 */
@Injectable()
export class RateLimiter {
  private readonly estimate = new MemoryRateLimitStore();
  private readonly observers = new Set<Observer>();
  private lastReport = -Infinity;

  constructor(private readonly store: RateLimitStore) {}

  /** Takes `cost` requests of the key's budget, all or none. */
  hit(key: string, limit: number, windowMs: number, cost = 1): Promise<RateLimitState> {
    return this.ask({ key, limit, windowMs, cost });
  }

  /** What is left, without taking any. */
  peek(key: string, limit: number, windowMs: number): Promise<RateLimitState> {
    return this.ask({ key, limit, windowMs, cost: 0 });
  }

  /** Hears, at most once a minute, that the store did not answer and requests pass uncounted. Returns the way to stop. */
  onFailOpen(observer: Observer): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  private async ask(request: RateLimitRequest): Promise<RateLimitState> {
    try {
      return await this.store.take(request);
    } catch (error) {
      this.report(error instanceof Error ? error.message : String(error));
      return { ...(await this.estimate.take(request)), allowed: true };
    }
  }

  private report(reason: string): void {
    const now = performance.now();
    if (now - this.lastReport < REPORT_EVERY) return;
    this.lastReport = now;
    for (const observer of this.observers) observer(reason);
  }
}
