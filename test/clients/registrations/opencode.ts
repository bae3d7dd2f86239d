import type { KnownClient } from './known-client';

/** A fixed loopback port and no application type (anomalyco/opencode, mcp/oauth-provider). */
export const openCode: KnownClient = {
  metadata: {
    redirect_uris: ['http://127.0.0.1:19876/mcp/oauth/callback'],
    client_name: 'OpenCode',
    client_uri: 'https://opencode.ai',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  redirects: ['http://127.0.0.1:19876/mcp/oauth/callback'],
  method: 'none',
  scope: 'openid profile mcp:use offline_access',
};
