import { createHash } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import { ScopedBegin } from './scope';

/** Texts that are made for one use (an import's, say) must not fill the server's memory with plans. */
const MOST_STATEMENTS = 500;

/** By world, as its transaction begins with it (scope.ts): text → name. */
const names = new Map<string, Map<string, string>>();

/**
 * The same text has the same name in all processes, so that a pooler in front of PostgreSQL can share what is prepared. In
 * another world it has another name: it reads other tables, and a connection that goes to and fro would plan it each time.
 */
function nameOf(world: string, sql: string): string | undefined {
  const ofWorld = names.get(world) ?? new Map<string, string>();
  const known = ofWorld.get(sql);
  if (known !== undefined || ofWorld.size >= MOST_STATEMENTS) return known;
  const name = createHash('sha256').update(`${world} ${sql}`).digest('base64url');
  names.set(world, ofWorld.set(sql, name));
  return name;
}

/** The first schema of the search path, where a statement sets it. */
const WORLD = /set_config\('search_path', '(\w+)/;

/**
 * TypeORM sends every statement without a name, so PostgreSQL would parse and plan it each time; planning a search takes
 * longer than running it. With a name it is prepared once per connection (docs/adr/0013).
 */
export class ServerClient extends Client {
  readonly begin = new ScopedBegin();
  private world = '';

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
    if (Array.isArray(values) && values.length > 0) {
      const name = nameOf(this.world, text);
      return query(name === undefined ? { text, values } : { name, text, values }, ...rest);
    }
    const whole = this.begin.complete(text);
    this.world = WORLD.exec(whole)?.[1] ?? this.world;
    return query(whole, values, ...rest);
  }
}
