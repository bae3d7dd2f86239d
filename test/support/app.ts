import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app';
import { Config } from '../../src/config';
import { TestDatabase, testDatabase } from './database';
import { freePort } from './free-port';
import { resolveLocalhostNames } from './localhost-names';

resolveLocalhostNames();

/** The whole product, listening, on a database of its own. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly db: TestDatabase;
  readonly port: number;
  /** `http://{slug}.localhost:PORT`, or the bare host. */
  origin(slug?: string): string;
  close(): Promise<void>;
}

export const TEST_SECRET = 'a secret of the tests, long enough';

/** Replicas on one database share their counts, as they must; test files do not: the bare host's hourly limits are everybody's. */
function redisUrl({ url }: TestDatabase): string {
  const redis = process.env['REDIS_URL'] ?? '';
  return redis && `${redis}?keyPrefix=${url === '' ? `embedded_${process.pid}` : new URL(url).pathname.slice(1)}:`;
}

/**
 * @param settings environment variables over the tests' defaults
 * @param extend what is added to the product before it listens
 */
export async function startApp(
  settings: Record<string, string> = {},
  db?: TestDatabase,
  extend?: (app: NestFastifyApplication) => Promise<unknown>,
): Promise<TestApp> {
  const database = db ?? (await testDatabase());
  const port = await freePort();
  const config = Config.from({
    PORT: String(port),
    APP_SECRET: TEST_SECRET,
    DATABASE_URL: database.url,
    REDIS_URL: redisUrl(database),
    DEMO_DATA: 'off',
    LOG_LEVEL: 'silent',
    // Test browsers each pretend to come from another address, so that they do not share one address's budget.
    TRUST_PROXY: '127.0.0.1',
    DATABASE_POOL: '5',
    ...settings,
  });
  const app = await createApp(config, (given) => database.open(given));
  await extend?.(app);
  await app.listen(port, 'localhost');
  return {
    app,
    config,
    db: database,
    port,
    origin: (slug) => config.origin(slug),
    close: async () => {
      await app.close();
      if (db === undefined) await database.drop();
    },
  };
}
