import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { isUnavailable } from '../database';
import { allowBrowser, preflight } from './cors';
import type { GateService } from './gate.service';
import { parseHost } from './host';
import { bodyFor, NOT_FOUND, originRefusal, Refusal, tenantHeaderRefusal, tenantRefusal, UNAVAILABLE } from './refusal';
import { Surface, surfaceOf } from './surface';

declare module 'fastify' {
  interface FastifyRequest {
    /** Which part of the MCP surface the path belongs to; undefined for web pages. */
    surface?: Surface;
    /** Why the request was refused, for the audit trail. */
    refused?: string;
    /** Set by whoever has written an event of its own about the request, so that the audit hook does not write another. */
    audited?: boolean;
  }
}

const logger = new Logger('Gates');

const LOOPBACK_ORIGIN = /^https?:\/\/(?:[a-z0-9-]+\.)?(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Paths that answer on any host: probes do not know our names. */
const HEALTH = /^\/(?:health\/|metrics(?:\?|$))/;

/**
 * Resolves host, tenant and caller for every request and refuses closed doors, whether or not a route exists behind
 * them. A Fastify hook, not Nest middleware (path normalisation there has been a way around gates: CVE-2026-2293) and
 * not only a guard, because guards never see a path that no controller has.
 */
export function installGates(fastify: FastifyInstance, gates: GateService, config: Config): void {
  const mayCall = (origin: string): boolean =>
    config.set.allowedOrigins.includes(origin) || (config.loopback && LOOPBACK_ORIGIN.test(origin));
  fastify.decorateRequest('access');
  fastify.decorateRequest('surface');
  fastify.decorateRequest('refused');
  fastify.decorateRequest('audited');

  const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (config.scheme === 'https') reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains');
    if (HEALTH.test(request.url)) return true;
    // The router would take `GET http://host/api/mcp` for /api/mcp, past everything here that goes by the path (TEN-2).
    if (!request.url.startsWith('/')) return refuse(request, reply, NOT_FOUND);
    request.surface = surfaceOf(request.url);
    const host = parseHost(request.headers.host, config);
    if (host === undefined) return refuse(request, reply, NOT_FOUND);
    const access = await gates.read(host, credentialsOf(request)).catch(unavailable);
    if (access === undefined) return refuse(request, reply, NOT_FOUND);
    if ('status' in access) return refuse(request, reply, access);
    request.access = access;
    if (request.surface === undefined) return true;

    const { origin } = request.headers;
    const refusal =
      tenantRefusal(access) ??
      originRefusal(origin, access.issuer, mayCall) ??
      tenantHeaderRefusal(access, single(request.headers['x-tenant']));
    if (refusal) return refuse(request, reply, refusal);
    if (origin === undefined || origin === access.issuer) return true;
    allowBrowser(reply, request.surface, request.url, origin);
    return request.method !== 'OPTIONS' || preflight(reply);
  };
  // By callback: after a hook's promise Fastify goes on to the handler if the client has hung up, even where the hook answered.
  fastify.addHook('onRequest', (request, reply, done) => {
    admit(request, reply).then((admitted) => admitted && done(), done);
  });
}

/** A database that is away shuts the gates for the moment; anything else is a fault of ours and handled as one. */
function unavailable(error: unknown): Refusal {
  if (!isUnavailable(error)) throw error;
  logger.error(`The gates cannot be read: ${(error as { code?: string }).code ?? 'no connection'}`);
  return UNAVAILABLE;
}

/** @returns false: the request has its answer and goes no further */
function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): false {
  request.refused = refusal.code;
  void reply
    .code(refusal.status)
    .headers({ 'cache-control': 'no-store', ...refusal.headers })
    .send(bodyFor(request.surface, refusal));
  return false;
}

/** The token is taken from the Authorization header alone: never a query, a body, or one of two headers (AT-7). */
function credentialsOf(request: FastifyRequest): { bearer?: string; sessionId?: string } {
  const headers = request.raw.headersDistinct['authorization'] ?? [];
  const match = /^bearer (\S+)$/i.exec(headers[0] ?? '');
  const bearer = headers.length === 0 ? undefined : headers.length === 1 && match?.[1] !== undefined ? match[1] : '';
  const sessionId = single(request.headers['mcp-session-id']);
  return { ...(bearer !== undefined && { bearer }), ...(sessionId !== undefined && { sessionId }) };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
