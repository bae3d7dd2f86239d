import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config';
import { RateLimiter } from '../rate-limit';
import { ScimConnections, type ScimConnection } from './connections.service';
import { ScimError } from './scim-error';

declare module 'fastify' {
  interface FastifyRequest {
    scim?: ScimConnection;
  }
}

const MINUTE = 60_000;
/** Requests without a usable token of one address in a minute. */
const UNKNOWN = 60;

/** The connection of the request, by its bearer token alone, within its budget. */
@Injectable()
export class ScimGuard implements CanActivate {
  constructor(
    private readonly connections: ScimConnections,
    private readonly limiter: RateLimiter,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { tenant, bare } = request.access;
    // A connection belongs to one tenant, whose host names it.
    if (bare || tenant === undefined) throw new ScimError(404, 'There is nothing at this address.');
    const token = bearerOf(request);
    const connection = token === undefined ? undefined : await this.connections.find(tenant.id, token);
    if (connection === undefined) {
      await this.spend(reply, `scim-unknown:${tenant.id}:${request.ip}`, UNKNOWN);
      throw new ScimError(401, 'A token of this organization is needed. An administrator can make one.', undefined, {
        'www-authenticate': 'Bearer',
      });
    }
    request.scim = connection;
    await this.spend(reply, `scim:${connection.id}`, this.config.set.scimRateLimitPerMinute);
    return true;
  }

  private async spend(reply: FastifyReply, key: string, limit: number): Promise<void> {
    const { allowed, remaining, resetMs } = await this.limiter.hit(key, limit, MINUTE);
    reply.header('x-ratelimit-limit', limit).header('x-ratelimit-remaining', remaining);
    if (allowed) return;
    throw new ScimError(429, 'Too many requests. Try again later.', undefined, {
      'retry-after': String(Math.max(1, Math.ceil(resetMs / 1_000))),
    });
  }
}

/** Exactly one Authorization header, as everywhere. */
function bearerOf(request: FastifyRequest): string | undefined {
  const headers = request.raw.headersDistinct['authorization'] ?? [];
  return headers.length === 1 ? /^bearer (\S+)$/i.exec(headers[0] as string)?.[1] : undefined;
}
