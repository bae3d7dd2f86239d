import * as fc from 'fast-check';
import { isLocalRedirect, judgeRedirect, matchesRedirect, redirectSource, withParameters } from './redirect-uri';

const POLICY = { domains: [], schemes: ['cursor', 'vscode'] };
const judge = (uri: unknown) => judgeRedirect(uri, POLICY);

describe('redirect URIs at registration', () => {
  it.each([
    'https://claude.ai/api/mcp/auth_callback',
    'https://a.example:8443/cb?tenant=1',
    'http://localhost/cb',
    'http://127.0.0.1:33418/',
    'http://[::1]:5000/cb',
    'cursor://anysphere.cursor-retrieval/oauth/user-agent/callback',
    'vscode:/callback',
  ])('may be used: %s', (uri) => expect(judge(uri)).toBe('usable'));

  it.each([
    'https://a.example/cb#frag',
    'https://user@a.example/cb',
    'https://user:pw@a.example/cb',
    'https://a@b@c.example/cb',
    'https://*.a.example/cb',
    'https://a.example\\@b.example/cb',
    'https://a.example/c b',
    'https://a.example/\ncb',
    'https://a.example/%0d%0aSet-Cookie',
    'https://a.example/%5c',
    'https://a.example/..;/cb',
    'https://a.example/x/../cb',
    'https://a.example/%2e%2e/cb',
    'https:///cb',
    'https://',
    'https:/a.example/cb',
    '/relative',
    'a.example/cb',
    '',
    `https://a.example/${'a'.repeat(2_048)}`,
    'https://a.example:99999/',
    'https://exämple.test/cb',
    42,
    null,
  ])('DCR-3 are invalid: %p', (uri) => expect(judge(uri)).toBe('invalid'));

  it.each([
    'javascript:/alert(1)',
    'JavaScript:/x',
    '\u0001javascript:/x',
    ' data:/x',
    'vbscript:/x',
    'blob:/x',
    'FILE:///etc/passwd',
    'about:/blank',
    'intent://x',
  ])('DCR-4 are invalid: %p', (uri) => expect(judge(uri)).toBe('invalid'));

  it.each([
    'http://localhost.evil.test/cb',
    'http://127.0.0.1.nip.io/cb',
    'http://localhost:80@evil.test/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'http://0x7f.1/cb',
    'http://2130706433/cb',
    'http://127.1/cb',
    'http://[0:0:0:0:0:0:0:1]/cb',
    'http://localhost./cb',
    'http://a.example/cb',
  ])('DCR-5 on plain http are for loopback only: %s', (uri) => expect(judge(uri)).not.toBe('usable'));

  it('DCR-6 with a private-use scheme are usable only when the scheme is configured', () => {
    expect(judge('cursor://x/cb')).toBe('usable');
    expect(judge('evilapp://x/cb')).toBe('refused');
    expect(judge('cursor:opaque')).toBe('invalid');
  });

  it('are limited to the configured hosts and what is below them', () => {
    const policy = { domains: ['claude.ai', 'localhost'], schemes: [] };
    expect(judgeRedirect('https://claude.ai/cb', policy)).toBe('usable');
    expect(judgeRedirect('https://eu.claude.ai/cb', policy)).toBe('usable');
    expect(judgeRedirect('https://notclaude.ai/cb', policy)).toBe('refused');
    expect(judgeRedirect('http://127.0.0.1/cb', policy)).toBe('usable');
    expect(judgeRedirect('http://127.0.0.1/cb', { ...policy, domains: ['claude.ai'] })).toBe('refused');
  });
});

describe('redirect URIs at authorization', () => {
  const registered = 'https://a.example/cb?x=1&y=2';

  it.each([
    'https://A.example/cb?x=1&y=2',
    'https://a.example/cb/?x=1&y=2',
    'https://a.example/cb?y=2&x=1',
    'https://a.example/c%62?x=1&y=2',
    'https://a.example:443/cb?x=1&y=2',
    'https://a.example/cb/more?x=1&y=2',
    'https://a.example/cb?x=1&y=2#',
    'http://a.example/cb?x=1&y=2',
  ])('AUTHZ-3 differ from the registered one: %s', (sent) => expect(matchesRedirect(registered, sent)).toBe(false));

  it('AUTHZ-4 may choose the port on loopback, and nothing else', () => {
    expect(matchesRedirect('http://127.0.0.1/cb', 'http://127.0.0.1:5123/cb')).toBe(true);
    expect(matchesRedirect('http://localhost:3000/cb', 'http://localhost/cb')).toBe(true);
    expect(matchesRedirect('http://localhost:3000/cb', 'http://127.0.0.1:3000/cb')).toBe(false);
    expect(matchesRedirect('http://localhost/cb', 'http://localhost/cb2')).toBe(false);
    expect(matchesRedirect('http://localhost/cb', 'https://localhost/cb')).toBe(false);
    expect(matchesRedirect('http://localhost/cb', 'http://localhost:80@evil.test/cb')).toBe(false);
    expect(matchesRedirect('https://localhost/cb', 'https://localhost:444/cb')).toBe(false);
  });

  it('keep host, path and query whatever the port', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    const path = fc.stringMatching(/^[a-z0-9/]{0,20}$/);
    fc.assert(
      fc.property(port, port, path, path, (a, b, one, two) => {
        const same = matchesRedirect(`http://localhost:${a}/${one}`, `http://localhost:${b}/${two}`);
        expect(same).toBe(one === two);
      }),
    );
  });
});

describe('the redirect back', () => {
  it('keeps a query of the registered URI and encodes every value', () => {
    expect(withParameters('https://a.example/cb?x=1', { code: 'c', state: 'a b\r\n', iss: undefined })).toBe(
      'https://a.example/cb?x=1&code=c&state=a%20b%0D%0A',
    );
    expect(withParameters('vscode:/cb', { error: 'access_denied' })).toBe('vscode:/cb?error=access_denied');
  });

  it('gives the consent page one CSP source', () => {
    expect(redirectSource('https://a.example:8443/cb?x')).toBe('https://a.example:8443');
    expect(redirectSource('cursor://x/cb')).toBe('cursor:');
    expect(isLocalRedirect('cursor://x/cb')).toBe(true);
    expect(isLocalRedirect('https://a.example/cb')).toBe(false);
  });
});
