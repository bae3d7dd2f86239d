import { Dice } from './dice';
import type { Facts } from './facts';
import { address, head, Header, headerText, Input } from './input';
import { bytes, LENGTH, secret } from './template';
import { oddText } from './values';

const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'M-SEARCH',
  'QUERY',
  'get',
  'FZ',
  'PRI',
  '',
] as const;
const PATHS = [
  '/api/mcp',
  '/mcp',
  '/api/mcp/oauth/token',
  '/oauth/authorize',
  '/.well-known/oauth-authorization-server',
  '/settings/api-keys',
  '/',
  '/sign-in',
];
const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

/** HTTP itself: what a proxy, a scanner or a broken client might send. */
export function httpInput(dice: Dice, facts: Facts): Input {
  return dice.way([
    [30, () => oddTarget(dice, facts)],
    [25, () => oddHeaders(dice, facts)],
    [20, () => oddFraming(dice, facts)],
    [8, () => chunked(dice, facts)],
    [7, () => pipelined(dice, facts)],
    [10, () => oddStart(dice, facts)],
  ]);
}

/** Spellings of a path: encoded, doubled, dotted, absolute, endless. */
function oddTarget(dice: Dice, facts: Facts): Input {
  const path = dice.pick(PATHS);
  const sound = dice.chance(0.4);
  const target = sound ? sameTarget(dice, path) : otherTarget(dice, facts, path);
  const surface = sound && /^\/(?:api\/mcp|mcp|oauth|\.well-known)/.test(path);
  const method = dice.pick(['GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']);
  const headers = usual(dice, facts, method === 'POST' ? [['Content-Length', '0']] : []);
  // An empty target makes another request line of it; what the parser thinks of that is its own.
  return whole('http target', head(method, target, headers), '', surface, target !== '');
}

/** What the gates have to take for the path itself, or for something below it. */
function sameTarget(dice: Dice, path: string): string {
  return dice.pick([
    () => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    () => path.replace('/', dice.pick(['//', '///', '/\\'])),
    () => path.toUpperCase(),
    () => `${path}${dice.pick(['?a[b]=1&a=2', '?%', '?__proto__=1', '?x='.repeat(800), '?%00', '?state=%ff'])}`,
    () => `${path}/${encodeURIComponent(oddText(dice).slice(0, 500).toWellFormed())}`,
    () => `${path}/${'x'.repeat(dice.pick([101, 1_000, 8_000]))}`,
  ])();
}

function otherTarget(dice: Dice, { host }: Facts, path: string): string {
  return dice.pick([
    () => path.replaceAll('/', dice.pick(['%2f', '%252f', '%5c', ';/'])),
    () => `/x/..${path}`,
    () => path.replace(/\/(?=[^/]*$)/, dice.pick(['/./', '/%2e/', '/../', ';x/', '/%00', '/ '])),
    () => `${path}${dice.pick(['%', '%z', '%e0%a4', '%ff', '%c0%af', ';', '#x'])}`,
    () => `http://acme.${host}${path}`,
    () => dice.pick(['*', 'http://', 'x', '://', '\\api\\mcp', 'acme:80', '?', '', 'https://evil.example/api/mcp']),
    () => `${path}/${'x'.repeat(20_000)}`,
    () => `/${oddText(dice).replace(/\s/g, '')}`,
  ])();
}

function oddHeaders(dice: Dice, facts: Facts): Input {
  const odd = oddHeader(dice, facts);
  const headers = [...usual(dice, facts, []).filter(([name]) => name !== odd[0] || dice.chance(0.3)), odd];
  if (dice.chance(0.1)) headers.push(...Array.from({ length: dice.pick([50, 500, 2_500]) }, (_, at): Header => [`X-${at}`, '1']));
  const body = dice.chance(0.7) ? LIST : '';
  return whole('http header', head('POST', dice.pick(PATHS), [...headers, ['Content-Length', LENGTH]]), body, false, true);
}

const PLAIN_TARGETS = [
  'Cookie',
  'Origin',
  'Referer',
  'X-Tenant',
  'X-Request-Id',
  'Traceparent',
  'Mcp-Session-Id',
  'If-None-Match',
  'Range',
];
const FORWARDED = ['X-Forwarded-Host', 'X-Forwarded-Proto', 'Forwarded', 'X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override'];

function oddHeader(dice: Dice, { host }: Facts): Header {
  const text = headerText(oddText(dice));
  return dice.pick<() => Header>([
    () => ['Host', dice.pick(['', 'evil.example', '127.0.0.1', `acme.${host}.`, `ACME.${host}`, `x@acme.${host}`, '[::1]', text])],
    () => [dice.pick(FORWARDED), dice.pick(['globex.example', '/settings', 'https', text])],
    () => ['Content-Type', dice.pick(['', ';', '/', 'application/json; charset="', 'a/b'.repeat(500), 'application/__proto__', text])],
    () => ['Content-Encoding', dice.pick(['gzip', 'br', 'identity', 'deflate, gzip', 'x'])],
    () => ['Accept-Encoding', dice.pick(['gzip, br', '*;q=0', text])],
    () => ['Upgrade', dice.pick(['websocket', 'h2c', 'TLS/1.0', text])],
    () => ['Connection', dice.pick(['close', 'Upgrade', 'keep-alive, close', 'Authorization', text])],
    () => [dice.pick(PLAIN_TARGETS), text],
    () => [`X-${'a'.repeat(dice.pick([1, 200, 5_000]))}`, text],
    () => ['X-Big', 'x'.repeat(dice.pick([4_000, 15_000, 40_000]))],
  ])();
}

