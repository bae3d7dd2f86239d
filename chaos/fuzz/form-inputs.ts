import { Dice } from './dice';
import type { Facts } from './facts';
import { address, AnswerForm, head, Header, headerText, Input, withLength } from './input';
import { bytes, LENGTH, secret } from './template';
import { jsonText, oddJson, oddText } from './values';

type Field = readonly [name: string, value: string];

const FORM = 'application/x-www-form-urlencoded';
const REDIRECT = 'http://127.0.0.1:33418/callback';
const REDIRECTS = [
  REDIRECT,
  'https://claude.ai/api/mcp/auth_callback',
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'http://localhost/cb',
];

/** The OAuth endpoints and the pages, by people and programs with and without a session, a client, a token. */
export function formInput(dice: Dice, facts: Facts): Input {
  return dice.way([
    [22, () => authorizeOpened(dice, facts)],
    [16, () => authorizeStep(dice, facts)],
    [20, () => tokenRequest(dice, facts)],
    [12, () => registration(dice, facts)],
    [6, () => revocation(dice, facts)],
    [10, () => settings(dice, facts)],
    [5, () => signIn(dice, facts)],
    [6, () => discovery(dice, facts)],
    [4, () => page(dice, facts)],
  ]);
}

/** A client's request by query, or as a form. */
function authorizeOpened(dice: Dice, facts: Facts): Input {
  const fields = mutated(dice, [
    ['response_type', 'code'],
    ['client_id', dice.pick([secret('client'), secret('publicClient')])],
    ['redirect_uri', REDIRECT],
    ['code_challenge', secret('challenge')],
    ['code_challenge_method', 'S256'],
    ['state', 'a state'],
    ...optional(dice, 0.3, 'scope', ['mcp:use', 'openid profile mcp:use', 'people.read', 'people.read costs.read', 'nothing', '']),
    ...optional(dice, 0.2, 'resource', [`http://acme.${facts.host}/api/mcp`, `http://acme.${facts.host}/`, 'https://evil.example']),
    ...optional(dice, 0.1, 'prompt', ['none', 'login', 'consent', 'none login']),
    ...optional(dice, 0.05, 'response_mode', ['query', 'fragment', 'form_post']),
    ...optional(dice, 0.03, dice.pick(['request', 'request_uri', 'registration', 'nonce', 'claims']), ['x', 'https://evil.example/x']),
  ]);
  const path = dice.pick(['/api/mcp/oauth/authorize', '/oauth/authorize']);
  if (dice.chance(0.2)) return posted(dice, facts, 'authorize POST', path, 'page', fields, visitor(dice));
  return asked(dice, facts, 'authorize GET', `${path}?${encodedFields(dice, fields)}`, 'page', visitor(dice));
}

/** The forms of our own pages on the way: sign in, pick, approve, deny, switch. */
function authorizeStep(dice: Dice, facts: Facts): Input {
  const stranger = dice.chance(0.4);
  const fields = mutated(dice, [
    ['txn', secret(stranger ? 'strangerTxn' : 'txn')],
    ['token', secret(stranger ? 'strangerTxnToken' : 'txnToken')],
    ...optional(dice, 0.5, 'organization', [secret('organization'), 'org_x', '']),
    ...optional(dice, 0.5, 'decision', ['deny', 'pick', 'approve', 'switch', 'x']),
    ...optional(dice, 0.2, 'leave_out', ['people.read', 'costs.read', 'x']),
    ...(stranger && dice.chance(0.1)
      ? ([
          ['email', dice.pick(['nobody@acme.example', oddText(dice)])],
          ['password', 'a wrong password'],
        ] as Field[])
      : []),
  ]);
  const cookie = secret(stranger ? 'strangerCookie' : 'cookie');
  if (dice.chance(0.2)) return asked(dice, facts, 'consent GET', `/api/mcp/oauth/authorize?${encodedFields(dice, fields)}`, 'page', cookie);
  return posted(dice, facts, 'consent POST', '/api/mcp/oauth/authorize', 'page', fields, cookie);
}

