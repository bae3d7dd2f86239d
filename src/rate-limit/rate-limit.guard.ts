import { Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerRequest } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config';
import { RateLimitExceeded, retryAfter } from './rate-limit-exceeded';
import type { RateLimitState } from './rate-limit-store';
import { RateLimiter } from './rate-limiter.service';
import { SlidingWindowStorage } from './sliding-window.storage';

const MINUTE = 60_000;

/** What the limiter reads of a request; src/access fills `access`. */
export type LimitedRequest = FastifyRequest & {
  readonly access?: { readonly tenant?: { readonly id: string }; readonly caller?: { readonly userId: string } };
};

/**
 * One budget per user, whatever the client, route or replica; before a user is known, one per tenant and address.
 * The stock guard counts each handler apart, says nothing of the budget on a 429, and answers it in a form of its own.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly limit: number;

  // Named explicitly: Nest would otherwise inject by the decorators of the base class's constructor.
  constructor(
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(Config) config: Config,
    @Inject(Reflector) reflector: Reflector,
  ) {
    super([{ ttl: MINUTE, limit: config.set.rateLimitPerMinute }], new SlidingWindowStorage(limiter), reflector);
    this.limit = config.set.rateLimitPerMinute;
  }

  /** Charges `messages` requests; throws {@link RateLimitExceeded} where they do not all fit, and then takes none. */
  async consume(request: LimitedRequest, reply: FastifyReply, messages: number): Promise<void> {
    const state = await this.limiter.hit(await this.getTracker(request), this.limit, MINUTE, messages);
    writeHeaders(reply, state);
    if (state.allowed) return;
    reply.raw.setHeader('Retry-After', retryAfter(state));
    throw new RateLimitExceeded(state);
  }

  /** Puts the budget on a response that was made before this guard was asked. */
  async announce(request: LimitedRequest, reply: FastifyReply): Promise<void> {
    if (reply.raw.hasHeader('X-RateLimit-Limit')) return;
    writeHeaders(reply, await this.limiter.peek(await this.getTracker(request), this.limit, MINUTE));
  }

  protected override async getTracker(request: LimitedRequest): Promise<string> {
    const user = request.access?.caller?.userId;
    if (user !== undefined) return `user:${user}`;
    return `address:${request.access?.tenant?.id ?? 'bare'}:${await super.getTracker(request)}`;
  }

  protected override async handleRequest({ context }: ThrottlerRequest): Promise<boolean> {
    const http = context.switchToHttp();
    await this.consume(http.getRequest<LimitedRequest>(), http.getResponse<FastifyReply>(), 1);
    return true;
  }
}

/** On the raw response, so that an answer which Fastify does not write itself (a stream) carries them too. */
function writeHeaders(reply: FastifyReply, state: RateLimitState): void {
  reply.raw.setHeader('X-RateLimit-Limit', state.limit);
  reply.raw.setHeader('X-RateLimit-Remaining', state.remaining);
}
