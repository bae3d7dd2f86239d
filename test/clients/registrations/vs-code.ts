import type { KnownClient } from './known-client';

const REDIRECTS = ['https://insiders.vscode.dev/redirect', 'https://vscode.dev/redirect', 'http://127.0.0.1/', 'http://127.0.0.1:33418/'];

/** Native by its own word, with web redirects beside the loopback ones; 33418 is where it listens if the port is free (microsoft/vscode, base/common/oauth). */
export const vsCode: KnownClient = {
  metadata: {
    client_name: 'Visual Studio Code',
    client_uri: 'https://code.visualstudio.com',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: REDIRECTS,
    scope: 'openid profile mcp:use',
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  },
  redirects: [...REDIRECTS, 'http://127.0.0.1:51234/'],
  method: 'none',
  scope: 'openid profile mcp:use',
};
