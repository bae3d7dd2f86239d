import type { KnownClient } from './known-client';

/** Hosted: asks for a client secret and authenticates by the method that the reply names (anthropics/claude-ai-mcp#82, #1043). */
function claude(redirect: string): KnownClient {
  return {
    metadata: {
      client_name: 'Claude',
      redirect_uris: [redirect],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
    redirects: [redirect],
    method: 'client_secret_post',
    scope: 'openid profile mcp:use offline_access',
  };
}

export const claudeAi = claude('https://claude.ai/api/mcp/auth_callback');
export const claudeCom = claude('https://claude.com/api/mcp/auth_callback');
