import { ConsoleLogger, Logger, LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { GateService, installGates, installOwnBody, limitConnections, ProblemFilter, surfaceOf } from './access';
import { AppModule } from './app.module';
import { AuditService } from './audit';
import type { Config } from './config';
import type { Database } from './database';
import { installAuditHook } from './mcp';
import { OperationsService } from './operations';
import { RateLimiter, RateLimitGuard, rateLimitHeaders } from './rate-limit';
import { installScimAudit } from './scim';
import { MissingPageFilter } from './web';

const SECOND = 1_000;

/** The application, ready to listen. The order of the hooks is the order of the gates. */
export async function createApp(config: Config, open?: (config: Config) => Promise<Database>): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: 1024 * 1024,
    // With the interval at which it is looked at, no request takes longer than 30 seconds to arrive (IN-4).
    requestTimeout: 25 * SECOND,
    keepAliveTimeout: 75 * SECOND,
    http: { headersTimeout: 15 * SECOND, connectionsCheckingInterval: 5 * SECOND },
    rewriteUrl: ({ url = '/' }) => (isDecodable(url) ? url : url.replaceAll('%', '%25')),
    trustProxy: config.set.trustProxy.length > 0 ? [...config.set.trustProxy] : false,
    routerOptions: { ignoreTrailingSlash: true },
    genReqId: () => randomUUID(),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, open), adapter, {
    logger: new ConsoleLogger({ logLevels: levels(config.set.logLevel), json: config.production }),
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  limitConnections(fastify.server, config.set.trustProxy);
  closeAnswered(fastify);
  const operations = app.get(OperationsService);
  operations.measure(fastify);
  if (config.set.opsPort === 0) operations.serve(fastify, false);
  installOwnBody(fastify);
  installGates(fastify, app.get(GateService), config);
  rateLimitHeaders(fastify, app.get(RateLimitGuard), (url) => surfaceOf(url) !== undefined);
  installAuditHook(fastify, app.get(AuditService));
  installScimAudit(fastify, app.get(AuditService));
  app.useGlobalFilters(new ProblemFilter(), app.get(MissingPageFilter));
  app.enableShutdownHooks();
  const audit = app.get(AuditService);
  app.get(RateLimiter).onFailOpen((reason) => {
    new Logger('RateLimit').warn(`Redis does not answer (${reason}): requests are allowed uncounted until it does.`);
    void audit.record({ kind: 'rate_limit.open', outcome: 'failed', severity: 'medium' }).catch(() => undefined);
  });
  return app;
}

/** What is under way at a stop is answered, and its connection closed then: kept alive, it would hold the stop up for as long as clients may be silent. */
function closeAnswered(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', async () => {
    stopping = true;
  });
  fastify.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
}

/** Fastify answers a path that does not decode before any hook; spelled so that it does, it is refused like any other unknown path. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/** Nest announces every route as "log"; that is for those who debug. */
function levels(level: string): LogLevel[] {
  if (level === 'silent') return [];
  return level === 'debug' ? ['error', 'warn', 'log', 'debug'] : ['error', 'warn'];
}
