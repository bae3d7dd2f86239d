import { Injectable, Logger } from '@nestjs/common';
import { createMcpHandler, isJsonContentType, ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import type { Answer } from './answer';
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

/** Each reaches the clients that asked for its kind. */
const LISTS_CHANGED = ['tools_list_changed', 'resources_list_changed', 'prompts_list_changed'] as const;

/** Clients of 2026-07-28: every request self-contained, `subscriptions/listen` instead of a GET stream. */
@Injectable()
export class ModernEra {
  private readonly logger = new Logger(ModernEra.name);

  constructor(
    private readonly servers: ServerFactory,
    private readonly streams: OpenStreams,
  ) {}

  async post(request: FastifyRequest, body: unknown, signal: AbortSignal, origin: CallOrigin): Promise<Answer> {
    const bus = new RequestBus();
    const handler = createMcpHandler(() => this.servers.create(request, origin), {
      legacy: 'reject',
      bus,
      onerror: (error) => this.logger.debug(error.message),
    });
    const response = await handler.fetch(webRequest(request, signal), { parsedBody: body });
    if (bus.listening) {
      const close = (): void => void handler.close();
      const changed = (): void => LISTS_CHANGED.forEach((kind) => bus.publish({ kind }));
      whenAborted(signal, this.streams.add({ access: request.access, changed, close }));
    }
    return answerOf(response);
  }
}

/** The request as the SDK wants it. Authorization stays behind: no tool can see or pass on the token (AT-12). */
function webRequest(request: FastifyRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && name !== 'authorization' && name !== 'cookie') headers.set(name, value);
  }
  headers.set('content-type', 'application/json');
  return new Request(`${request.access.issuer}${request.url}`, { method: 'POST', headers, signal });
}

async function answerOf(response: Response): Promise<Answer> {
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  if (isJsonContentType(headers['content-type'])) return { status, headers, json: await response.json() };
  return { status, headers, ...(response.body && { stream: response.body }) };
}
