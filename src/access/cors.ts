import type { FastifyReply } from 'fastify';
import type { Surface } from './surface';

const EXPOSED = 'WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, X-RateLimit-Limit, X-RateLimit-Remaining, Retry-After';
const ALLOWED_HEADERS =
  'Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, Last-Event-ID, X-Tenant';

/** Browser clients may call everything but the page a person signs in at. Credentials (cookies) are never allowed along. */
export function allowBrowser(reply: FastifyReply, surface: Surface, url: string, origin: string): void {
  if (surface === 'oauth' && /\/oauth\/authorize(?:[/?]|$)/.test(url)) return;
  void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED, vary: 'Origin' });
}

/** @returns false: the request has its answer and goes no further */
export function preflight(reply: FastifyReply): false {
  const headers = {
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': ALLOWED_HEADERS,
    'access-control-max-age': '600',
  };
  void reply.code(204).headers(headers).send();
  return false;
}
