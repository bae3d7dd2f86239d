import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Config } from '../config';
import { Database, isUnavailable } from '../database';
import { OpenStreams } from '../mcp';

/** What operators watch: is it alive, may it get traffic, how does it do. */
@Injectable()
export class OperationsService implements BeforeApplicationShutdown {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'flowstate_http_request_duration_seconds',
    help: 'Time from the request to the end of the answer, by part of the surface and status.',
    labelNames: ['surface', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  private draining = false;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    streams: OpenStreams,
  ) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'flowstate_open_streams',
      help: 'Event streams that clients hold open in this process.',
      registers: [this.registry],
      collect: function () {
        this.set(streams.size);
      },
    });
  }

  beforeApplicationShutdown(): void {
    this.draining = true;
  }

  /** Times every answer of the product's own listener. */
  measure(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const labels = { surface: request.surface ?? 'web', method: request.method, status: String(reply.statusCode) };
      this.requests.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }

  /** On a port of its own /metrics is open; beside the product it needs OPS_TOKEN, and without one it is not there. */
  serve(fastify: FastifyInstance, ownPort: boolean): void {
    fastify.get('/health/live', (_, reply) => reply.send({ status: 'ok' }));
    fastify.get('/health/ready', async (_, reply) => {
      const reason = this.draining ? 'shutting down' : await this.databaseProblem();
      return reason === undefined ? reply.send({ status: 'ok' }) : reply.code(503).send({ status: 'unavailable', reason });
    });
    fastify.get('/metrics', async (request, reply) => {
      if (!ownPort && !this.mayRead(request)) return this.hidden(reply);
      return reply.type(this.registry.contentType).send(await this.registry.metrics());
    });
  }

  private async databaseProblem(): Promise<string | undefined> {
    try {
      await this.database.gate('select tenant_id from platform.gate($1, $2, $3)', ['', null, null]);
      return undefined;
    } catch (error) {
      return isUnavailable(error) ? 'database unreachable' : 'database refuses';
    }
  }

  private mayRead({ headers }: FastifyRequest): boolean {
    const given = Buffer.from(headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.config.set.opsToken}`);
    return this.config.set.opsToken !== '' && given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  private hidden(reply: FastifyReply): FastifyReply {
    return reply.code(404).send({ error: 'not_found', error_description: 'There is nothing at this address.' });
  }
}
