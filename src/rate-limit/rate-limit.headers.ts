import type { FastifyInstance } from 'fastify';
import type { RateLimitGuard } from './rate-limit.guard';

/**
 * Puts X-RateLimit-Limit and X-RateLimit-Remaining on every response of the MCP surface that does not carry them yet:
 * refusals before the guard, unknown paths, errors.
 *
 * @param covers whether the request with this URL belongs to the surface
 */
export function rateLimitHeaders(instance: FastifyInstance, guard: RateLimitGuard, covers: (url: string) => boolean): void {
  instance.addHook('onSend', async (request, reply) => {
    if (covers(request.url)) await guard.announce(request, reply);
  });
}