function tokenRequest(dice: Dice, facts: Facts): Input {
  const grant: Field[] = dice.way<Field[]>([
    [
      5,
      () => [
        ['grant_type', 'authorization_code'],
        ['code', secret('code')],
        ['code_verifier', secret('verifier')],
        ['redirect_uri', REDIRECT],
      ],
    ],
    [
      5,
      () => [
        ['grant_type', 'refresh_token'],
        ['refresh_token', secret(dice.pick(['refresh', 'usedRefresh']))],
      ],
    ],
    [2, () => [['grant_type', dice.pick(['client_credentials', 'password', 'urn:ietf:params:oauth:grant-type:jwt-bearer', ''])]]],
  ]);
  const fields = mutated(dice, [...grant, ...clientFields(dice), ...optional(dice, 0.1, 'scope', ['mcp:use', 'people.read', 'admin'])]);
  const path = dice.chance(0.03) ? '/oauth/token?code=x' : dice.pick(['/api/mcp/oauth/token', '/oauth/token']);
  return posted(dice, facts, 'token', path, 'oauth', fields, dice.chance(0.1) ? secret('cookie') : undefined);
}

function revocation(dice: Dice, facts: Facts): Input {
  const token = dice.pick([secret('revoked'), secret('usedRefresh'), secret('foreign'), 'x', secret('code')]);
  const fields = mutated(dice, [
    ['token', token],
    ...optional(dice, 0.4, 'token_type_hint', ['access_token', 'refresh_token', 'x']),
    ...clientFields(dice),
  ]);
  return posted(dice, facts, 'revoke', dice.pick(['/api/mcp/oauth/revoke', '/oauth/revoke']), 'oauth', fields, undefined);
}

function clientFields(dice: Dice): Field[] {
  return dice.way<Field[]>([
    [
      10,
      () => [
        ['client_id', secret('client')],
        ['client_secret', secret('clientSecret')],
      ],
    ],
    [2, () => [['client_id', secret('publicClient')]]],
    [
      1,
      () => [
        ['client_id', secret('foreignClient')],
        ['client_secret', secret('clientSecret')],
      ],
    ],
    [1, () => []],
  ]);
}

/** Client metadata (RFC 7591), members right, odd, twice, unheard of. */
function registration(dice: Dice, facts: Facts): Input {
  const members: [string, () => string][] = [
    ['client_name', () => jsonText(dice, dice.chance(0.5) ? 'Fuzz client' : oddText(dice))],
    [
      'redirect_uris',
      () => `[${dice.several(1, 4, () => jsonText(dice, dice.chance(0.8) ? dice.pick(REDIRECTS) : oddUri(dice))).join(',')}]`,
    ],
    ['grant_types', () => '["authorization_code","refresh_token"]'],
    ['response_types', () => '["code"]'],
    [
      'token_endpoint_auth_method',
      () => jsonText(dice, dice.pick(['none', 'client_secret_post', 'client_secret_basic', 'private_key_jwt'])),
    ],
    ['scope', () => '"mcp:use"'],
    ['logo_uri', () => '"https://evil.example/x.svg"'],
    ['jwks', () => '{"keys":[]}'],
  ];
  const parts = members.flatMap(([name, value], at) =>
    at < 2 || dice.chance(0.4) ? [`"${name}":${dice.chance(0.88) ? value() : oddJson(dice, 1)}`] : [],
  );
  if (dice.chance(0.05)) parts.push(dice.pick(parts));
  if (dice.chance(0.05)) parts.push(`${jsonText(dice, oddText(dice))}:${oddJson(dice, 1)}`);
  const body = dice.chance(0.95) ? `{${parts.join(',')}}` : oddJson(dice);
  const type = dice.chance(0.95) ? 'application/json' : dice.pick(['text/plain', FORM, 'application/json; charset=latin1', '']);
  const headers: Header[] = [
    ['Host', dice.pick(['acme.', 'globex.', '']) + facts.host],
    ['Content-Type', type],
    ['X-Forwarded-For', address(dice)],
  ];
  const path = dice.pick(['/api/mcp/oauth/register', '/oauth/register']);
  return { kind: 'register', head: head('POST', path, withLength(headers)), body: bytes(body), owed: true, surface: true, form: 'oauth' };
}

