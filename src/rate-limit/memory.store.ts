import { BUCKETS, RateLimitRequest, RateLimitState, RateLimitStore } from './rate-limit-store';

/** Callers remembered at once, about 400 bytes each; the least recently used go first. */
const MAX_KEYS = 100_000;

/** The current bucket and the 60 before it. */
const SLOTS = BUCKETS + 1;

/** One caller's counts, a ring indexed by bucket number. */
class Window {
  private readonly counts = new Uint32Array(SLOTS);
  used = 0;

  constructor(
    private newest: number,
    private readonly widthMs: number,
  ) {}

  /** Milliseconds on the store's clock after which nothing of it counts any more. */
  get expiresAt(): number {
    return (this.newest + SLOTS) * this.widthMs;
  }

  moveTo(bucket: number): void {
    for (let passed = Math.max(this.newest + 1, bucket - BUCKETS); passed <= bucket; passed += 1) {
      this.used -= this.at(passed);
      this.counts[passed % SLOTS] = 0;
    }
    this.newest = Math.max(this.newest, bucket);
  }

  add(cost: number): void {
    this.counts[this.newest % SLOTS] = this.at(this.newest) + cost;
    this.used += cost;
  }

  /** Milliseconds until at least `wanted` counts have left. */
  waitFor(wanted: number, now: number): number {
    let freed = 0;
    for (let bucket = this.newest - BUCKETS; bucket <= this.newest; bucket += 1) {
      freed += this.at(bucket);
      if (freed >= wanted) return (bucket + SLOTS) * this.widthMs - now;
    }
    return this.expiresAt - now;
  }

  private at(bucket: number): number {
    return this.counts[(bucket + SLOTS) % SLOTS] ?? 0;
  }
}

/** The store of a single process. */
export class MemoryRateLimitStore extends RateLimitStore {
  /** In order of last use, the oldest first. */
  private readonly windows = new Map<string, Window>();

  /** @param clock milliseconds; monotonic, so that a corrected wall clock neither frees nor locks anybody */
  constructor(
    private readonly clock: () => number = () => performance.now(),
    private readonly maxKeys = MAX_KEYS,
  ) {
    super();
  }

  get size(): number {
    return this.windows.size;
  }

  take({ key, limit, windowMs, cost }: RateLimitRequest): Promise<RateLimitState> {
    const now = this.clock();
    const widthMs = windowMs / BUCKETS;
    const bucket = Math.floor(now / widthMs);
    const window = this.windows.get(key) ?? new Window(bucket, widthMs);
    window.moveTo(bucket);
    const allowed = window.used + Math.max(cost, 1) <= limit;
    if (allowed && cost > 0) {
      window.add(cost);
      this.remember(key, window, now);
    }
    const remaining = Math.max(0, limit - window.used);
    const missing = (allowed ? 1 : Math.max(cost, 1)) - remaining;
    return Promise.resolve({ allowed, limit, remaining, resetMs: missing > 0 ? window.waitFor(missing, now) : 0 });
  }

  private remember(key: string, window: Window, now: number): void {
    this.windows.delete(key);
    this.windows.set(key, window);
    for (const [oldest, { expiresAt }] of this.windows) {
      if (expiresAt > now && this.windows.size <= this.maxKeys) break;
      this.windows.delete(oldest);
    }
  }
}
