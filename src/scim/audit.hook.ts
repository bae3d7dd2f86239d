import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditEvent, AuditService } from '../audit';
import { BASE } from './urns';

const logger = new Logger('Audit');

/** One durable event for each request of a directory, before its answer leaves: who, what, of whom, how it ended. Ids only. */
export function installScimAudit(fastify: FastifyInstance, audit: AuditService): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (request.url.startsWith(`${BASE}/`)) {
      await audit
        .record(eventFor(request, reply))
        .catch(() => logger.error(`No audit event for request ${request.id}: the audit trail cannot be written.`));
    }
    return payload;
  });
}

function eventFor(request: FastifyRequest, reply: FastifyReply): AuditEvent {
  const { scim, access } = request;
  const status = reply.statusCode;
  const id = (request.params as { id?: string } | null)?.id;
  const tenantId = scim?.tenantId ?? access?.tenant?.id;
  return {
    kind: status === 401 ? 'auth.failure' : 'scim.request',
    outcome: status < 400 ? 'ok' : status < 500 ? 'refused' : 'failed',
    severity: status < 400 ? 'info' : 'medium',
    ...(tenantId !== undefined && { tenantId }),
    ...(scim && { orgId: scim.orgId, clientId: scim.id, clientName: scim.name }),
    requestId: request.id,
    ...(status >= 400 && { errorCode: request.refused ?? `http_${status}` }),
    httpStatus: status,
    latencyMs: Math.round(reply.elapsedTime),
    ip: request.ip,
    ...(request.headers['user-agent'] !== undefined && { userAgent: request.headers['user-agent'] }),
    details: { httpMethod: request.method, resource: request.routeOptions.url ?? 'unknown', ...(isId(id) && { id }) },
  };
}

/** What is no id of ours may be anything, an address for example. */
const isId = (text: string | undefined): text is string => /^(?:emp|team)_[a-z2-7]{12}$/.test(text ?? '');
