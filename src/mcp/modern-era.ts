import { Injectable, Logger } from '@nestjs/common';
import {
  createMcpHandler,
  InboundClassificationOutcome,
  InboundModernRoute,
  isJsonContentType,
  ServerEvent,
  ServerEventBus,
} from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer';
import type { CallOrigin } from './call-runner';
import { Exchange } from './exchange';
import type { OnHangUp } from './hang-up';
import { OpenStreams } from './open-streams';
import { MODERN, ServerFactory } from './server.factory';

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

  async post(
    request: FastifyRequest,
    body: unknown,
    onHangUp: OnHangUp,
    origin: CallOrigin,
    route: InboundClassificationOutcome,
  ): Promise<Answer> {
    return isPlain(route, request.headers) ? this.answer(request, route, onHangUp, origin) : this.judge(request, body, onHangUp, origin);
  }

  private async answer(request: FastifyRequest, route: InboundModernRoute, onHangUp: OnHangUp, origin: CallOrigin): Promise<Answer> {
    const exchange = new Exchange({ era: route.classification, batch: false, stream: 'spoken', sent: request.rpc ?? [] });
    await this.servers.create(request, origin).connect(exchange);
    return exchange.run([route.message], onHangUp);
  }

  /** The SDK's own handler, for what it may have to refuse and in its words; and for streams of changes. */
  private async judge(request: FastifyRequest, body: unknown, onHangUp: OnHangUp, origin: CallOrigin): Promise<Answer> {
    const bus = new RequestBus();
    const handler = createMcpHandler(() => this.servers.create(request, origin), {
      legacy: 'reject',
      bus,
      onerror: (error) => this.logger.debug(error.message),
    });
    const controller = new AbortController();
    onHangUp(() => controller.abort());
    const response = await handler.fetch(webRequest(request, controller.signal), { parsedBody: body });
    if (bus.listening) {
      const close = (): void => void handler.close();
      const changed = (): void => LISTS_CHANGED.forEach((kind) => bus.publish({ kind }));
      onHangUp(this.streams.add({ access: request.access, changed, close }));
    }
    return answerOf(response);
  }
}

/** A request that says the same in its headers and its body, and wants an answer, not a stream: nothing is left to refuse. */
function isPlain(route: InboundClassificationOutcome, headers: IncomingHttpHeaders): route is InboundModernRoute {
  if (route.kind !== 'modern' || route.messageKind !== 'request') return false;
  const { method, params } = route.message;
  return (
    method !== 'subscriptions/listen' &&
    route.classification.revision === MODERN &&
    headers['mcp-protocol-version'] === MODERN &&
    headers['mcp-method'] === method &&
    headers['mcp-name'] === (params?.['name'] ?? params?.['uri'])
  );
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
  if (isJsonContentType(headers['content-type'])) return { status, headers, json: (await response.json()) as object };
  return { status, headers, ...(response.body && { stream: response.body }) };
}
