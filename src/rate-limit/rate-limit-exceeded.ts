import { HttpException, HttpStatus } from '@nestjs/common';
import type { RateLimitState } from './rate-limit-store';

/** 429 with the body that MCP clients are told to expect (docs/mcp-server.md, "Rate limit"). */
export class RateLimitExceeded extends HttpException {
  constructor(readonly state: RateLimitState) {
    super(
      { jsonrpc: '2.0', error: { code: -32000, message: 'Rate limit exceeded. Try again shortly.' }, id: null },
      HttpStatus.TOO_MANY_REQUESTS,
    );
  }
}

/** Whole seconds (RFC 9110 §10.2.3), at least one: a client that waits so long will be served. */
export function retryAfter(state: RateLimitState): number {
  return Math.max(1, Math.ceil(state.resetMs / 1000));
}