function oddUri(dice: Dice): string {
  const odd = oddText(dice).slice(0, 300);
  return dice.pick([
    `https://${odd}/cb`,
    `https://a.example/${odd}`,
    `${odd}://cb`,
    `http://127.0.0.1:${odd}/cb`,
    odd,
    `https://a.example/cb#${odd}`,
    `https://x@${odd}`,
  ]);
}

/** Settings → API Keys of somebody signed in. The grant is one that nothing else of the run needs. */
function settings(dice: Dice, facts: Facts): Input {
  const cookie = dice.chance(0.85) ? secret('cookie') : visitor(dice);
  if (dice.chance(0.3))
    return asked(dice, facts, 'settings GET', `/settings/api-keys${dice.pick(['', '?revoked=1', '?revoked[]=1', '?x'])}`, 'page', cookie);
  const id = dice.chance(0.6) ? secret('grant') : encodeURIComponent(oddText(dice).slice(0, 200).toWellFormed()) || 'x';
  const fields = mutated(dice, [['token', secret('revokeToken')], ...optional(dice, 0.02, 'password', ['a wrong password'])]);
  return posted(dice, facts, 'settings POST', `/settings/api-keys/${id}/revoke`, 'page', fields, cookie);
}

/** Few: each that gets as far as the password costs the product 20 MiB and 50 ms, as it should. */
function signIn(dice: Dice, facts: Facts): Input {
  if (dice.chance(0.5))
    return asked(dice, facts, 'sign-in GET', dice.pick(['/sign-in', '/sign-in?return_to=//evil.example', '/']), 'page', visitor(dice));
  if (dice.chance(0.02))
    return posted(dice, facts, 'sign-out POST', '/sign-out', 'page', [['token', secret('signOutToken')]], secret('cookie'));
  const email = dice.chance(0.3) ? 'nobody@acme.example' : oddText(dice);
  const token = dice.chance(0.25) ? secret('signInToken') : oddText(dice);
  const fields = mutated(dice, [
    ['token', token],
    ['email', email],
    ['password', oddText(dice)],
  ]);
  return posted(dice, facts, 'sign-in POST', dice.pick(['/sign-in', '/sign-in/', '/sign-out']), 'page', fields, secret('strangerCookie'));
}

function discovery(dice: Dice, facts: Facts): Input {
  const document = dice.pick(['oauth-authorization-server', 'oauth-protected-resource', 'openid-configuration', 'jwks.json', 'x']);
  const mount = dice.pick([
    '',
    '/api/mcp',
    '/mcp',
    '/api/mcp/protocol',
    '/',
    `/${encodeURIComponent(oddText(dice).slice(0, 50).toWellFormed())}`,
  ]);
  const target = dice.chance(0.85) ? `/.well-known/${document}${mount}` : '/api/mcp/oauth/jwks';
  return asked(dice, facts, 'discovery', target, undefined, undefined, true);
}

function page(dice: Dice, facts: Facts): Input {
  const target = dice.pick([
    '/',
    '/assets/style.css',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/favicon.ico',
    '/settings',
    '/x',
    '/robots.txt',
  ]);
  return asked(dice, facts, 'page', target, undefined, visitor(dice), false);
}

function visitor(dice: Dice): string | undefined {
  return dice.way([
    [40, () => secret('cookie')],
    [25, () => secret('strangerCookie')],
    [20, () => undefined],
    [8, () => `flowstate=${headerText(oddText(dice))}`],
    [4, () => headerText(oddText(dice))],
    [3, () => `${secret('cookie')}; ${secret('cookie')}`],
  ]);
}

