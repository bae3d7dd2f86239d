import { Injectable } from '@nestjs/common';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import type { RequestAccess } from '../access';
import { McpSessions } from '../access';
import type { CallOrigin } from './call-runner';
import { whenAborted } from './hang-up';
import { OpenStreams } from './open-streams';
import { noteRefusals, RpcMessage } from './rpc-exchange';
import { ServerFactory } from './server.factory';

/** Not sent to anyone; for the audit trail and the metrics. */
const CLIENT_CLOSED_REQUEST = 499;

const KEEP_ALIVE_MS = 15_000;
const SSE_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** Clients of 2025-03-26 to 2025-11-25: handshake, sessions, GET stream. Each request still gets a server of its own. */
@Injectable()
export class LegacyEra {
  constructor(
    private readonly servers: ServerFactory,
    private readonly sessions: McpSessions,
    private readonly streams: OpenStreams,
  ) {}

  async post(request: FastifyRequest, web: Request, body: unknown, origin: CallOrigin): Promise<Response> {
    const server = this.servers.create(request, origin);
    // This server lives for one request: a cancellation can only come in the batch of what it cancels, which would then never be answered.
    server.setNotificationHandler('notifications/cancelled', () => undefined);
    const streaming = wantsProgress(body);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: !streaming });
    await server.connect(transport);
    const sending = streaming ? firstMessage(transport, request.rpc ?? []) : Promise.resolve();
    const hungUp = new Promise<Response>((resolve) =>
      whenAborted(web.signal, () => {
        void server.close();
        resolve(new Response(null, { status: CLIENT_CLOSED_REQUEST }));
      }),
    );
    const response = await Promise.race([transport.handleRequest(web, { parsedBody: body }), hungUp]);
    if (response.headers.get('content-type') === SSE_HEADERS['content-type']) await Promise.race([sending, hungUp]);
    const [first] = request.rpc ?? [];
    return first?.method === 'initialize' && response.status === 200 ? this.withSession(response, origin) : response;
  }

  /** Server-initiated messages of a 2025-era client; open until it hangs up or its access ends. */
  get(access: RequestAccess, signal: AbortSignal): Response {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const write = (text: string): void => controller.enqueue(encoder.encode(text));
        const keepAlive = setInterval(() => write(': keep-alive\n\n'), KEEP_ALIVE_MS);
        const stop = (): void => {
          clearInterval(keepAlive);
          forget();
        };
        const forget = this.streams.add({
          access,
          changed: () => write(`event: message\ndata: ${LIST_CHANGED}\n\n`),
          close: () => {
            stop();
            controller.close();
          },
        });
        write(': open\n\n');
        whenAborted(signal, stop);
      },
    });
    return new Response(body, { headers: SSE_HEADERS });
  }

  private async withSession(response: Response, origin: CallOrigin): Promise<Response> {
    const text = await response.text();
    const { result } = JSON.parse(text) as { result?: { protocolVersion: string } };
    const headers = new Headers(response.headers);
    if (result) headers.set('mcp-session-id', await this.sessions.open(origin.caller, result.protocolVersion));
    return new Response(text, { status: response.status, headers });
  }
}

const LIST_CHANGED = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });

/** A stream's head waits for its first message: only then is it known what the audit trail has to say of the request. */
function firstMessage(transport: WebStandardStreamableHTTPServerTransport, rpc: readonly RpcMessage[]): Promise<void> {
  return new Promise((resolve) => {
    const send = transport.send.bind(transport);
    transport.send = (message, options) => {
      noteRefusals(rpc, message);
      resolve();
      return send(message, options);
    };
  });
}

/** Progress can only travel on a stream; everything but a tool call that asks for it is answered as one JSON document. */
function wantsProgress(body: unknown): boolean {
  const { method, params } = (body ?? {}) as { method?: unknown; params?: { _meta?: { progressToken?: unknown } } };
  return method === 'tools/call' && params?._meta?.progressToken !== undefined;
}
