import { startApp, TestApp } from '../support/app';
import { connect, postJson, Tokens } from '../support/oauth-flow';
import { createTenant, createUser } from '../support/people';
import { RedisServer } from './redis-server';

/** Tests of Redis run where there is one (REDIS_URL), on a server of their own that they may hurt. */
const withRedis = Boolean(process.env['REDIS_URL']);
const itWithRedis = withRedis ? it : it.skip;

/** The whole product while its Redis is away: a user must not notice. How fast is for `npm run bench:redis` to say. */
describe('tool calls while Redis is away', () => {
  let redis: RedisServer;
  let app: TestApp;
  let tokens: Tokens;
  let origin: string;

  beforeAll(async () => {
    if (!withRedis) return;
    redis = await RedisServer.start();
    app = await startApp({ REDIS_URL: redis.url });
    const tenant = await createTenant(app.db);
    origin = app.origin(tenant.slug);
    tokens = await connect(origin, await createUser(app.db, 'viewer', tenant.orgId));
  });
  afterAll(async () => {
    await app?.close();
    await redis?.stop();
  });

  const BODY = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get_organization_context', arguments: {} } };

  /** More calls than the limit allows, each of which must be answered, with both headers. */
  async function answered(calls: number): Promise<void> {
    for (let call = 0; call < calls; call += 1) {
      const response = await postJson(`${origin}/api/mcp`, BODY, { authorization: `Bearer ${tokens.access_token}` });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-ratelimit-limit')).toBe('100');
      expect(response.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
      await response.arrayBuffer();
    }
  }

  itWithRedis('RL-7 go on, hung or stopped, and the trail says so once', async () => {
    redis.freeze();
    await answered(60);
    redis.thaw();
    await redis.stop();
    await answered(60);
    await redis.restart();
    const events = await app.db.admin(`select kind from platform.audit_event where kind = 'rate_limit.open'`);
    expect(events).toHaveLength(1);
  });
});
