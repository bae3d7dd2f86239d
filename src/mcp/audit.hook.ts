import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditEvent, AuditService } from '../audit';
import { auditBase, auditMessage, RpcMessage } from './rpc-exchange';

const logger = new Logger('Audit');

/**
 * One durable event for each request to the surface that no handler has recorded: refusals of the gates and guards,
 * malformed bodies, unknown paths, handshakes. A hook, because a refusing guard never reaches an interceptor; `onSend`,
 * because the event must be written before the answer leaves.
 */
export function installAuditHook(fastify: FastifyInstance, audit: AuditService): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!concerns(request, reply)) return payload;
    const messages: RpcMessage[] = request.rpc ?? [{ state: 'new' }];
    for (const message of messages.filter(({ state }) => state === 'new')) {
      message.state = 'recorded';
      await audit
        .record(eventFor(request, reply, message))
        .catch(() => logger.error(`No audit event for request ${request.id}: the audit trail cannot be written.`));
    }
    return payload;
  });
}

/** The protocol always; sign-in pages and metadata only where they were refused, since those record their own events. */
function concerns(request: FastifyRequest, reply: FastifyReply): boolean {
  if (request.surface === 'protocol') return request.method !== 'OPTIONS' || reply.statusCode >= 400;
  return request.surface !== undefined && request.refused !== undefined && request.audited !== true;
}

function eventFor(request: FastifyRequest, reply: FastifyReply, message: RpcMessage): AuditEvent {
  const status = reply.statusCode;
  const foreign = request.access?.tokenProblem === 'foreign';
  const code = request.refused ?? message.errorCode ?? (status >= 400 ? `http_${status}` : undefined);
  return {
    ...auditBase(request),
    ...auditMessage(message),
    kind: status === 401 ? 'auth.failure' : 'mcp.request',
    outcome: code === undefined ? 'ok' : status < 500 ? 'refused' : 'failed',
    severity: foreign ? 'high' : code === undefined ? 'info' : 'medium',
    ...(code !== undefined && { errorCode: foreign ? 'foreign_token' : code }),
    httpStatus: status,
    latencyMs: Math.round(reply.elapsedTime),
    details: { httpMethod: request.method },
  };
}
