import { createHash, randomBytes } from 'node:crypto';
import { Browser, fromElsewhere, LoadedPage } from './browser';
import type { TestUser } from './people';

/** The whole way of an MCP client by plain HTTP, from outside: register, sign in, pick, consent, redeem. */

export const REDIRECT = 'http://127.0.0.1:33418/callback';

export interface Client {
  readonly id: string;
  readonly secret?: string;
  readonly redirectUri: string;
}

export interface Tokens {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string;
}

export interface Connection extends Tokens {
  readonly client: Client;
  readonly browser: Browser;
}

export interface Wishes {
  readonly client?: Client;
  readonly browser?: Browser;
  readonly scope?: string;
  readonly resource?: string;
  readonly state?: string;
  /** Which organization to pick where there are several; default: the first offered. */
  readonly organization?: string;
  readonly leaveOut?: readonly string[];
  readonly decision?: 'approve' | 'deny';
  /** Further parameters of the authorization request, or other values of the usual ones. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export async function register(origin: string, metadata: Readonly<Record<string, unknown>> = {}): Promise<Client> {
  const response = await postJson(
    `${origin}/api/mcp/oauth/register`,
    { client_name: 'Test client', redirect_uris: [REDIRECT], ...metadata },
    fromElsewhere(),
  );
  if (response.status !== 201) throw new Error(`Registration answered ${response.status}: ${await response.text()}`);
  const reply = (await response.json()) as { client_id: string; client_secret?: string; redirect_uris: string[] };
  return { id: reply.client_id, secret: reply.client_secret, redirectUri: reply.redirect_uris[0]! };
}

/** PKCE verifier and its S256 challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function authorizeUrl(origin: string, client: Client, challenge: string, wishes: Wishes = {}): string {
  const parameters = {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: wishes.state ?? 'a state',
    ...(wishes.scope !== undefined && { scope: wishes.scope }),
    ...(wishes.resource !== undefined && { resource: wishes.resource }),
    ...wishes.parameters,
  };
  return `${origin}/api/mcp/oauth/authorize?${new URLSearchParams(parameters).toString()}`;
}

/** Fills in the sign-in form, if the page has one. */
export async function signIn(browser: Browser, page: LoadedPage, user: Pick<TestUser, 'email' | 'password'>): Promise<LoadedPage> {
  const asked = page.forms.some(({ fields }) => 'password' in fields);
  return asked ? browser.submit(page, { email: user.email, password: user.password }, 'password') : page;
}

/** Goes up to the consent page: signs in and picks, as far as asked. */
export async function toConsent(
  origin: string,
  user: Pick<TestUser, 'email' | 'password'>,
  client: Client,
  challenge: string,
  wishes: Wishes = {},
): Promise<{ browser: Browser; page: LoadedPage }> {
  const browser = wishes.browser ?? new Browser();
  const signedIn = await signIn(browser, await browser.get(authorizeUrl(origin, client, challenge, wishes)), user);
  const picking = /Choose an organization<\/h1>/.test(signedIn.html);
  const page = picking
    ? await browser.submit(signedIn, wishes.organization === undefined ? {} : { organization: wishes.organization })
    : signedIn;
  if (!page.html.includes('value="approve"'))
    throw new Error(`No consent page but status ${page.status} at ${page.url}: ${page.html.slice(0, 600)}`);
  return { browser, page };
}

/** The parameters of the redirect back to the client. */
export function redirected(page: LoadedPage): Readonly<Record<string, string>> {
  const location = page.headers.get('location');
  if (location === null) throw new Error(`No redirect but status ${page.status} at ${page.url}: ${page.html.slice(0, 600)}`);
  return Object.fromEntries(new URL(location).searchParams);
}

/** Approves (or denies) on the consent page and returns where the client was sent. */
export async function authorize(
  origin: string,
  user: Pick<TestUser, 'email' | 'password'>,
  client: Client,
  challenge: string,
  wishes: Wishes = {},
): Promise<{ browser: Browser; answer: Readonly<Record<string, string>> }> {
  const { browser, page } = await toConsent(origin, user, client, challenge, wishes);
  const decided = await browser.submit(page, {
    decision: wishes.decision ?? 'approve',
    ...(wishes.leaveOut && { leave_out: wishes.leaveOut }),
  });
  return { browser, answer: redirected(decided) };
}

/** Everything at once: a connected client with its tokens. */
export async function connect(origin: string, user: Pick<TestUser, 'email' | 'password'>, wishes: Wishes = {}): Promise<Connection> {
  const client = wishes.client ?? (await register(origin));
  const { verifier, challenge } = pkce();
  const { browser, answer } = await authorize(origin, user, client, challenge, wishes);
  if (answer['code'] === undefined) throw new Error(`No code but ${JSON.stringify(answer)}`);
  const response = await redeem(origin, client, answer['code'], verifier);
  if (response.status !== 200) throw new Error(`The token endpoint answered ${response.status}: ${await response.text()}`);
  return { ...((await response.json()) as Tokens), client, browser };
}

export function redeem(
  origin: string,
  client: Client,
  code: string,
  verifier: string,
  over: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return token(origin, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: client.redirectUri,
    ...credentials(client),
    ...over,
  });
}

export function refresh(
  origin: string,
  client: Client,
  refreshToken: string,
  over: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return token(origin, { grant_type: 'refresh_token', refresh_token: refreshToken, ...credentials(client), ...over });
}

export function token(origin: string, form: Readonly<Record<string, string>>): Promise<Response> {
  return postForm(`${origin}/api/mcp/oauth/token`, form);
}

export function revoke(origin: string, client: Client, value: string, over: Readonly<Record<string, string>> = {}): Promise<Response> {
  return postForm(`${origin}/api/mcp/oauth/revoke`, { token: value, ...credentials(client), ...over });
}

/** client_id, and client_secret where the client has one. */
export function credentials(client: Client): Record<string, string> {
  return { client_id: client.id, ...(client.secret !== undefined && { client_secret: client.secret }) };
}

export function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
}

export function postJson(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
}

/** What the resource server says to a token: 200 or a 401 challenge. Asks for the tool list of the 2025-06-18 era. */
export async function statusAt(origin: string, accessToken: string): Promise<number> {
  const headers = {
    authorization: `Bearer ${accessToken}`,
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-06-18',
  };
  const response = await postJson(`${origin}/api/mcp`, { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }, headers);
  await response.arrayBuffer();
  return response.status;
}

/** Header and claims of a JWT, unverified. */
export function decodeJwt(jwt: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const [header, claims] = jwt
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);
  return { header: header!, claims: claims! };
}
