import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { MemoryRateLimitStore } from './memory.store';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimiter } from './rate-limiter.service';
import { RateLimitStore } from './rate-limit-store';
import { RedisRateLimitStore } from './redis.store';

/** Global, as config and database are: the guard stands on routes of several modules. */
@Global()
@Module({
  providers: [
    {
      provide: RateLimitStore,
      useFactory: ({ set }: Config) => (set.redisUrl ? new RedisRateLimitStore(set.redisUrl) : new MemoryRateLimitStore()),
      inject: [Config],
    },
    RateLimiter,
    RateLimitGuard,
  ],
  exports: [RateLimiter, RateLimitGuard],
})
export class RateLimitModule {}
