import { premade, toJson } from './premade';

describe('JSON made once', () => {
  const tools = premade([{ name: 'a', description: 'an "a"\u2028' }]);

  it.each<[string, object]>([
    ['a list', { jsonrpc: '2.0', id: 1, result: { tools, ttlMs: 5, _meta: { 'a/b': {} }, nextCursor: undefined } }],
    ['an answer without anything', { jsonrpc: '2.0', id: 'x"y', result: {} }],
    [
      'an answer without a list',
      { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: '{}' }], isError: false, other: null } },
    ],
    ['an error', { jsonrpc: '2.0', id: null, error: { code: -1, message: 'no', data: undefined } }],
    ['a notification', { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1 } }],
    [
      'a batch',
      [
        { jsonrpc: '2.0', id: 1, result: { tools } },
        { jsonrpc: '2.0', id: 2, result: {} },
      ],
    ],
  ])('is in %s what JSON.stringify would make', (_, message) => {
    expect(JSON.parse(String(toJson(message)))).toEqual(JSON.parse(JSON.stringify(message)));
  });

  it('is not made again', () => {
    const kept = premade([{ name: 'before' }]);
    kept.splice(0, 1, { name: 'after' });
    expect(String(toJson({ id: 1, result: { tools: kept } }))).toContain('before');
  });
});
