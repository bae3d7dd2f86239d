import type { KnownClient } from './known-client';

/** Hosted, public. The shared callback is for servers that name their issuer in answers, the other belongs to one connector. */
function chatGpt(redirect: string, scope?: string): KnownClient {
  return {
    metadata: {
      client_name: 'ChatGPT',
      redirect_uris: [redirect],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    redirects: [redirect],
    method: 'none',
    scope,
  };
}

export const chatGptPlatform = chatGpt('https://chatgpt.com/connector_platform_oauth_redirect', 'openid profile mcp:use offline_access');
/** Some of its reconnections send no scope at all. */
export const chatGptConnector = chatGpt('https://chatgpt.com/connector/oauth/Xk3vTzq0LwAe');
