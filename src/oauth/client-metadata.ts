import type { AuthMethod, NewClient } from './clients.service';
import { OAuthError } from './oauth-error';
import { judgeRedirect, RedirectPolicy } from './redirect-uri';

const MAX_REDIRECTS = 10;
const MAX_NAME = 100;
const NAMELESS = 'Unnamed MCP client';

/**
 * The client that a registration may have (RFC 7591 §2). Members that we do not know are ignored, never stored: a
 * client cannot register its own trust, scope, id or secret (DCR-7).
 */
export function readClientMetadata(metadata: Readonly<Record<string, unknown>>, policy: RedirectPolicy): NewClient {
  includes(metadata, 'grant_types', 'authorization_code');
  includes(metadata, 'response_types', 'code');
  return {
    name: clientName(metadata['client_name']),
    redirectUris: redirectUris(metadata['redirect_uris'], policy),
    authMethod: authMethod(metadata['token_endpoint_auth_method']),
  };
}

/**
 * Clients send lists with one entry per way they can be installed, so what may not be used here is left out; a
 * dangerous or malformed entry fails the whole registration (wire.md §3).
 */
function redirectUris(value: unknown, policy: RedirectPolicy): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_REDIRECTS)
    throw badRedirect(`redirect_uris is a list of 1 to ${MAX_REDIRECTS} URIs.`);
  const verdicts = value.map((uri: unknown) => judgeRedirect(uri, policy));
  if (verdicts.includes('invalid')) throw badRedirect('A redirect URI is malformed or of a kind that is never allowed.');
  const usable = (value as string[]).filter((_, at) => verdicts[at] === 'usable');
  if (usable.length === 0) throw badRedirect('None of the redirect URIs may be used here.');
  return [...new Set(usable)];
}

/** What a person will read on the consent page: no invisible or direction-changing characters, one line, 100 characters. */
function clientName(value: unknown): string {
  if (value === undefined) return NAMELESS;
  if (typeof value !== 'string') throw badMetadata('client_name is a text.');
  const visible = value.normalize('NFKC').replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim();
  return [...visible].slice(0, MAX_NAME).join('').trim() || NAMELESS;
}

/** Every method but `none` becomes the one we offer; the reply says so, and clients adapt (DCR-8). */
function authMethod(value: unknown): AuthMethod {
  if (value !== undefined && typeof value !== 'string') throw badMetadata('token_endpoint_auth_method is a text.');
  return value === 'none' ? 'none' : 'client_secret_post';
}

function includes(metadata: Readonly<Record<string, unknown>>, member: string, needed: string): void {
  const value = metadata[member];
  if (value === undefined) return;
  if (!Array.isArray(value) || !value.includes(needed))
    throw badMetadata(`${member} has to include ${needed}: nothing else is offered to registered clients.`);
}

function badRedirect(sentence: string): OAuthError {
  return new OAuthError('invalid_redirect_uri', sentence);
}

function badMetadata(sentence: string): OAuthError {
  return new OAuthError('invalid_client_metadata', sentence);
}
