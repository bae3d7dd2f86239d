import { createHash } from 'node:crypto';
import type { Answer } from './ask';

/** What the audit trail has to say about a request that was answered. */
export interface Expected {
  readonly kinds: readonly string[];
  readonly what: string;
}

/** How one experiment went: everything that clients were told, and everything that should not have been. */
export class Ledger {
  readonly faults: string[] = [];
  readonly counts = new Map<string, number>();
  /** By the User-Agent of the request, which the audit trail keeps. */
  readonly expected = new Map<string, Expected>();
  /** SHA-256 of every refresh token and code that a client has received. */
  readonly refreshTokens = new Set<string>();
  readonly codes = new Set<string>();
  /** Ids of changes of scenarios that a client was told of. */
  readonly changes = new Set<string>();
  /** When somebody was last told to try again, on the clock of performance.now(). */
  lastAgain = -Infinity;
  private tags = 0;

  constructor(private readonly say: (line: string) => void = console.log) {}

  /** Names a request, so that its audit event can be found. */
  tag(): string {
    this.tags += 1;
    return `chaos/${this.tags}`;
  }

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }

  total(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  fault(what: string): void {
    this.faults.push(what);
    if (this.faults.length <= 20) this.say(`  BROKEN: ${what}`);
  }

  token(value: string): void {
    this.refreshTokens.add(digest(value));
  }

  change(id: string): void {
    this.changes.add(id);
  }

  code(value: string): void {
    this.codes.add(digest(value));
  }

  /**
   * Judges an answer by its form alone.
   *
   * @returns whether the client is to try again: no complete answer, or one that says so
   */
  judge(what: string, answer: Answer | undefined): boolean {
    if (!answer) {
      this.count('cut');
      return true;
    }
    this.count('answered');
    if (answer.status < 500) return false;
    this.lastAgain = performance.now();
    this.count(`answered ${answer.status}`);
    const problem = answer.status === 503 ? wrongWith(what, answer) : `said ${answer.status}`;
    if (problem !== undefined) this.fault(`${what} ${problem}: ${answer.body.slice(0, 300)}`);
    if (/\n\s*at |node_modules/.test(answer.body)) this.fault(`${what} showed a stack: ${answer.body.slice(0, 300)}`);
    return true;
  }
}

/** A 503 says when to try again, in the words of whoever was asked. */
function wrongWith(what: string, { headers, body }: Answer): string | undefined {
  if (!(Number(headers['retry-after']) > 0)) return 'said 503 without Retry-After';
  const words = /^\s*</.test(body) ? undefined : (JSON.parse(body) as { error?: unknown; jsonrpc?: unknown });
  const right =
    what === 'call' ? words?.jsonrpc === '2.0' && typeof words.error === 'object' : !words || words.error === 'temporarily_unavailable';
  return right ? undefined : 'said 503 in the wrong words';
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
