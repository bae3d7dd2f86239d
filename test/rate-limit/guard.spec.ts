import { Controller, Get, Post, Res, UseGuards } from '@nestjs/common';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyReply } from 'fastify';
import { Config, ConfigModule } from '../../src/config';
import { RateLimitGuard, rateLimitHeaders, RateLimitModule } from '../../src/rate-limit';
import { LimitedRequest } from '../../src/rate-limit/rate-limit.guard';

const BODY = '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Rate limit exceeded. Try again shortly."},"id":null}';

@Controller('api/mcp')
@UseGuards(RateLimitGuard)
class ProtocolController {
  @Post()
  call(): object {
    return {};
  }

  @Get()
  stream(@Res() reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: \n\n');
  }

  @Get('broken')
  broken(): never {
    throw new Error('boom');
  }
}

let app: NestFastifyApplication;

beforeEach(async () => {
  const config = Config.from({ RATE_LIMIT_PER_MINUTE: '100', APP_SECRET: 'x'.repeat(32) });
  const module = await Test.createTestingModule({
    imports: [ConfigModule.with(config), RateLimitModule],
    controllers: [ProtocolController],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ bodyLimit: 1_000 }), { logger: false });
  const instance = app.getHttpAdapter().getInstance();
  rateLimitHeaders(instance, app.get(RateLimitGuard), (url) => url.startsWith('/api/mcp'));
  instance.addHook('onRequest', async (request, reply) => {
    if (request.headers['x-refuse']) await reply.code(403).send({ error: 'mcp_disabled' });
    const { user: userId, tenant: id } = Object.fromEntries(new URLSearchParams(String(request.headers['x-caller'])));
    Object.assign(request, { access: { ...(id && { tenant: { id } }), ...(userId && { caller: { userId } }) } });
  });
  await app.init();
  await instance.ready();
});
afterEach(() => app.close());

function send(
  caller: string,
  more: { method?: 'GET' | 'POST'; url?: string; payload?: string; headers?: Record<string, string>; remoteAddress?: string } = {},
) {
  return app.inject({ method: 'POST', url: '/api/mcp', ...more, headers: { 'x-caller': caller, ...more.headers } });
}

const left = (response: { headers: Record<string, unknown> }) => [
  Number(response.headers['x-ratelimit-limit']),
  Number(response.headers['x-ratelimit-remaining']),
];

describe('the rate limit of the protocol routes', () => {
  it('RL-1 answers 100 requests and refuses the 101st with the documented body', async () => {
    for (let remaining = 99; remaining >= 0; remaining -= 1) expect(left(await send('user=usr_1'))).toEqual([100, remaining]);
    const refused = await send('user=usr_1');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['content-type']).toMatch(/^application\/json\b/);
    expect(refused.body).toBe(BODY);
    expect(left(refused)).toEqual([100, 0]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(59);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(61);
  });

  it('RL-2 HDR-1 tells the budget on every answer of the surface, and nowhere else', async () => {
    const answers = {
      404: await send('user=usr_1', { url: '/api/mcp/nothing' }),
      403: await send('', { headers: { 'x-refuse': '1' } }),
      413: await send('user=usr_1', { payload: JSON.stringify('x'.repeat(2_000)), headers: { 'content-type': 'application/json' } }),
      400: await send('user=usr_1', { payload: '{', headers: { 'content-type': 'application/json' } }),
      500: await send('user=usr_1', { url: '/api/mcp/broken', method: 'GET' }),
      200: await send('user=usr_1', { method: 'GET' }),
    };
    for (const [status, answer] of Object.entries(answers)) {
      expect(answer.statusCode).toBe(Number(status));
      expect(left(answer)).toEqual([100, expect.any(Number)]);
    }
    expect((await send('', { url: '/elsewhere' })).headers).not.toHaveProperty('x-ratelimit-limit');
  });

  it('RL-3 shares one budget among all requests of a user and none between users', async () => {
    await send('user=usr_1&tenant=tnt_1');
    expect(left(await send('user=usr_1&tenant=tnt_2'))).toEqual([100, 98]);
    expect(left(await send('user=usr_2&tenant=tnt_1'))).toEqual([100, 99]);
  });

  it('RL-8 counts by tenant and address before a user is known', async () => {
    await send('tenant=tnt_1', { remoteAddress: '192.0.2.1' });
    expect(left(await send('tenant=tnt_1', { remoteAddress: '192.0.2.1' }))).toEqual([100, 98]);
    expect(left(await send('tenant=tnt_1', { remoteAddress: '192.0.2.2' }))).toEqual([100, 99]);
    expect(left(await send('tenant=tnt_2', { remoteAddress: '192.0.2.1' }))).toEqual([100, 99]);
  });
});

describe('a batch', () => {
  it('counts each message and is refused whole', async () => {
    const guard = app.get(RateLimitGuard);
    const request = { access: { caller: { userId: 'usr_9' } } } as LimitedRequest;
    const headers = new Map<string, unknown>();
    const reply = { raw: { setHeader: (name: string, value: unknown) => headers.set(name, value) } } as unknown as FastifyReply;
    for (let batch = 0; batch < 9; batch += 1) await guard.consume(request, reply, 11);
    expect(headers.get('X-RateLimit-Remaining')).toBe(1);
    await expect(guard.consume(request, reply, 2)).rejects.toMatchObject({ status: 429 });
    await expect(guard.consume(request, reply, 1)).resolves.toBeUndefined();
  });
});
