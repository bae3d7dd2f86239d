export { MemoryRateLimitStore } from './memory.store';
export { RateLimitGuard } from './rate-limit.guard';
export { rateLimitHeaders } from './rate-limit.headers';
export { RateLimitModule } from './rate-limit.module';
export { RateLimiter } from './rate-limiter.service';
export { RedisRateLimitStore } from './redis.store';
