import fc from 'fast-check';
import { EMPLOYEE } from '../../src/imports/employees/employee.entity';
import type { Entity } from '../../src/imports/entity';
import type { CallerFiles } from '../../src/imports/file/caller-files';
import { DATE_FORMATS, parseDate } from '../../src/imports/file/dates';
import { ENCODINGS } from '../../src/imports/file/encoding';
import { NUMBER_FORMATS, parseNumber } from '../../src/imports/file/numbers';
import { Table } from '../../src/imports/file/table';
import { checkMapping } from '../../src/imports/mapping/check';
import { readMapping, writeMapping } from '../../src/imports/mapping/mapping-text';
import { propose } from '../../src/imports/mapping/propose';
import { readRows } from '../../src/imports/mapping/read-rows';
import { csv, dateText, encode, numberText, type Style } from './hr-export';

const ENTITY = EMPLOYEE as Entity;
const ORGANIZATION = { currency: 'EUR', timeZone: 'Europe/Berlin', hoursPerDay: '8.00', today: '2025-06-30' };

/** A file of which each read gives a few bytes, so that characters and line ends fall apart. */
function fileOf(bytes: Buffer, step = 7): CallerFiles {
  return {
    read: async (file, offset) => (file === 'data' ? bytes.subarray(offset, offset + (offset === 0 ? 4_096 : step)) : undefined),
    writeMapping: async () => undefined,
    nameOf: (file) => file,
  };
}

const DELIMITERS = [',', ';', '\t', '|'];

const styles: fc.Arbitrary<Style> = fc.record({
  encoding: fc.constantFrom(...ENCODINGS),
  mark: fc.boolean(),
  delimiter: fc.constantFrom(...DELIMITERS),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  date: fc.constantFrom(...DATE_FORMATS),
  number: fc.constantFrom(...NUMBER_FORMATS),
});

interface Row {
  number: string;
  first: string;
  last: string;
  start: string;
  salary: string;
  department: string;
}

