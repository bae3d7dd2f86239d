import 'reflect-metadata';
import { schemaOf } from '../../src/mcp';
import { validate } from '../../src/mcp/schema';
import {
  AsOf,
  Count,
  Currency,
  DateOnly,
  Flag,
  Fte,
  Id,
  Limit,
  ListOf,
  Money,
  Nested,
  OneOf,
  OPTIONAL,
  Paged,
  Part,
  Parts,
  SomeOf,
  TEXT,
  Text,
  Texts,
} from '../../src/tools/fields';
import { refusal } from '../workforce/organization';

class Child {
  @Text() name: string;
}

class Everything extends Paged {
  @Text('A text.', { max: 10, ...OPTIONAL }) text?: string;
  @Id('emp', undefined, OPTIONAL) employee?: string;
  @Id('team', undefined, OPTIONAL) team?: string;
  @OneOf(['a', 'b'], undefined, { byDefault: 'a' }) choice: 'a' | 'b' = 'a';
  @DateOnly(undefined, OPTIONAL) day?: string;
  @Money(undefined, OPTIONAL) money?: string;
  @Currency(undefined, OPTIONAL) currency?: string;
  @Fte(undefined, OPTIONAL) fte?: number;
  @Count(undefined, OPTIONAL) count?: number;
  @Flag(undefined, OPTIONAL) flag?: boolean;
  @AsOf() asOf?: string;
}

class Required {
  @Limit() limit = 25;
  @Text() name: string;
  @Nested(() => Child) child: Child;
  @ListOf(() => Child) children: Child[];
  @ListOf(TEXT) words: string[];
}

const problem = async (field: string, value: unknown): Promise<string> =>
  (await refusal((async () => validate(Everything, { [field]: value }))())).message;
const accepted = (field: keyof Everything, value: unknown) => expect(validate(Everything, { [field]: value })[field]).toEqual(value);

describe('field decorators', () => {
  it('accept what they describe', () => {
    for (const value of ['Łódź', 'a', '1234567890']) accepted('text', value);
    for (const value of ['emp_abcdefghijkl', 'ext:HR-1 / x', 'a@b.example']) accepted('employee', value);
    for (const value of ['2024-02-29', '1900-01-01', '2199-12-31']) accepted('day', value);
    for (const value of ['0', '12.5', '-3.1415', '99999999999999.99']) accepted('money', value);
    for (const value of [0.5, 1, 1.125, 300]) accepted('fte', value);
    for (const value of [1, 100]) accepted('limit', value);
  });

  it('refuse everything else, in one sentence that names the field', async () => {
    const wrong: Record<string, unknown[]> = {
      text: [1, null, {}, [], true, ' ', '\t', 'a\u0000', 'a\nb', 'a\u0085b', '\ud800', '12345678901'],
      employee: [
        1,
        null,
        'Anna',
        'team_abcdefghijkl',
        'emp_',
        'EMP_abcdefghijkl',
        'ext:',
        'a@b@c',
        'emp_a\u0000',
        `ext:${'x'.repeat(260)}`,
        ['emp_abcdefghijkl'],
      ],
      team: ['emp_abcdefghijkl', 'a@b.example'],
      choice: ['c', 1, null, ['a'], 'A'],
      day: ['2025-02-30', '2025-13-01', '2025-1-1', '20250101', '0000-01-01', '2025-01-01T00:00:00Z', 20250101, null, 'infinity', 'today'],
      money: [1, '1,5', '1e5', 'NaN', '1.23456', '', null].filter((value) => value !== ''),
      currency: ['eur', 'EURO', 'E1R', 1, null],
      fte: ['1', 0, -1, 1.0005, NaN, Infinity, null],
      count: [1.5, -1, '1', null],
      flag: ['true', 1, null],
      limit: [0, 101, 1.5, '10', null],
      cursor: [1, null, {}, 'x'.repeat(2_001)],
      asOf: ['yesterday'],
    };
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) expect(await problem(field, value)).toMatch(new RegExp(`^${field} must be .+\\.$`));
    }
  });

  it('take an empty string for absent, defaults for what is absent, and no argument they do not know', async () => {
    expect(validate(Everything, { text: '', choice: '', limit: '' })).toEqual({ limit: 25, choice: 'a' });
    expect(await problem('Text', 'x')).toMatch('There is no argument "Text"');
    expect(await problem('constructor', 'x')).toMatch('There is no argument "constructor"');
  });

  it('describe themselves as a closed JSON Schema', () => {
    expect(schemaOf(Required)).toEqual({
      type: 'object',
      properties: {
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 25, description: 'Rows per page.' },
        name: { type: 'string' },
        child: {
          type: 'object',
          properties: { name: { type: 'string' } },
          required: ['name'],
          additionalProperties: false,
        },
        children: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' } },
            required: ['name'],
            additionalProperties: false,
          },
        },
        words: { type: 'array', items: { type: 'string' } },
      },
      required: ['name', 'child', 'children', 'words'],
      additionalProperties: false,
    });
  });

  class Inner {
    @Text('A name.', { max: 10 }) name: string;
    @SomeOf(['a', 'b'], 'Which.', { most: 2, ...OPTIONAL }) which?: string[];
  }

  class Outer {
    @Part(() => Inner, 'One.') one?: Inner;
    @Parts(() => Inner, 'Some.', { most: 2 }) some?: Inner[];
    @Texts('Words.', { most: 2, max: 3, ...OPTIONAL }) words?: string[];
  }

  it('make and check the objects within an input as strictly as the input', async () => {
    const made = validate(Outer, {
      one: { name: 'x' },
      some: [
        { name: 'y', which: ['a'] },
        { name: 'z', which: '' },
      ],
      words: ['a', 'b'],
    });
    expect([made.one, ...(made.some ?? [])].every((one) => one instanceof Inner)).toBe(true);
    expect(made).toEqual({ one: { name: 'x' }, some: [{ name: 'y', which: ['a'] }, { name: 'z' }], words: ['a', 'b'] });
    const problemOf = async (given: object) => (await refusal((async () => validate(Outer, given))())).message;
    expect(await problemOf({ one: {} })).toMatch(/^one\.name is required and must be text/);
    expect(await problemOf({ one: { name: 'x', constructor: 1 } })).toBe('There is no argument "one.constructor".');
    expect(await problemOf({ some: [{ name: 'x' }, { name: 'far too long a name' }] })).toMatch(/^some\[1\]\.name must be text/);
    expect(await problemOf({ some: [{ name: 'x', which: ['c'] }] })).toMatch(/^some\[0\]\.which must be a list of 0 to 2/);
    for (const some of [['x'], [[]], [null], 'x', {}, [{ name: 'x' }, { name: 'x' }, { name: 'x' }]])
      expect(await problemOf({ some })).toMatch(/^some must be a list of at most 2 objects/);
    for (const one of ['x', 1, null, [{ name: 'x' }]]) expect(await problemOf({ one })).toMatch(/one must be an object/);
    for (const words of ['a', ['long'], [1], ['a', 'b', 'c'], ['']])
      expect(await problemOf({ words })).toMatch(/^words must be a list of at most 2 texts/);
  });

  it('describe the objects within an input as closed schemas', () => {
    expect(schemaOf(Outer)).toMatchObject({
      properties: {
        one: { type: 'object', description: 'One.', required: ['name'], additionalProperties: false },
        some: {
          type: 'array',
          maxItems: 2,
          items: { type: 'object', additionalProperties: false, properties: { which: { items: { enum: ['a', 'b'] } } } },
        },
      },
    });
  });
});
