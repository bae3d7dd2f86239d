/** Whoever asked for a turn and got none in time: the process is full, and trying again a little later is the right answer. */
export class NoTurnError extends Error {
  override readonly name = 'NoTurnError';
}

/** How many turns there are at once: in all, for one tenant, for one user of it. */
export type Shares = readonly [all: number, tenant: number, user: number];

/** A tenant and its user. */
export type Whose = readonly [tenantId: string, userId: string];

/**
 * Shares of a pool. One connection stays free for the statements of the gates and for cancelling; half of the pool is the
 * most that one tenant has, a quarter the most that one of its users has.
 */
export function sharesOf(pool: number): Shares {
  return [Math.max(pool - 1, 1), Math.ceil(pool / 2), Math.ceil(pool / 4)];
}

/** Somebody who waits: what they want a turn of, and what tells them that they have it. */
interface Waiting {
  readonly lines: readonly Line[];
  readonly go: () => void;
}

/** All, a tenant, or a user: the turns under way there, and who waits. */
class Line {
  running = 0;
  /** In the order in which they are served next. */
  readonly below = new Map<string, Line>();
  /** Of a user: first come, first served. */
  readonly waiting = new Set<Waiting>();

  constructor(private readonly shares: readonly number[]) {}

  get hasRoom(): boolean {
    return this.running < this.shares[0]!;
  }

  at(name: string): Line {
    const line = this.below.get(name) ?? new Line(this.shares.slice(1));
    this.below.set(name, line);
    return line;
  }

  /** Who goes next of those who may. The name whose turn it was stands last from then on. */
  next(): Waiting | undefined {
    if (!this.hasRoom) return undefined;
    const [first] = this.waiting;
    if (first !== undefined) {
      this.waiting.delete(first);
      return first;
    }
    for (const [name, line] of this.below) {
      const found = line.next();
      if (found === undefined) continue;
      this.below.delete(name);
      this.below.set(name, line);
      return found;
    }
    return undefined;
  }

  /** Names that nobody runs or waits under are not kept. */
  forget(name: string): void {
    const line = this.below.get(name);
    if (line && line.running + line.waiting.size + line.below.size === 0) this.below.delete(name);
  }
}

/**
 * Lets calls to the connections of a pool, which by itself serves whoever comes first: neither a tenant nor a user takes
 * all of them, and those who wait are served in turn, tenant by tenant and user by user (docs/adr/0035).
 */
export class Turns {
  private readonly all: Line;

  /** @param patience milliseconds that somebody waits at most */
  constructor(
    shares: Shares,
    private readonly patience: number,
  ) {
    this.all = new Line(shares);
  }

  /**
   * @param signal ends the waiting of who hangs up
   * @returns what gives the turn back
   * @throws NoTurnError
   */
  async take(whose: Whose, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const tenant = this.all.at(whose[0]);
    const lines = [this.all, tenant, tenant.at(whose[1])];
    // Nobody is left waiting who could go, so who finds room everywhere overtakes nobody who has a better right.
    if (lines.every(({ hasRoom }) => hasRoom)) enter(lines);
    else await this.wait(lines, whose, signal);
    return () => this.giveBack(lines, whose);
  }

  private wait(lines: readonly Line[], whose: Whose, signal?: AbortSignal): Promise<void> {
    const { waiting } = lines.at(-1)!;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
      };
      const leave = (): void => {
        stop();
        waiting.delete(waiter);
        this.forget(whose);
        reject(signal?.aborted ? (signal.reason as Error) : new NoTurnError(`No turn within ${this.patience} ms.`));
      };
      const waiter = { lines, go: () => (stop(), resolve()) };
      const timer = setTimeout(leave, this.patience);
      signal?.addEventListener('abort', leave);
      waiting.add(waiter);
    });
  }

  private giveBack(lines: readonly Line[], whose: Whose): void {
    for (const line of lines) line.running -= 1;
    this.forget(whose);
    const next = this.all.next();
    if (next === undefined) return;
    enter(next.lines);
    next.go();
  }

  private forget([tenantId, userId]: Whose): void {
    this.all.below.get(tenantId)?.forget(userId);
    this.all.forget(tenantId);
  }
}

function enter(lines: readonly Line[]): void {
  for (const line of lines) line.running += 1;
}