/** Characters that every encoding has, those among them that a table has a meaning for. */
const letters = fc.constantFrom(...'abcXYZ019 ;,|"\'=+-@éüßŠž€’#[\t\n'.split(''));
const words = fc.string({ unit: letters, minLength: 1, maxLength: 12 }).map((text) => `N${text}n`);
const amount = fc.tuple(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }));
const dayOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.record({
    number: fc.constant(''),
    first: words,
    last: words,
    department: words,
    start: fc.integer({ min: -10_000, max: 24_000 }).map(dayOf),
    salary: amount.map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`),
  }),
  { minLength: 3, maxLength: 12 },
);

const HEADER = ['Employee ID', 'First name', 'Last name', 'Hire date', 'Annual salary', 'Department', 'Shoe size'];
const tidied = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('a file that another system wrote', () => {
  it('comes back as it was meant, in every encoding, delimiter, line end, date and number format', async () => {
    await fc.assert(
      fc.asyncProperty(styles, rows, async (style, people) => {
        // A column whose days all are at most 12 is asked for, which is another test.
        const given = [...people, { ...people[0]!, start: '2019-10-23', salary: '1234567.50' }].map((one, index) => ({
          ...one,
          number: `${index}`,
        }));
        const lines = given.map(({ number, first, last, start, salary, department }) => [
          ...[number, first, ` ${last}  `, dateText(start, style.date), numberText(salary, style.number), `${department}\u00a0`, '44'],
        ]);
        const files = fileOf(encode(csv([HEADER, ...lines], style), style));
        const table = await Table.open(files);
        const proposal = await propose(ENTITY, table, ORGANIZATION);
        expect(proposal.ignored).toEqual(['Shoe size']);
        const text = writeMapping(proposal, ['A note']).replaceAll('= ?', '= XX').replace('currency = XX', 'currency = EUR');
        const mapping = readMapping(
          text.replace('default job role = ""', 'default job role = Any').replace('default location = ""', 'default location = Any'),
          'mapping',
        );
        checkMapping(ENTITY, mapping, table.headers, 'mapping');
        const refused: string[] = [];
        const read = await readRows(
          ENTITY,
          mapping,
          await Table.open(files, mapping),
          (line, reason) => refused.push(`${line} ${reason}`),
          () => undefined,
        );
        expect(refused).toEqual([]);
        expect(read.map(({ values }) => values)).toEqual(
          given.map(({ number, first, last, start, salary, department }) => ({
            ...{ 'employee number': number, 'first name': tidied(first), 'last name': tidied(last) },
            ...{ 'start date': start, salary, department: tidied(department) },
          })),
        );
        expect(read.map(({ line }) => line)).toEqual(linesOf(lines));
      }),
      { numRuns: 300 },
    );
  });

  /** Line on which each record begins, the header being on the first. */
  function linesOf(records: readonly (readonly string[])[]): number[] {
    let line = 2;
    return records.map((record) => {
      const begins = line;
      line += 1 + record.join('').split('\n').length - 1;
      return begins;
    });
  }

  it.each(DATE_FORMATS)('has its days in %s read back', (format) => {
    for (const day of ['2024-02-29', '1999-12-31', '2006-01-09']) {
      expect(parseDate(dateText(day, format), format)).toBe(day);
      if (format !== 'yyyymmdd') expect(parseDate(`${dateText(day, format)} 00:00:00`, format)).toBe(day);
    }
    expect(parseDate(dateText('2023-02-29', format), format)).toBeUndefined();
    expect(parseDate('tomorrow', format)).toBeUndefined();
  });

  it.each([
    ['1,234.56', '$104,437.00', '104437.00'],
    ['1.234,56', '104.437,50 €', '104437.50'],
    ['1 234,56', '104\u202f437,5 EUR', '104437.5'],
    ["1'234.56", 'CHF 104’437', '104437'],
    ['1,234.56', '80%', '80'],
    ['1,234.56', '1,23,456', undefined],
    ['1,234.56', '1e5', undefined],
    ['1.234,56', '=1+1', undefined],
  ] as const)('has an amount %s: %s', (format, text, value) => {
    expect(parseNumber(text, format)).toBe(value);
  });
});

async function proposed(column: string, values: string[]): Promise<{ format: string | undefined; note: string | undefined }> {
  const header = ['Employee ID', 'First name', 'Last name', 'Hire date', 'Annual salary'];
  const lines = values.map((value, index) => [
    `${index}`,
    'A',
    'B',
    column === 'start date' ? value : '2020-01-31',
    column === 'salary' ? value : '1',
  ]);
  const files = fileOf(Buffer.from(csv([header, ...lines], { delimiter: ';', lineEnd: '\n' })));
  const { mapping, notes } = await propose(ENTITY, await Table.open(files), ORGANIZATION);
  return { format: mapping.formats[column], note: notes[`formats ${column}`] };
}

describe('a format that a column does not decide', () => {
  it.each([
    ['start date', ['01/02/2020', '03/04/2021'], 'The column does not tell dd/mm/yyyy from mm/dd/yyyy.'],
    ['salary', ['104,437', '64,955'], 'The column does not tell 1,234.56 from 1.234,56 from 1 234,56.'],
    ['start date', ['1 Feb 2020', '3 March 2021'], 'No known format fits this column.'],
  ])('of the %s %j is asked for, not guessed', async (column, values, note) => {
    expect(await proposed(column, values)).toEqual({ format: '?', note });
  });

  it.each([
    ['start date', ['01/02/2020', '13/04/2021'], 'dd/mm/yyyy'],
    ['start date', ['01/02/2020', '03/24/2021', 'n/a', ''], 'mm/dd/yyyy'],
    ['start date', ['05/05/2020', '06/06/2021'], 'dd/mm/yyyy'],
    ['salary', ['104,437', '64,955.5'], '1,234.56'],
    ['salary', ['104.437', '1.064.955'], '1.234,56'],
  ])('of the %s %j is decided by the whole column', async (column, values, format) => {
    expect((await proposed(column, values)).format).toBe(format);
  });
});
