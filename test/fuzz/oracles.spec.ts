import type { Answer } from '../../chaos/fuzz/answer';
import type { Exchange } from '../../chaos/fuzz/connection';
import type { Facts } from '../../chaos/fuzz/facts';
import { inputAt } from '../../chaos/fuzz/grammar';
import type { Input } from '../../chaos/fuzz/input';
import { growth } from '../../chaos/fuzz/memory';
import { problemOf } from '../../chaos/fuzz/oracles';
import { reduced } from '../../chaos/fuzz/reduce';

const FACTS: Facts = {
  host: 'localhost:1',
  tools: [{ name: 'find', inputSchema: { type: 'object', properties: { query: { type: 'string' } } } }],
  prompts: ['review'],
  resources: ['org://context'],
  ownIds: ['emp_aaaaaaaaaaaa'],
  foreignIds: ['emp_bbbbbbbbbbbb'],
  cursors: ['x'],
};
const CANARIES = { own: new Set(FACTS.ownIds), foreign: new Set(FACTS.foreignIds) };
const INPUT: Input = { kind: 'x', head: 'POST /api/mcp HTTP/1.1\r\n\r\n', body: '', owed: true, surface: true, form: 'protocol', id: 1 };
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  date: 'x',
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '9',
  'cache-control': 'no-store',
};

function answered(status: number, body: string, headers: Record<string, string | undefined> = {}): Exchange {
  const all = Object.entries({ ...HEADERS, ...headers }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const answer: Answer = { status, body: Buffer.from(body), headers: all, complete: true };
  return { answers: [answer], end: 'answered' };
}

const result = (data: object): string => JSON.stringify({ jsonrpc: '2.0', id: 1, result: data });
const refusal = (code: string): object => ({ isError: true, content: [{ type: 'text', text: JSON.stringify({ code }) }] });
const error = (code: number): string => JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code, message: 'x' } });

describe('the fuzz, whose oracles are worth nothing unless they can fail', () => {
  const judged = (exchange: Exchange, over: Partial<Input> = {}): string | undefined =>
    problemOf({ ...INPUT, ...over }, exchange, CANARIES, Buffer.from(''));

  it('is content with answers in their form', () => {
    expect(judged(answered(200, result({})))).toBeUndefined();
    expect(judged(answered(200, result(refusal('VALIDATION'))))).toBeUndefined();
    expect(judged(answered(400, error(-32600)))).toBeUndefined();
    expect(judged(answered(202, '', { 'content-type': undefined }))).toBeUndefined();
    expect(judged(answered(401, '{"error":"invalid_token","error_description":"x"}'))).toBeUndefined();
    expect(judged(answered(400, '{"error":"invalid_grant","error_description":"x"}'), { form: 'oauth' })).toBeUndefined();
  });

  const bad: [what: string, exchange: Exchange, over?: Partial<Input>][] = [
    ['a 500', answered(500, error(-32603))],
    ['a 503', answered(503, '{}')],
    ['no answer', { answers: [], end: 'late' }],
    ['a connection that is cut', { answers: [], end: 'closed' }],
    ['something that is no HTTP', { answers: [], end: 'malformed' }],
    ['a stack', answered(200, result({ text: 'Error: x\n    at run (/srv/app/dist/main.js:1:2)' }))],
    [
      'what PostgreSQL says',
      answered(400, '{"error":"invalid_request","error_description":"invalid input syntax for type date"}'),
      { form: 'oauth' },
    ],
    ['SQL', answered(200, result({ text: 'select * from platform.app_user' }))],
    ['no rate-limit headers', answered(200, result({}), { 'x-ratelimit-limit': undefined })],
    ['a header from a value', answered(200, result({}), { 'x-fz-injected': '1' })],
    ['another tenant’s row', answered(200, result({ id: 'emp_bbbbbbbbbbbb' }))],
    ['our row, for another tenant', answered(200, result({ id: 'emp_aaaaaaaaaaaa' })), { foreign: true }],
    ['an internal error of JSON-RPC', answered(200, error(-32603))],
    ['an internal error of a tool', answered(200, result(refusal('INTERNAL')))],
    ['another id', answered(200, result({}).replace('"id":1', '"id":2'))],
    ['neither result nor error', answered(200, '{"jsonrpc":"2.0","id":1}')],
    ['an event that is no JSON-RPC', answered(200, 'data: {}\n\n', { 'content-type': 'text/event-stream' })],
    ['an unheard-of OAuth error', answered(400, '{"error":"oops","error_description":"x"}'), { form: 'oauth' }],
    ['a token that may be cached', answered(200, '{"access_token":"x"}', { 'cache-control': undefined }), { form: 'oauth' }],
    ['a page without its policy', answered(200, '<p>x', { 'content-type': 'text/html' }), { form: 'page' }],
    [
      'markup in a page',
      answered(200, '<p><fz1>', { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'" }),
      { form: 'page' },
    ],
  ];
  it.each(bad)('complains of %s', (...[, exchange, over]) => {
    expect(judged(exchange, over)).toBeDefined();
  });

  it('makes the same input from the same seed and index, and others from others', () => {
    const some = (seed: number): string[] => Array.from({ length: 300 }, (_, index) => JSON.stringify(inputAt(seed, index, FACTS)));
    expect(some(7)).toEqual(some(7));
    expect(new Set([...some(7), ...some(8)]).size).toBeGreaterThan(550);
  });

  it('reduces what fails to the part that fails', async () => {
    const input = { ...INPUT, head: 'POST / HTTP/1.1\r\nA: 1\r\nBad: 2\r\nC: 3\r\n\r\n', body: 'much text, one ! and more' };
    const least = await reduced(input, ({ head, body }) => Promise.resolve(head.includes('Bad') && body.includes('!')));
    expect([least.input.head, least.input.body, least.again]).toEqual(['POST / HTTP/1.1\r\nBad: 2\r\n\r\n', '!', true]);
  });

  it('sees memory grow', () => {
    const samples = (perSample: number): Parameters<typeof growth>[0] =>
      Array.from({ length: 60 }, (_, at) => ({ inputs: at * 100, rss: 150 + (at % 3), heap: 50 + at * perSample + (at % 2) }));
    expect(growth(samples(0)).heap).toBeLessThan(1);
    expect(growth(samples(1)).heap).toBeGreaterThan(20);
  });
});
