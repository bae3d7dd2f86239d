import type { FastifyRequest } from 'fastify';
import { Parameters, queryParameters } from './form-body';
import { OAuthError } from './oauth-error';
import { isChallenge } from './pkce';
import { matchesRedirect } from './redirect-uri';
import { RequestedScopes, requestedScopes } from './requested-scopes';
import { checkResource } from './resource';
import type { ClientsService, OAuthClient } from './clients.service';

/** An authorization request that passed every check (RFC 6749 §4.1.1, RFC 7636, RFC 8707). */
export interface AuthorizationRequest extends RequestedScopes {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly codeChallenge: string;
  readonly resource: string | undefined;
}

/** Where answers to a request may go, once client and redirect URI are known to belong together. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** An error that the client hears of by redirect; every error before that stays on a page of ours (AUTHZ-2). */
export class RedirectedError extends Error {
  constructor(
    readonly to: ReturnAddress,
    readonly error: OAuthError,
  ) {
    super(error.message);
  }
}

const MAX_STATE = 8_192;

/** Checks that end in a redirect with an error, in this order. */
const CHECKS: ReadonlyArray<(parameters: Parameters, issuer: string) => void> = [
  checkUnsupported,
  checkResponseType,
  checkPkce,
  (parameters, issuer) => checkResource(parameters['resource'], issuer),
];

export async function readAuthorizationRequest(
  query: FastifyRequest['query'],
  issuer: string,
  realm: string,
  clients: ClientsService,
): Promise<AuthorizationRequest & { prompt: string | undefined }> {
  const raw = query as Record<string, unknown>;
  const { client, redirectUri } = await trustedReturn(raw, realm, clients);
  const to = { redirectUri, state: typeof raw['state'] === 'string' && raw['state'].length <= MAX_STATE ? raw['state'] : undefined };
  try {
    const parameters = queryParameters(raw);
    if ((parameters['state']?.length ?? 0) > MAX_STATE) throw new OAuthError('invalid_request', 'The state is too long.');
    for (const check of CHECKS) check(parameters, issuer);
    const scopes = requestedScopes(parameters['scope']);
    return {
      ...scopes,
      ...to,
      client,
      codeChallenge: parameters['code_challenge']!,
      resource: parameters['resource'],
      prompt: parameters['prompt'],
    };
  } catch (error) {
    throw error instanceof OAuthError ? new RedirectedError(to, error) : error;
  }
}

/** Client and redirect URI, each sent once and registered together: before that nobody is redirected anywhere (AUTHZ-1). */
async function trustedReturn(
  raw: Record<string, unknown>,
  realm: string,
  clients: ClientsService,
): Promise<{ client: OAuthClient; redirectUri: string }> {
  const { client_id: id, redirect_uri: redirectUri } = raw;
  const client = typeof id === 'string' ? await clients.find(realm, id) : undefined;
  if (!client)
    throw new OAuthError(
      'invalid_request',
      'The app that sent you here is not registered with this address. Remove the connection in the app and add it again.',
    );
  const registered = typeof redirectUri === 'string' && client.redirectUris.some((known) => matchesRedirect(known, redirectUri));
  if (!registered)
    throw new OAuthError(
      'invalid_request',
      'The app asked to send you to an address that it did not register. For your safety, nothing was sent there.',
    );
  return { client, redirectUri };
}

/** Request objects are neither read nor fetched (AUTHZ-10). */
function checkUnsupported(parameters: Parameters): void {
  for (const name of ['request', 'request_uri', 'registration'] as const) {
    if (parameters[name] !== undefined) throw new OAuthError(`${name}_not_supported`, `The parameter ${name} is not supported.`);
  }
}

function checkResponseType(parameters: Parameters): void {
  if (parameters['response_type'] === undefined) throw new OAuthError('invalid_request', 'The parameter response_type is missing.');
  if (parameters['response_type'] !== 'code') throw new OAuthError('unsupported_response_type', 'Only response_type=code is offered.');
  const mode = parameters['response_mode'];
  if (mode !== undefined && mode !== 'query') throw new OAuthError('invalid_request', 'Only response_mode=query is offered.');
}

/** S256 or nothing: an absent method would mean `plain` (RFC 7636 §4.3). */
function checkPkce(parameters: Parameters): void {
  if (parameters['code_challenge_method'] !== 'S256')
    throw new OAuthError('invalid_request', 'PKCE with code_challenge_method=S256 is required.');
  if (!isChallenge(parameters['code_challenge'] ?? ''))
    throw new OAuthError('invalid_request', 'code_challenge has to be 43 base64url characters.');
}
