import { createHash } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import { ScopedBegin } from './scope';

/** Texts that are made for one use (an import's, say) must not fill the server's memory with plans. */
const MOST_STATEMENTS = 500;

const names = new Map<string, string>();

/** The same text has the same name in all processes, so that a pooler in front of PostgreSQL can share what is prepared. */
function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = createHash('sha256').update(sql).digest('base64url');
  names.set(sql, name);
  return name;
}

/**
 * TypeORM sends every statement without a name, so PostgreSQL would parse and plan it each time; planning a search takes
 * longer than running it. With a name it is prepared once per connection (docs/adr/0013).
 */
export class ServerClient extends Client {
  readonly begin = new ScopedBegin();

  constructor(config?: string | ClientConfig) {
    super(config);
    // From the pool to TypeORM's hands nobody listens for a moment, and an error that nobody hears ends the process.
    this.on('error', () => undefined);
  }

  // The one form in which TypeORM and pg-pool pass parameters; several statements at once have none.
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    const query = super.query.bind(this) as (...given: unknown[]) => never;
    if (typeof text !== 'string') return query(...args);
    const name = Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    return name === undefined ? query(this.begin.complete(text), values, ...rest) : query({ name, text, values }, ...rest);
  }
}
