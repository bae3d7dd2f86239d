import { createHash } from 'node:crypto';
import { type CallContext, ToolError } from '../access';

/** Raised when the meaning of a position changes, so that old cursors are refused instead of misread. */
const VERSION = 1;

/** What PostgreSQL's text cannot hold, so that a forged cursor is refused here and does not fail there. */
const NEVER_STORED = /\0|\p{Cs}/u;

/** Where the next page of a list begins: the day that the list is about, and the sort key of the last row shown. */
export interface Position {
  readonly day: string;
  readonly key: readonly string[];
}

/** One page, and where the next one begins. */
export interface Page<T> {
  readonly items: T[];
  readonly hasMore: boolean;
  readonly nextCursor?: string;
}

/** A cursor is good for one list of one organization with the same arguments; the limit may change on the way. */
export class Cursors {
  private readonly fingerprint: string;

  constructor(
    ctx: CallContext,
    list: string,
    query: object,
    private readonly keyLength: number,
  ) {
    const { cursor, limit, ...filters } = query as Record<string, unknown>;
    const asked = Object.entries(filters).filter(([, value]) => value !== undefined);
    asked.sort(([a], [b]) => (a < b ? -1 : 1));
    this.fingerprint = createHash('sha256')
      .update(JSON.stringify([ctx.orgId, list, asked]))
      .digest('base64url')
      .slice(0, 16);
  }

  write({ day, key }: Position): string {
    return Buffer.from(JSON.stringify([VERSION, this.fingerprint, day, ...key])).toString('base64url');
  }

  /** Refuses whatever `write` would not have written for this list. */
  read(cursor: string | undefined): Position | undefined {
    if (cursor === undefined) return undefined;
    const [day, ...key] = this.parts(cursor);
    const position = { day: day ?? '', key };
    const plausible = key.length === this.keyLength && isDay(position.day) && !key.some((part) => NEVER_STORED.test(part));
    if (!plausible || this.write(position) !== cursor) throw badCursor();
    return position;
  }

  private parts(cursor: string): string[] {
    try {
      const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
      if (Array.isArray(parts) && parts.slice(2).every((part) => typeof part === 'string')) return parts.slice(2) as string[];
    } catch {
      // Not JSON: the same answer as for any other foreign text.
    }
    throw badCursor();
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

export function badCursor(): ToolError {
  const problem = 'cursor is not one that this list gave for these arguments.';
  return new ToolError('VALIDATION', problem, {
    hint: 'Pass nextCursor unchanged together with the same arguments, or leave cursor out to start at the first page.',
    retryable: true,
    details: { fields: [{ field: 'cursor', problem }] },
  });
}

/** Cuts the one row too many that was read to know whether there is more. */
export function toPage<R, T>(rows: readonly R[], limit: number, show: (row: R) => T, cursorAfter: (row: R) => string): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit;
  return { items: shown.map(show), hasMore, ...(hasMore && last !== undefined && { nextCursor: cursorAfter(last) }) };
}
