import { REDIRECT } from '../../test/support/oauth-flow';
import { fresh } from './fresh';
import { formBody, formTarget, jsonTarget, POINT, Target } from './target';

const OAUTH = '/api/mcp/oauth';
const WRONG_PASSWORD = 'not the password';

/** The authorization server: registration, authorization and its forms, tokens, revocation, metadata. */
export function oauthTargets(clientId: string, challenge: string, resource: string): Target[] {
  const credentials = { client_id: fresh('client'), client_secret: fresh('clientSecret') };
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const more = { state: 'x', scope: 'mcp:use', resource, prompt: 'consent', response_mode: 'query' };
  const cookie = { Cookie: fresh('cookie') };
  const stranger = { Cookie: fresh('strangerCookie') };
  const metadata = {
    ...{
      client_name: `x${POINT}`,
      redirect_uris: [`${REDIRECT}${POINT}`],
      grant_types: [`authorization_code${POINT}`, 'authorization_code'],
    },
    ...{
      response_types: [`code${POINT}`, 'code'],
      token_endpoint_auth_method: `none${POINT}`,
      scope: `mcp:use${POINT}`,
      client_uri: `https://x.example/${POINT}`,
    },
  };
  const step = { txn: fresh('txn'), token: fresh('txnToken'), organization: fresh('organization') };
  return [
    { name: 'authorize, query', method: 'GET', path: `${OAUTH}/authorize?${formBody({ ...asked, ...more })}`, headers: cookie },
    {
      name: 'authorize, resumed',
      method: 'GET',
      path: `${OAUTH}/authorize?${formBody({ txn: fresh('txn'), organization: fresh('organization') })}`,
      headers: cookie,
    },
    formTarget('authorize, form', `${OAUTH}/authorize`, asked, cookie),
    formTarget(
      'authorize, sign-in',
      `${OAUTH}/authorize`,
      { txn: fresh('strangerTxn'), token: fresh('strangerTxnToken'), email: 'member@acme.example', password: WRONG_PASSWORD },
      stranger,
    ),
    formTarget('consent', `${OAUTH}/authorize`, { ...step, leave_out: 'people.read', decision: 'approve' }, cookie),
    formTarget('token, code', `${OAUTH}/token`, {
      grant_type: 'authorization_code',
      code: fresh('code'),
      code_verifier: fresh('verifier'),
      redirect_uri: REDIRECT,
      ...credentials,
    }),
    formTarget('token, refresh', `${OAUTH}/token`, {
      grant_type: 'refresh_token',
      refresh_token: fresh('refresh'),
      scope: 'mcp:use',
      resource,
      ...credentials,
    }),
    formTarget('revoke', `${OAUTH}/revoke`, { token: fresh('refresh'), token_type_hint: 'refresh_token', ...credentials }),
    jsonTarget('register', `${OAUTH}/register`, metadata),
    { name: 'metadata', method: 'GET', path: `/.well-known/oauth-protected-resource/api/mcp${POINT}?x=1${POINT}`, headers: {} },
  ];
}

/** The pages: sign-in, sign-out, the list of connections and the end of one. */
export function pageTargets(): Target[] {
  const cookie = { Cookie: fresh('cookie') };
  return [
    formTarget(
      'sign-in',
      '/sign-in',
      { token: fresh('signInToken'), email: 'member@acme.example', password: WRONG_PASSWORD },
      { Cookie: fresh('strangerCookie') },
    ),
    {
      name: 'sign-in, cookie',
      method: 'GET',
      path: '/sign-in',
      headers: { Cookie: `${fresh('strangerCookie')}${POINT}`, 'User-Agent': `x${POINT}` },
    },
    { name: 'settings', method: 'GET', path: `/settings/api-keys?revoked=1${POINT}`, headers: { Cookie: `${fresh('cookie')}${POINT}` } },
    formTarget(
      'end of a connection',
      `/settings/api-keys/${fresh('grant')}${POINT}/revoke`,
      { token: fresh('revokeToken'), password: WRONG_PASSWORD },
      cookie,
    ),
    formTarget('sign-out', '/sign-out', { token: fresh('signOutToken') }, cookie),
    { name: 'a page that is not there', method: 'GET', path: `/x${POINT}?a=1${POINT}`, headers: {} },
  ];
}