/** Lengths that contradict the body, each other or reason. The parser may wait for more, so no answer is owed. */
function oddFraming(dice: Dice, facts: Facts): Input {
  const framing = dice.pick<readonly Header[]>([
    [['Content-Length', '5']],
    [['Content-Length', '100000']],
    [['Content-Length', '-1']],
    [['Content-Length', '+46']],
    [['Content-Length', '0x2e']],
    [['Content-Length', '46, 46']],
    [['Content-Length', '99999999999999999999']],
    [
      ['Content-Length', LENGTH],
      ['Content-Length', '1'],
    ],
    [
      ['Content-Length', LENGTH],
      ['Transfer-Encoding', 'chunked'],
    ],
    [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', LENGTH],
    ],
    [['Transfer-Encoding', 'identity']],
    [['Transfer-Encoding', 'gzip, chunked']],
    [['Transfer-Encoding', 'chunked, identity']],
    [['Transfer-Encoding', ' chunked']],
    [['Transfer-Encoding\t', 'chunked']],
    [['Transfer-Encoding', 'xchunked']],
    [
      ['Content-Length', LENGTH],
      ['Expect', '100-continue'],
    ],
    [
      ['Content-Length', LENGTH],
      ['Expect', dice.pick(['200-ok', '', '100-continue, x'])],
    ],
    [],
  ]);
  const [path, type] = dice.pick([
    ['/api/mcp', 'application/json'],
    ['/api/mcp/oauth/token', 'application/x-www-form-urlencoded'],
    ['/sign-in', 'application/x-www-form-urlencoded'],
  ] as const);
  const headers = [...usual(dice, facts, [['Content-Type', type]]), ...framing];
  return whole('http framing', head(dice.pick(['POST', 'POST', 'GET', 'DELETE']), path, headers), LIST, false, false);
}

/** A chunked body: sizes right or wrong, extensions, trailers, an end or none. */
function chunked(dice: Dice, facts: Facts): Input {
  const sound = dice.chance(0.4);
  const at = dice.below(LIST.length);
  const size = (part: string): string =>
    sound || dice.chance(0.7)
      ? part.length.toString(16)
      : dice.pick(['-1', '0x5', 'zz', '', 'fffffffffffffffff', '5;x=y', '5 ', '00000005']);
  const parts = [LIST.slice(0, at), LIST.slice(at)].filter((part) => part !== '').map((part) => `${size(part)}\r\n${part}\r\n`);
  const end = sound
    ? '0\r\n\r\n'
    : dice.pick(['0\r\n\r\n', '0\r\nX-Trailer: 1\r\n\r\n', '0\r\nContent-Length: 5\r\n\r\n', '0\n\n', '', '0\r\n']);
  const headers = usual(dice, facts, [
    ['Content-Type', 'application/json'],
    ['Transfer-Encoding', sound ? 'chunked' : dice.pick(['chunked', 'Chunked', 'CHUNKED '])],
  ]);
  const input = whole('http chunked', head('POST', '/api/mcp', headers), parts.join('') + end, sound, sound);
  return { ...input, ...(sound && { form: 'protocol' }), ...(dice.chance(0.3) && { cuts: [dice.next()] }) };
}

/** Several requests in one write; what they are answered with is read until nothing more comes. */
function pipelined(dice: Dice, facts: Facts): Input {
  const one = (): string => {
    const list = dice.chance(0.5);
    const headers = usual(dice, facts, [
      ['Content-Type', 'application/json'],
      ['Content-Length', String(list ? LIST.length : 0)],
    ]);
    return head('POST', dice.pick(['/api/mcp', '/mcp', '/api/mcp/oauth/token', '/sign-in']), headers) + (list ? LIST : '');
  };
  return whole('http pipeline', '', dice.several(2, 5, one).join(dice.chance(0.9) ? '' : '\r\n'), false, false);
}

/** Request lines that are none, other versions, other line ends, other protocols. */
function oddStart(dice: Dice, facts: Facts): Input {
  const headers = usual(dice, facts, []);
  const text = dice.pick([
    () =>
      head(
        dice.pick(METHODS),
        dice.pick(PATHS),
        headers,
        dice.pick(['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.2', 'http/1.1', 'HTTP/1.1 ', 'ICY/1.0', '']),
      ),
    () => head(dice.pick(METHODS), dice.pick(PATHS), headers),
    () => head('GET', dice.pick(PATHS), headers).replaceAll('\r\n', dice.pick(['\n', '\r', '\r\r\n', '\n\r'])),
    () => head('GET', dice.pick(PATHS), headers).replace(/: /g, dice.pick([':', ' : ', ':\t', ' ', ':\r\n '])),
    () => bytes(`${oddText(dice)}\r\n\r\n`),
    () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    () => '\r\n\r\n\r\n',
    () => String.fromCharCode(...dice.several(1, 200, () => dice.below(256))),
  ])();
  return whole('http start', text, '', false, false);
}

function whole(kind: string, start: string, body: string, surface: boolean, owed: boolean): Input {
  return { kind, head: start, body, surface, owed };
}

function usual(dice: Dice, { host }: Facts, more: readonly Header[]): Header[] {
  return [
    ['Host', dice.chance(0.9) ? `acme.${host}` : host],
    ['Accept', 'application/json, text/event-stream'],
    ...(dice.chance(0.6) ? [['Authorization', `Bearer ${secret('bearer')}`] as const] : []),
    ...more,
    ['X-Forwarded-For', address(dice)],
  ];
}
