import { All, Controller, Req, Res, UseGuards } from '@nestjs/common';
import { classifyInboundRequest, InboundClassificationOutcome } from '@modelcontextprotocol/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BearerGuard, Caller, McpSessions, mountOf, MOUNTS, OwnBody, OwnBodyContent, TenantGuard, TenantState } from '../access';
import { RateLimitGuard } from '../rate-limit';
import { Answer, rpcError } from './answer';
import type { CallOrigin } from './call-runner';
import { hangUpOf } from './hang-up';
import { LegacyEra } from './legacy-era';
import { ModernEra } from './modern-era';
import { MAX_BATCH, parseProtocolBody, ProtocolBodyError } from './protocol-body';
import { toJson } from './premade';
import { describeMessage, noteRefusals } from './rpc-exchange';
import { MODERN } from './server.factory';

const BODY_LIMIT = 1024 * 1024;

/** The protocol endpoint: picks the era, hands the request to it, sends what comes back. */
@Controller(MOUNTS.map(({ path }) => path))
@UseGuards(TenantGuard, RateLimitGuard, BearerGuard)
export class McpController {
  constructor(
    private readonly modern: ModernEra,
    private readonly legacy: LegacyEra,
    private readonly sessions: McpSessions,
    private readonly rateLimit: RateLimitGuard,
  ) {}

  @All()
  @OwnBody(BODY_LIMIT)
  async handle(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { status, headers, json, stream } = await this.answer(request, reply).catch((error: unknown) => {
      if (error instanceof ProtocolBodyError) return rpcError(error.status, error.code, error.message);
      throw error;
    });
    void reply.code(status).headers({ 'cache-control': 'no-store', ...headers });
    if (json === undefined) return reply.send(stream);
    await reply.type('application/json; charset=utf-8').send(toJson(noteRefusals(request.rpc ?? [], json)));
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const { method, headers, access } = request;
    const modern = headers['mcp-protocol-version'] === MODERN;
    if (method === 'POST') return this.post(request, reply);
    if ((method !== 'GET' && method !== 'DELETE') || modern)
      return rpcError(405, -32000, 'Method not allowed.', { allow: modern ? 'POST' : 'POST, GET, DELETE' });
    if (access.sessionVersion === null) return this.unknownSession(request);
    return method === 'GET' ? this.stream(request, reply) : this.endSession(request);
  }

  private async post(request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const { access, id: requestId } = request;
    const body = parseProtocolBody(request.sentContentType, request.body as OwnBodyContent);
    const messages = Array.isArray(body) ? (body as unknown[]) : [body];
    request.rpc = messages.length === 0 ? undefined : messages.slice(0, MAX_BATCH).map(describeMessage);
    // Whoever accepts anything, or does not say, is welcome to JSON.
    if (!/^$|\*\/\*|application\/json/.test(request.headers.accept ?? ''))
      return rpcError(406, -32000, 'Answers are JSON or a stream: accept application/json and text/event-stream.');
    const route = routeOf(request, body);
    const legacy = route.kind === 'legacy';
    if (legacy && access.sessionVersion === null) return this.unknownSession(request);
    if (Array.isArray(body)) await this.admitBatch(request, reply, messages.length);
    const origin: CallOrigin = {
      caller: access.caller as Caller,
      tenant: access.tenant as TenantState,
      requestId,
      issuer: access.issuer,
      narrowing: mountOf(request),
      era: legacy ? 'legacy' : 'modern',
    };
    const onHangUp = hangUpOf(reply);
    return legacy ? this.legacy.post(request, body, onHangUp, origin) : this.modern.post(request, body, onHangUp, origin, route);
  }

  /** JSON-RPC arrays exist in 2025-03-26 only; each message counts against the rate limit like a request of its own. */
  private async admitBatch(request: FastifyRequest, reply: FastifyReply, size: number): Promise<void> {
    const version = request.access.sessionVersion ?? request.headers['mcp-protocol-version'] ?? '2025-03-26';
    if (version !== '2025-03-26')
      throw new ProtocolBodyError(-32600, 'JSON-RPC batches ended with protocol version 2025-03-26: send one message per request.');
    if (size === 0 || size > MAX_BATCH) throw new ProtocolBodyError(-32600, `A batch holds 1 to ${MAX_BATCH} messages.`);
    await this.rateLimit.consume(request, reply, size - 1);
  }

  private stream(request: FastifyRequest, reply: FastifyReply): Answer {
    if (!/text\/event-stream|\*\/\*/.test(request.headers.accept ?? ''))
      return rpcError(406, -32000, 'A GET here opens a stream: accept text/event-stream.');
    return this.legacy.get(request.access, hangUpOf(reply));
  }

  private async endSession(request: FastifyRequest): Promise<Answer> {
    const id = request.headers['mcp-session-id'];
    if (typeof id !== 'string')
      return rpcError(400, -32000, 'DELETE ends the session named by the Mcp-Session-Id header, which is missing.');
    await this.sessions.end(request.access.caller as Caller, id);
    return { status: 204 };
  }

  /** 404 makes the client initialize again; the same answer for an ended, a foreign and a made-up session. */
  private unknownSession(request: FastifyRequest): Answer {
    request.refused = 'unknown_session';
    return rpcError(404, -32001, 'Session not found: initialize again.');
  }
}

/** The SDK's own rule tells the eras apart, and what is no message: by what the body claims, then by the headers. */
function routeOf({ headers }: FastifyRequest, body: unknown): InboundClassificationOutcome {
  const single = (name: string): string | undefined => headers[name] as string | undefined;
  return classifyInboundRequest({
    httpMethod: 'POST',
    protocolVersionHeader: single('mcp-protocol-version'),
    mcpMethodHeader: single('mcp-method'),
    mcpNameHeader: single('mcp-name'),
    body,
  });
}
