import { Injectable, Logger } from '@nestjs/common';
import { createMcpHandler, ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import type { RequestAccess } from '../access';
import type { CallOrigin } from './call-runner';
import { whenAborted } from './hang-up';
import { OpenStreams } from './open-streams';
import { ServerFactory } from './server.factory';

/** What one request can hear of: nobody else publishes on it, so no event of another organization can reach it. */
class RequestBus implements ServerEventBus {
  private listener?: (event: ServerEvent) => void;

  publish(event: ServerEvent): void {
    this.listener?.(event);
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    this.listener = listener;
    return () => delete this.listener;
  }

  get listening(): boolean {
    return this.listener !== undefined;
  }
}

/** Clients of 2026-07-28: every request self-contained, `subscriptions/listen` instead of a GET stream. */
@Injectable()
export class ModernEra {
  private readonly logger = new Logger(ModernEra.name);

  constructor(
    private readonly servers: ServerFactory,
    private readonly streams: OpenStreams,
  ) {}

  async post(request: FastifyRequest, web: Request, body: unknown, access: RequestAccess, origin: CallOrigin): Promise<Response> {
    const bus = new RequestBus();
    const handler = createMcpHandler(() => this.servers.create(request, origin), {
      legacy: 'reject',
      bus,
      onerror: (error) => this.logger.debug(error.message),
    });
    const response = await handler.fetch(web, { parsedBody: body });
    if (bus.listening) {
      const close = (): void => void handler.close();
      whenAborted(web.signal, this.streams.add({ access, changed: () => bus.publish({ kind: 'tools_list_changed' }), close }));
    }
    return response;
  }
}
