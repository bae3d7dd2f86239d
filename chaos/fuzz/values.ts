import { Dice } from './dice';

/**
 * Texts that programs stumble over. None of them looks like a stack or like SQL that PostgreSQL would quote back, because
 * the oracles search the answers for those.
 */
const ODD_TEXTS: readonly string[] = [
  ...['', ' ', '\t', '\0', 'a\0b', '\x1b[31m', '\x7f', '\u0085', '\u2028', '\ufeff', '\ufeffname', '\ufffe', '\u200b\u200d\u2060'],
  ...[
    '\ud800',
    '\udfff\ud800',
    'a\udc00',
    '\u202egnp.exe',
    '\u2066x\u2069',
    'e\u0301',
    '\ufdfa',
    'İı',
    'ß',
    'ａｄｍｉｎ',
    '🏳️‍🌈',
    '𐍈',
    '١٢٣',
  ],
  ...[
    "'",
    "''",
    '"',
    "' or '1'='1",
    "'; drop table employee; --",
    '1); --',
    '$1',
    ':name',
    '%',
    '_%',
    '\\',
    '\\\\',
    '/*',
    '--',
    '||',
    "E'\\047'",
  ],
  ...[
    '%00',
    '%',
    '%zz',
    '%c0%af',
    '%ed%a0%80',
    '../../etc/passwd',
    '..%2f..%2f',
    'file:///etc/passwd',
    'http://127.0.0.1:1/',
    '//evil.example',
    '\\\\evil',
  ],
  ...[
    '"><fz1>',
    '<script>fz1</script>',
    '&amp;',
    'javascript:fz1()',
    '{{7*7}}',
    '${7*7}',
    '#{7*7}',
    '\r\nx-fz-injected: 1',
    '\nx-fz-injected: 1',
    '%0d%0ax-fz-injected:1',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'then',
    'length',
    'null',
    'undefined',
    'true',
    'NaN',
    '[object Object]',
  ],
  ...['0', '-0', '-1', '1e400', '0x10', '1_000', '9007199254740993', '2147483648', '99999999999999999999', '1,5', '٣'],
  ...[
    'infinity',
    '-infinity',
    'now',
    'today',
    'epoch',
    '2026-02-30',
    '0000-00-00',
    '1900-01-01',
    '2199-12-31',
    '10000-01-01',
    '2026-1-1',
    '2026-01-01T00:00:00Z',
  ],
  ...[
    'emp_',
    'emp_0',
    'EMP_1',
    'emp_1 ',
    'ext:',
    'ext: ',
    'ext:\u0301',
    'ext:a/b',
    'a@b',
    '@',
    'a@b@c',
    'org_',
    'team_x',
    'all',
    '*',
    '?',
    '#',
    '.',
    '..',
    '/',
  ],
  ...['=?base64?YQ==?=', '=?base64??=', '=?base64?%%%?=', 'Bearer x', 'Basic eDp5', 'null; charset=utf-16', 'text/event-stream', 'UTF-7'],
];

const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1',
  '2',
  '25',
  '100',
  '101',
  '1.5',
  '1e3',
  '1e-7',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740993',
  '2147483648',
  '1E+2',
];
/** Not JSON at all, or not to every parser. */
const NO_JSON = [
  '01',
  '+1',
  '.5',
  '1.',
  'NaN',
  'Infinity',
  "'a'",
  '{a:1}',
  '[1,]',
  '{"a":1,}',
  '/**/1',
  '"\\x41"',
  '"\\ud800',
  '"\t"',
  'True',
  'undefined',
  '\ufeff1',
  '',
];
const KEYS = [
  'a',
  '',
  'id',
  'name',
  '0',
  '-1',
  'toString',
  'then',
  'jsonrpc',
  '\0',
  '\ud800',
  '\u202e',
  'é',
  'length',
  'hasOwnProperty',
  'prototype',
];
/** Refused wherever they stand, so they must not stand everywhere. */
const PROTOTYPE_KEYS = ['__proto__', 'constructor'];

/** Raw JSON of a text: plain, with everything escaped, or with lone surrogates as they are (they become U+FFFD on the wire). */
export function jsonText(dice: Dice, text: string): string {
  if (dice.chance(0.1))
    return `"${[...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
  return dice.chance(0.05) ? `"${text.replace(/["\\]|\p{Cc}/gu, '')}"` : JSON.stringify(text);
}

export function oddText(dice: Dice): string {
  return dice.way([
    [60, () => dice.pick(ODD_TEXTS)],
    [20, () => dice.pick(ODD_TEXTS) + dice.pick(ODD_TEXTS)],
    [10, () => String.fromCharCode(...dice.several(1, 12, () => dice.below(0xd800)))],
    [8, () => dice.pick(['x', 'é', '𐍈', 'a ', '%41', '\\']).repeat(dice.pick([99, 100, 101, 254, 255, 256, 2_001, 8_193]))],
    [1, () => dice.pick(['x', '(', 'a b ']).repeat(dice.pick([20_000, 70_000]))],
  ]);
}

/** Raw JSON of anything. */
export function oddJson(dice: Dice, depth = 0): string {
  return dice.way([
    [30, () => jsonText(dice, oddText(dice))],
    [18, () => dice.pick(NUMBERS)],
    [12, () => dice.pick(['null', 'true', 'false'])],
    [depth > 3 ? 0 : 14, () => `[${dice.several(0, 4, () => oddJson(dice, depth + 1)).join(',')}]`],
    [depth > 3 ? 0 : 20, () => oddObject(dice, depth)],
    [0.6, () => nested(dice)],
    [0.4, () => dice.pick(NO_JSON)],
  ]);
}

/** With a name twice, now and then. */
function oddObject(dice: Dice, depth: number): string {
  const members = dice.several(
    0,
    4,
    () => `${jsonText(dice, dice.pick(dice.chance(0.04) ? PROTOTYPE_KEYS : KEYS))}:${oddJson(dice, depth + 1)}`,
  );
  return `{${(dice.chance(0.2) ? [...members, ...members] : members).join(',')}}`;
}

/** Below, at and above the deepest allowed, and deep enough to end a recursion. */
function nested(dice: Dice): string {
  const depth = dice.pick([10, 40, 58, 61, 62, 63, 64, 65, 200, 5_000, 50_000]);
  const [open, close] = dice.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"a":', '}]'],
  ] as const);
  return open.repeat(depth) + '1' + (dice.chance(0.9) ? close.repeat(depth) : '');
}
