import type { TestTenant } from '../support/people';
import { ImportDesk } from './import-desk';
import { ANNA, staffFile, told } from './staff-file';

let desk: ImportDesk;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  tenant = await desk.organization();
});

describe('a file that cannot be imported', () => {
  const HEADER = 'Employee number;First name;Last name;Start date;Job title;Office\n';

  it.each([
    ['is not there', undefined, 'There is no file missing.csv.'],
    ['is empty', '', 'is empty: it should begin with a line of column headers.'],
    ['has nothing but blank lines', '\n\n;;\n', 'is empty: it should begin with a line of column headers.'],
    ['is one line of ten megabytes', 'x'.repeat(10_000_000), 'is longer than a megabyte'],
    ['has a quotation mark that is not closed', `${HEADER}1;"A;B;2020-01-31;J;O\n2;C;D;2020-01-31;J;O\n`, 'A quotation mark is not closed'],
  ])('%s: says so in a sentence', async (_what, content, sentence) => {
    const name = content === undefined ? 'missing.csv' : `bad-${content.length}.csv`;
    if (content !== undefined) desk.put(name, content);
    const { code, out, err } = await desk.import(tenant, name);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(sentence);
  });

  it('is a folder: says so', async () => {
    expect(await desk.import(tenant, '.')).toMatchObject({ code: 1, err: '. cannot be read: it is a folder.\n' });
  });

  it('has a header only: nothing to do', async () => {
    desk.put('header.csv', HEADER);
    const { code, out } = await desk.bring(tenant, 'header.csv');
    expect(code).toBe(0);
    expect(told(out).figures).toEqual({ created: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0 });
  });

  it('has NUL bytes, ragged lines or another encoding in some rows: these are refused', async () => {
    const row = (number: string, rest = 'Ann;Bee;2020-01-31;J;O'): string => `${number};${rest}\n`;
    desk.put(
      'odd.csv',
      `${HEADER}${row('1')}${row('2', 'Nul\u0000;Bee;2020-01-31;J;O')}${row('3', 'Ann;Bee;2020-01-31')}${row('4', 'Ann;Bee;2020-01-31;J;O;X')}${row('5')}${row('6', 'Ann;Bee;2020-01-31;J;O;;')}`,
    );
    await desk.import(tenant, 'odd.csv');
    desk.answer('odd.csv.mapping');
    desk.put(
      'odd.csv',
      Buffer.concat([Buffer.from(desk.text('odd.csv')), Buffer.from('7;M'), Buffer.from([0xfc]), Buffer.from('ller;Bee;2020-01-31;J;O\n')]),
    );
    const { out } = await desk.bring(tenant, 'odd.csv');
    expect(told(out).lines).toEqual([
      'Line 3 refused: first name (column First name) has a NUL character.',
      'Line 4 refused: 4 cells where the header has 6.',
      'Line 5 refused: 7 cells where the header has 6.',
      'Line 8 refused: first name (column First name) has characters that the encoding of the mapping does not have.',
    ]);
    expect((await desk.people(tenant)).map(({ number }) => number)).toEqual(['1', '5', '6']);
  });
});

describe('a mapping that cannot be used', () => {
  let file: string;
  let mapping: string;
  beforeAll(async () => {
    file = 'people.csv';
    desk.put(file, staffFile([{ ...ANNA, status: 'Active' }]));
    await desk.import(await desk.organization(), file);
    desk.answer(`${file}.mapping`);
    mapping = desk.text(`${file}.mapping`);
  });

  it.each([
    ['[columns]\nemployee number = Nowhere', 'the file has no column "Nowhere"'],
    ['[columns]\nshoe size = Office', 'there is no field "shoe size"'],
    ['[formats]\nstart date = yesterday', '[formats] start date is one of yyyy-mm-dd'],
    ['[settings]\ncountry = Germany', '[settings] country: Country of new geographies'],
    ['[settings]\ncolour = red', 'there is no setting "colour"'],
    ['[values of status]\nActive = maybe', '[values of status] a value means one of active, left, skip'],
    ['[file]\nencoding = ebcdic', '[file] encoding is one of utf-8'],
    ['[surprise]\na = b', 'there is no section [surprise]'],
    ['employee number', 'write "key = value" below a [section]'],
    ['[columns]\n"employee = x', 'a quotation mark is not closed'],
  ])('%j is refused with what is wrong', async (lines, sentence) => {
    desk.put(`${file}.mapping`, `${mapping}\n${lines}\n`);
    const { code, out, err } = await desk.bring(tenant, file);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(sentence);
  });

  it('neither is an organization that is not there, or not named', async () => {
    expect(await desk.import({ orgId: 'org_nowhere' }, file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no organization "org_nowhere"'),
    });
    expect(await desk.import({ orgId: '' }, file)).toMatchObject({ code: 2, err: expect.stringContaining('"import" needs --org.') });
  });
});
