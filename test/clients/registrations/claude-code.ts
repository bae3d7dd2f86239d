import type { KnownClient } from './known-client';

/** Listens on a free port at each sign-in, with a registration that names the port of the first (elmohq/elmo#684, getsentry/sentry-mcp#1190). */
export const claudeCode: KnownClient = {
  metadata: {
    client_name: 'Claude Code (flowstate)',
    redirect_uris: ['http://localhost:3118/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  },
  redirects: ['http://localhost:3118/callback', 'http://localhost:56648/callback'],
  method: 'none',
  scope: 'openid profile mcp:use offline_access',
};
