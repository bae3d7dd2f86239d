import type { RequestAccess } from '../access';
import { CONNECTION_SCOPES, SUPPORTED_SCOPES } from '../permissions';
import { endpointUrl } from './paths';

/** RFC 8414. The documented members and list beginnings come first; nothing is named before it works (META-7). */
export function authorizationServerMetadata(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: endpointUrl(issuer, 'authorize'),
    token_endpoint: endpointUrl(issuer, 'token'),
    registration_endpoint: endpointUrl(issuer, 'register'),
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    scopes_supported: SUPPORTED_SCOPES,
    response_modes_supported: ['query'],
    revocation_endpoint: endpointUrl(issuer, 'revoke'),
    revocation_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    jwks_uri: endpointUrl(issuer, 'jwks'),
    authorization_response_iss_parameter_supported: true,
    service_documentation: `${issuer}/`,
  };
}

/** RFC 9728. `resource` is exactly the mount asked for: clients compare it with the URL that their user typed. */
export function protectedResourceMetadata({ issuer, tenant }: RequestAccess, mount: string): object {
  return {
    resource: `${issuer}${mount}`,
    authorization_servers: [issuer],
    scopes_supported: CONNECTION_SCOPES,
    bearer_methods_supported: ['header'],
    resource_name: tenant === undefined ? 'Flowstate' : `Flowstate (${tenant.name})`,
    resource_documentation: `${issuer}/`,
  };
}
