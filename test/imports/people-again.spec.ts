import { newId } from '../../src/database';
import type { TestOrganization } from '../workforce/organization';
import { ImportBench } from './import-bench';

let desk: ImportBench;
let org: TestOrganization;
beforeAll(async () => {
  desk = await ImportBench.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  org = await desk.bench.organization();
});

const NOTHING = { created: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0 };
const HEADER = [
  'Employee ID',
  'First name',
  'Last name',
  'Start date',
  'Department',
  'Job title',
  'Location',
  'Annual salary',
  'Bonus',
  'Currency',
];
const person = (number: string, department: string, salary = '100', bonus = '1'): string[] => [
  ...[number, `First ${number}`, `Last ${number}`, '2020-01-31', department, 'Engineer', 'Berlin', salary, bonus, 'EUR'],
];
const bring = (...people: string[][]) =>
  desk.bring(org, 'employees', [HEADER, ...people], { answers: { country: 'DE', 'fte unit': 'fraction' } });

describe('people of a file that comes again', () => {
  it('stay in their team where a second one has got its name, and nobody is put into one of the two', async () => {
    const [top, nested] = [newId('team'), newId('team')];
    await org.insert('team', [{ id: top, name: 'Product' }]);
    await org.insert('team', [{ id: nested, name: 'Engineering', parent_team_id: top }]);
    await bring(person('1', 'Engineering'));
    await desk.bring(org, 'teams', [
      ['Team ID', 'Team name'],
      ['E', 'Engineering'],
    ]);
    await org.insert('team', [{ id: newId('team'), name: 'engineering' }]);
    const { lines, figures } = await bring(person('1', 'engineering'), person('2', 'Engineering'));
    expect(figures).toEqual({ ...NOTHING, unchanged: 1, refused: 1 });
    expect(lines[0]).toBe(
      'Line 3 refused: several teams have the name of department (column Department): say which by its id in [values of department].',
    );
    expect(await desk.rows(org, 'select target_team_id as team, end_date as "end" from allocation where org_id = $1')).toEqual([
      { team: nested, end: null },
    ]);
  });

  it('are refused with the column of an amount that cannot be', async () => {
    const { lines } = await bring(person('1', 'A', '-1'), person('2', 'A', '1', '-1'));
    expect(lines.slice(0, 2)).toEqual([
      'Line 2 refused: salary (column Annual salary) is below zero or too large.',
      'Line 3 refused: bonus (column Bonus) is below zero or too large.',
    ]);
  });
});

describe('allocations', () => {
  const ROWS = ['Resource', 'Team', 'Project', 'FTE', 'From', 'To', 'Primary'];
  beforeEach(async () => {
    await bring(person('1', ''));
    for (const name of ['A', 'B', 'C']) await org.insert('team', [{ id: newId('team'), name }]);
    await org.insert('project', [{ id: newId('prj'), name: 'Apollo' }]);
  });

  it('are to one main team at a time, and told where nobody is here for them', async () => {
    const file = [
      ROWS,
      ['1', 'A', '', '1', '2021-01-01', '2021-06-30', 'yes'],
      ['1', 'B', '', '1', '2021-06-30', '2021-12-31', 'yes'],
      ['1', 'C', '', '1', '2021-07-01', '2021-12-31', 'yes'],
      ['1', 'B', '', '0.33333', '2021-01-01', '', 'no'],
      ['1', '', 'Apollo', '1', '2010-01-01', '2010-12-31', ''],
    ];
    const answers = { 'fte unit': 'fraction' };
    const { lines, figures } = await desk.bring(org, 'allocations', file, { answers });
    expect(figures).toEqual({ ...NOTHING, created: 4, refused: 1, warnings: 1 });
    expect(lines).toEqual([
      'Line 3 refused: there is another main team on some of these days: end that one before, or say no in main team.',
      'Warning, line 6: begins before the first day of who is allocated, or ends after the last: only the days between count.',
    ]);
    expect((await desk.bring(org, 'allocations', file, { answers })).figures).toEqual({
      ...NOTHING,
      unchanged: 4,
      refused: 1,
      warnings: 1,
    });
  });
});

describe('what cannot be kept', () => {
  it('is a holiday of a country that one of its places has already: told once, and no half of it is there', async () => {
    await bring(person('1', ''));
    await org.insert('geography', [{ id: newId('geo'), name: 'Bonn', country_code: 'DE', time_zone: 'UTC', currency: 'EUR' }]);
    const { lines, figures } = await desk.bring(org, 'holidays', [
      ['Date', 'Location', 'Name'],
      ['2026-12-25', 'Bonn', 'Weihnachten'],
      ['2026-12-25', 'DE', 'Weihnachten'],
    ]);
    expect(figures).toEqual({ ...NOTHING, created: 1, refused: 1 });
    expect(lines[0]).toBe('Line 3 refused: is about the same holiday as line 2.');
  });

  it('is a rate of exchange below the least one: says what to do', async () => {
    const { lines } = await desk.bring(org, 'fx-rates', [
      ['Date', 'From', 'To', 'Rate'],
      ['2026-01-31', 'USD', 'EUR', '0.00000000001'],
    ]);
    expect(lines[0]).toBe('Line 2 refused: rate is below 0.0000000001, the least that is kept: give the rate of the other direction.');
  });
});

describe('a file that is no text', () => {
  it('is told from others, and how to make one of it', async () => {
    const workbook = desk.bring(org, 'employees', Buffer.from('504b0304140006000800', 'hex'));
    await expect(workbook).rejects.toThrow('The file is an Excel workbook or another archive, no text: in Excel choose File, Save As');
    const whole = Buffer.from('Employee ID,Last name\n1,Jürgen\n2,Zoé');
    await expect(desk.bring(org, 'employees', whole.subarray(0, -1))).rejects.toThrow('The file ends in the middle of a character');
  });
});
