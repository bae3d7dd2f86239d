import type { KnownClient } from './known-client';

const REDIRECTS = [
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'https://www.cursor.com/agents/mcp/oauth/callback',
  'http://localhost:8787/callback',
];

/** One registration for the desktop, the web and the command line; a refusal of one URI is a refusal of all (erp-mafia/accounted#2225). */
export const cursor: KnownClient = {
  metadata: {
    client_name: 'Cursor',
    redirect_uris: REDIRECTS,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'web',
  },
  redirects: REDIRECTS,
  method: 'none',
  scope: 'openid profile mcp:use',
};

/** Newer desktops leave the type out (better-auth/better-auth#10956). */
export const cursorUntyped: KnownClient = {
  ...cursor,
  metadata: { ...cursor.metadata, application_type: undefined },
};