function asked(
  dice: Dice,
  facts: Facts,
  kind: string,
  target: string,
  form: AnswerForm | undefined,
  cookie?: string,
  surface?: boolean,
): Input {
  const headers = pageHeaders(dice, facts, cookie);
  const path = target.slice(0, 12_000);
  return { kind, head: head('GET', path, headers), body: '', owed: true, surface: surface ?? onSurface(path), ...(form && { form }) };
}

function posted(dice: Dice, facts: Facts, kind: string, path: string, form: AnswerForm, fields: readonly Field[], cookie?: string): Input {
  const type = dice.chance(0.96)
    ? FORM
    : dice.pick([
        'application/json',
        'text/plain',
        `${FORM}; charset=utf-16`,
        `${FORM}; charset=UTF-8`,
        'multipart/form-data; boundary=x',
        '',
        'x',
      ]);
  const headers: Header[] = [...pageHeaders(dice, facts, cookie), ['Content-Type', type], ['Content-Length', LENGTH]];
  const body = bytes(type === 'application/json' ? oddJson(dice) : encodedFields(dice, fields));
  return { kind, head: head('POST', path, headers), body, owed: true, surface: onSurface(path), form };
}

function pageHeaders(dice: Dice, facts: Facts, cookie: string | undefined): Header[] {
  const origin = `http://acme.${facts.host}`;
  return [
    ['Host', `acme.${facts.host}`],
    ['Accept', dice.pick(['text/html,application/xhtml+xml', '*/*', 'application/json'])],
    ...(cookie === undefined ? [] : [['Cookie', cookie] as const]),
    ...(dice.chance(0.3)
      ? [['Origin', dice.chance(0.9) ? origin : dice.pick(['null', 'https://evil.example', headerText(oddText(dice))])] as const]
      : []),
    ...(dice.chance(0.1) ? [['Sec-Fetch-Site', dice.pick(['same-origin', 'cross-site', 'none', 'x'])] as const] : []),
    ...(dice.chance(0.05) ? [['Authorization', dice.pick([`Bearer ${secret('bearer')}`, 'Basic eDp5'])] as const] : []),
    ...(dice.chance(0.1) ? [['User-Agent', headerText(oddText(dice))] as const] : []),
    ['X-Forwarded-For', dice.chance(0.97) ? address(dice) : headerText(oddText(dice))],
  ];
}

function onSurface(target: string): boolean {
  return /^\/(?:api\/mcp|oauth\/|\.well-known\/)/.test(target);
}

function optional(dice: Dice, probability: number, name: string, values: readonly string[]): Field[] {
  return dice.chance(probability) ? [[name, dice.pick(values)]] : [];
}

/** Left out, repeated, emptied, odd, added. */
function mutated(dice: Dice, fields: readonly Field[]): Field[] {
  if (dice.chance(0.35)) return [...fields];
  const changed = fields.flatMap(([name, value]): Field[] =>
    dice.way<Field[]>([
      [110, () => [[name, value]]],
      [3, () => []],
      [
        2,
        () => [
          [name, value],
          [name, dice.chance(0.5) ? value : oddText(dice)],
        ],
      ],
      [1, () => [[name, '']]],
      [5, () => [[name, dice.chance(0.5) ? oddText(dice) : value + oddText(dice)]]],
      [1, () => [[`${name}${dice.pick(['[]', '[a]', '\0', ' ', '.x'])}`, value]]],
    ]),
  );
  return dice.chance(0.1) ? [...changed, [oddText(dice).slice(0, 200), oddText(dice)]] : changed;
}

/** Percent-encoded, now and then wrongly. Marks are left for the secrets, which need no encoding. */
function encodedFields(dice: Dice, fields: readonly Field[]): string {
  const encode = (text: string): string => {
    if (/[\ue000-\ue0ff]/.test(text)) return text.replace(/[^\w.~\ue000-\ue0ff-]+/g, (part) => encodeURIComponent(part.toWellFormed()));
    return dice.chance(0.03) ? text.replace(/[\s#&]/g, '+') : encodeURIComponent(text.toWellFormed());
  };
  return fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}
