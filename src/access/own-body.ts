import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes that the route reads of a body of whatever type; absent where Fastify parses the body. */
    ownBodyLimit?: number;
  }
  interface FastifyRequest {
    /** The Content-Type as sent, on routes that read their own body. */
    sentContentType?: string;
  }
}

/** A body as bytes, or the news that it was too long. */
export type OwnBodyContent = Buffer | 'too large';

const OWN_TYPE = 'application/x-flowstate-own-body';

/**
 * For endpoints that answer in a form of their own (OAuth JSON, JSON-RPC) whatever is sent: the handler gets the bytes
 * and judges type, size and syntax itself, after the guards. Fastify would refuse an unknown type or broken JSON first.
 */
export function OwnBody(limit: number): MethodDecorator {
  return RouteConfig({ ownBodyLimit: limit });
}

export function installOwnBody(fastify: FastifyInstance): void {
  fastify.decorateRequest('sentContentType');
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.ownBodyLimit !== undefined) {
      request.sentContentType = request.headers['content-type'];
      request.headers['content-type'] = OWN_TYPE;
    }
    done();
  });
  fastify.addContentTypeParser(OWN_TYPE, (request: FastifyRequest, payload: Readable) =>
    readBody(payload, request.routeOptions.config.ownBodyLimit ?? 0),
  );
}

/**
 * Stops keeping at the limit but lets the rest run off, so that the client gets its answer instead of a reset
 * (leaving a `for await` early would destroy the connection under it). A body that never ends meets requestTimeout.
 * Who goes away midway has sent nothing: guards and audit trail still see the request, and no half of a body is acted on.
 */
function readBody(payload: Readable, limit: number): Promise<OwnBodyContent> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const cutOff = (): void => resolve(Buffer.alloc(0));
    if (payload.destroyed) return cutOff();
    payload.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else resolve('too large');
    });
    payload.once('end', () => resolve(Buffer.concat(chunks)));
    payload.once('error', cutOff).once('close', cutOff);
  });
}
