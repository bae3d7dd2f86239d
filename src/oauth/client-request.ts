import type { FastifyRequest } from 'fastify';
import type { ClientsService, OAuthClient } from './clients.service';
import { formParameters, Parameters } from './form-body';
import { OAuthError } from './oauth-error';
import type { OwnBodyContent } from '../access';

/** Parameters that identify a client or stand for it: in a URL they end up in logs (RFC 9700 §4.3). */
const NEVER_IN_URL = ['client_secret', 'refresh_token', 'code', 'token'];

/** The form of a token or revocation request. Nothing in it is looked at before its shape is right (TOK-11). */
export function clientForm(request: FastifyRequest, body: OwnBodyContent): Parameters {
  if (body === 'too large') throw new OAuthError('invalid_request', 'The request is too long.');
  const query = request.query as Record<string, unknown>;
  if (NEVER_IN_URL.some((name) => query[name] !== undefined))
    throw new OAuthError('invalid_client', 'Credentials belong into the body, never into the URL.');
  return formParameters(request.sentContentType, body);
}

/** The client behind the form, by client_secret_post or as a public client; an Authorization header is a second method and refused (TOK-2). */
export function authenticatedClient(request: FastifyRequest, form: Parameters, clients: ClientsService): Promise<OAuthClient> {
  if (request.headers.authorization !== undefined)
    throw new OAuthError('invalid_client', 'Clients authenticate with client_id and client_secret in the body.');
  return clients.authenticate(request.access.realm, form['client_id'], form['client_secret']);
}
