import { Injectable } from '@nestjs/common';
import { JSONRPCMessage, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';
import type { FastifyRequest } from 'fastify';
import type { RequestAccess } from '../access';
import { McpSessions } from '../access';
import { PassThrough } from 'node:stream';
import { Answer, event, SSE_HEADERS } from './answer';
import type { CallOrigin } from './call-runner';
import { Exchange } from './exchange';
import type { OnHangUp } from './hang-up';
import { OpenStreams } from './open-streams';
import { ProtocolBodyError } from './protocol-body';
import { ServerFactory } from './server.factory';

const KEEP_ALIVE_MS = 15_000;

/** Clients of 2025-03-26 to 2025-11-25: handshake, sessions, GET stream. Each request still gets a server of its own. */
@Injectable()
export class LegacyEra {
  constructor(
    private readonly servers: ServerFactory,
    private readonly sessions: McpSessions,
    private readonly streams: OpenStreams,
  ) {}

  /** @param body one message or several, each of the form that JSON-RPC gives it */
  async post(request: FastifyRequest, body: unknown, onHangUp: OnHangUp, origin: CallOrigin): Promise<Answer> {
    const messages = [body].flat() as JSONRPCMessage[];
    const initialize = messages.some((message) => 'method' in message && message.method === 'initialize');
    if (initialize && messages.length > 1) throw new ProtocolBodyError(-32600, 'A handshake is sent by itself, not in a batch.');
    if (!initialize) assertVersion(request.headers['mcp-protocol-version']);
    const exchange = new Exchange({
      era: { era: 'legacy' },
      batch: Array.isArray(body),
      stream: !takesStream(request) ? 'never' : wantsProgress(body) ? 'asked' : 'spoken',
      sent: request.rpc ?? [],
    });
    const server = this.servers.create(request, origin);
    // This server lives for one request: a cancellation can only come in the batch of what it cancels, which would then never be answered.
    server.setNotificationHandler('notifications/cancelled', () => undefined);
    await server.connect(exchange);
    const answer = await exchange.run(messages, onHangUp);
    return initialize ? this.withSession(answer, origin) : answer;
  }

  /** Server-initiated messages of a 2025-era client; open until it hangs up or its access ends. */
  get(access: RequestAccess, onHangUp: OnHangUp): Answer {
    const stream = new PassThrough();
    const keepAlive = setInterval(() => stream.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
    const stop = (): void => {
      clearInterval(keepAlive);
      forget();
      stream.end();
    };
    const forget = this.streams.add({ access, changed: () => stream.write(LISTS_CHANGED), close: stop });
    stream.write(': open\n\n');
    onHangUp(stop);
    return { status: 200, headers: SSE_HEADERS, stream };
  }

  private async withSession(answer: Answer, origin: CallOrigin): Promise<Answer> {
    const [{ result }] = [answer.json ?? {}].flat() as [{ result?: { protocolVersion: string } }];
    if (!result) return answer;
    return { ...answer, headers: { 'mcp-session-id': await this.sessions.open(origin.caller, result.protocolVersion) } };
  }
}

const LISTS_CHANGED = Buffer.concat(
  ['tools', 'resources', 'prompts'].map((list) => event({ jsonrpc: '2.0', method: `notifications/${list}/list_changed` })),
);

function assertVersion(version: string | string[] | undefined): void {
  if (version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(String(version))) return;
  throw new ProtocolBodyError(
    -32000,
    `Bad Request: Unsupported protocol version (supported versions: ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')})`,
  );
}

function wantsProgress(body: unknown): boolean {
  const { method, params } = body as { method?: unknown; params?: { _meta?: { progressToken?: unknown } } };
  return method === 'tools/call' && params?._meta?.progressToken !== undefined;
}

function takesStream({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/event-stream') ?? false;
}
