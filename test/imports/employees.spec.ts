import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestTenant } from '../support/people';
import { ImportDesk } from './import-desk';
import { ANNA, BEN, CARL, type Line, staffFile, told } from './staff-file';

let desk: ImportDesk;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  tenant = await desk.organization();
});

let files = 0;

/** A file in the operator's folder. */
function put(lines: readonly Line[], name = `people-${(files += 1)}.csv`): string {
  desk.put(name, staffFile(lines));
  return name;
}

const IMPORTED = { created: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0 };

describe('an operator who imports employees', () => {
  it('first gets a mapping to confirm, and nothing is imported', async () => {
    const file = put([ANNA, BEN]);
    const before = await desk.live(tenant);
    const first = await desk.import(tenant, file);
    expect(first).toMatchObject({ code: 4, err: '' });
    expect(first.out).toContain('To be filled in: [settings] currency.');
    expect(first.out).toContain(`--mapping ${file}.mapping`);
    expect(await desk.import(tenant, file)).toMatchObject({ code: 1, err: expect.stringContaining('There is a mapping already') });
    const unfilled = await desk.import(tenant, file, '--mapping', `${file}.mapping`);
    expect(unfilled).toMatchObject({ code: 1, out: '', err: expect.stringContaining('[settings] currency has to be filled in.') });
    expect(await desk.live(tenant)).toEqual(before);
    desk.answer(`${file}.mapping`);
    expect(await desk.bring(tenant, file)).toMatchObject({ code: 0, err: '' });
    expect(await desk.people(tenant)).toMatchObject([
      {
        number: '1',
        first: 'Anna',
        start: '2019-10-23',
        end: null,
        manager: null,
        role: 'Engineer',
        place: 'Berlin',
        team: 'Platform',
        pay: '70000.5 EUR 2019-10-23',
      },
      { number: '2', first: 'Ben', manager: '1', workType: 'Permanent', pay: '60000 EUR 2021-03-15' },
    ]);
  });

  it('changes nothing by a dry run, and nothing by a second run', async () => {
    const file = put([CARL, BEN, ANNA]);
    await desk.bring(tenant, file, '--dry-run');
    const before = await desk.live(tenant);
    const dry = await desk.bring(tenant, file, '--dry-run');
    expect(told(dry.out).figures).toEqual({
      ...IMPORTED,
      created: 3,
      'new job roles': 1,
      'new work types': 1,
      'new teams': 1,
      'new geographies': 1,
    });
    expect(await desk.live(tenant)).toEqual(before);
    expect(told((await desk.bring(tenant, file)).out).figures).toMatchObject({ created: 3 });
    const after = await desk.live(tenant);
    expect(after).not.toEqual(before);
    for (const options of [[], ['--atomic'], ['--dry-run']]) {
      const { code, out } = await desk.bring(tenant, file, ...options);
      expect({ code, figures: told(out).figures }).toEqual({ code: 0, figures: { ...IMPORTED, unchanged: 3 } });
      expect(await desk.live(tenant)).toEqual(after);
    }
  });

  it('hears of each refused row by line and reason, and the rest goes in', async () => {
    const lines: Line[] = [
      ANNA,
      { ...BEN, start: '31.12.2020' },
      { ...BEN, number: '' },
      { ...BEN, number: '1' },
      { ...BEN, number: '4', end: '2020-01-01' },
      { ...BEN, number: '5', salary: '12 apples' },
      { ...BEN, number: '6', first: '' },
      { ...BEN, number: '7', email: 'nobody' },
      { ...BEN, number: '8', email: 'ANNA@example.test' },
      { ...BEN, number: '9', first: 'x'.repeat(101) },
      { ...BEN, number: '10', job: '' },
      CARL,
      ...Array.from({ length: 30 }, (_, index): Line => ({ ...CARL, number: `c${index}`, email: '' })),
    ];
    const file = put(lines);
    const { code, out } = await desk.bring(tenant, file);
    expect(code).toBe(3);
    expect(told(out).lines.filter((line) => line.includes('refused'))).toEqual([
      'Line 3 refused: start date (column Start date) is no date of the format yyyy-mm-dd.',
      'Line 4 refused: employee number (column Employee number) is blank.',
      'Line 5 refused: employee number (column Employee number) is the same as on line 2.',
      'Line 6 refused: end date is before start date.',
      'Line 7 refused: salary (column Annual salary) is no number of the format 1,234.56.',
      'Line 8 refused: the name is not complete.',
      'Line 9 refused: email is no address.',
      'Line 10 refused: email is also the address of line 2, employed at the same time.',
      'Line 11 refused: first name (column First name) is longer than 100 characters.',
      'Line 12 refused: job role is blank, and the mapping has no default.',
    ]);
    expect(told(out).figures).toMatchObject({ created: 32, refused: 10 });
    for (const value of ['apples', 'Beispiel', '60000', '31.12.2020']) expect(out).not.toContain(value);
    const events = await desk.app.db.admin(
      `select outcome, details from platform.audit_event where org_id = $1 and kind = 'data.imported'`,
      [tenant.orgId],
    );
    expect(events).toEqual([
      {
        outcome: 'refused',
        details: {
          by: 'operator',
          entity: 'employees',
          atomic: false,
          dryRun: false,
          rows: 42,
          created: 32,
          changed: 0,
          unchanged: 0,
          refused: 10,
          warnings: 31,
        },
      },
    ]);
  });

  it('gets all rows or none with --atomic', async () => {
    const file = put([ANNA, { ...BEN, email: 'nobody' }, CARL]);
    await desk.import(tenant, file);
    desk.answer(`${file}.mapping`);
    const before = await desk.live(tenant);
    const refused = await desk.bring(tenant, file, '--atomic');
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('Line 3 refused: email is no address.');
    expect(refused.out).toContain('Nothing was imported');
    expect(await desk.live(tenant)).toEqual(before);
    const late = put([ANNA, { ...BEN, email: 'ANNA@example.test' }], 'late.csv');
    expect(await desk.bring(tenant, late, '--atomic')).toMatchObject({ code: 1 });
    expect(await desk.live(tenant)).toEqual(before);
    put([ANNA, BEN, CARL], file);
    expect(await desk.bring(tenant, file, '--atomic')).toMatchObject({ code: 0 });
    expect(await desk.people(tenant)).toHaveLength(3);
  });

  it('finds managers wherever they are in the file, and is warned of the others', async () => {
    const file = put([
      CARL,
      BEN,
      { ...ANNA, manager: 'Carl Probe' },
      { ...ANNA, number: '4', first: 'Nora', email: '', manager: 'Nobody Known' },
      { ...ANNA, number: '5', first: 'Twin', email: '', manager: '' },
      { ...ANNA, number: '6', first: 'Twin', email: '', manager: '' },
      { ...ANNA, number: '7', first: 'Dora', email: '', manager: 'Twin Muster' },
      { ...ANNA, number: '8', first: 'Émil', last: "O'Łódź", email: '', manager: 'BEISPIEL , ben' },
      { ...ANNA, number: '9', first: 'Fay', email: '', manager: 'Emil O’Lodz' },
    ]);
    const { code, out } = await desk.bring(tenant, file);
    expect(code).toBe(0);
    expect(told(out).lines).toEqual([
      'Warning, line 4: with this manager (column Manager) the person would report to themselves: imported without.',
      'Warning, line 5: the manager (column Manager) is nobody of the file or the organization: imported without.',
      "Warning, line 8: several people have the manager's name (column Manager): imported without; a column with employee numbers would tell.",
    ]);
    const managers = Object.fromEntries((await desk.people(tenant)).map(({ number, manager }) => [number, manager]));
    expect(managers).toEqual({ 1: null, 2: '1', 3: '2', 4: null, 5: null, 6: null, 7: null, 8: '2', 9: '8' });
  });

  it('keeps history when people change, and leaves alone who is not in the file', async () => {
    const file = put([ANNA, BEN, CARL]);
    await desk.bring(tenant, file);
    put(
      [
        { ...BEN, salary: '65000', job: 'Lead', department: 'Data', manager: '' },
        { ...CARL, end: '2024-06-30', manager: 'Anna Muster' },
      ],
      file,
    );
    const second = await desk.bring(tenant, file);
    expect(told(second.out).figures).toEqual({ ...IMPORTED, changed: 2, 'new job roles': 1, 'new teams': 1 });
    expect(second.out).toContain('1 people of the organization are not in the file; they stay as they are.');
    const [{ today } = { today: '' }] = await desk.app.db.admin<{ today: string }>(
      `select (clock_timestamp() at time zone 'UTC')::date::text as today`,
    );
    const rows = (sql: string): Promise<unknown[]> => desk.app.db.admin(sql, [tenant.orgId]);
    expect(
      await rows(`select e.external_id as n, t.effective_from::text as "from", t.effective_to::text as "to", m.external_id as manager, r.title
        from employment_terms t join employee e on e.org_id = t.org_id and e.id = t.employee_id left join employee m on m.org_id = t.org_id and m.id = t.manager_id
        join job_role r on r.org_id = t.org_id and r.id = t.job_role_id where t.org_id = $1 order by 1, 2`),
    ).toEqual([
      { n: '1', from: '2019-10-23', to: null, manager: null, title: 'Engineer' },
      { n: '2', from: '2021-03-15', to: before(today), manager: '1', title: 'Engineer' },
      { n: '2', from: today, to: null, manager: null, title: 'Lead' },
      { n: '3', from: '2022-12-31', to: '2024-06-29', manager: '2', title: 'Engineer' },
      { n: '3', from: '2024-06-30', to: null, manager: '1', title: 'Engineer' },
    ]);
    expect(
      await rows(`select e.external_id as n, s.effective_date::text as day, trim_scale(s.annual_salary)::text as pay from salary_adjustment s
        join employee e on e.org_id = s.org_id and e.id = s.employee_id where s.org_id = $1 and e.external_id = '2' order by 2`),
    ).toEqual([
      { n: '2', day: '2021-03-15', pay: '60000' },
      { n: '2', day: today, pay: '65000' },
    ]);
    expect(
      await rows(`select e.external_id as n, t.name, a.start_date::text as "from", a.end_date::text as "to" from allocation a
        join employee e on e.org_id = a.org_id and e.id = a.employee_id join team t on t.org_id = a.org_id and t.id = a.target_team_id where a.org_id = $1 order by 1, 3`),
    ).toEqual([
      { n: '1', name: 'Platform', from: '2019-10-23', to: null },
      { n: '2', name: 'Platform', from: '2021-03-15', to: before(today) },
      { n: '2', name: 'Data', from: today, to: null },
      { n: '3', name: 'Platform', from: '2022-12-31', to: '2024-06-30' },
    ]);
    const settled = await desk.live(tenant);
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, unchanged: 2 });
    expect(await desk.live(tenant)).toEqual(settled);
    put([{ ...CARL, end: '', manager: 'Anna Muster' }], file);
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, changed: 1 });
    put([{ ...CARL, start: '2020-02-01', end: '', manager: 'Anna Muster' }], file);
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, changed: 1 });
    expect((await desk.people(tenant))[2]).toMatchObject({
      number: '3',
      start: '2020-02-01',
      end: null,
      pay: '50000 EUR 2020-02-01',
      team: 'Platform',
    });
  });

  it('has nothing but the team go along when an employment ends, is prolonged, and ends no more', async () => {
    const rows = (sql: string): Promise<Record<string, string>[]> => desk.app.db.admin(sql, [tenant.orgId]);
    const file = put([{ ...ANNA, end: '2997-03-31' }]);
    await desk.bring(tenant, file);
    await rows(`insert into project (org_id, id, name) values ($1, 'prj_aaaaaaaaaaaa', 'Apollo'), ($1, 'prj_bbbbbbbbbbbb', 'Hermes')`);
    await rows(`insert into allocation (org_id, id, employee_id, target_project_id, fte, start_date, end_date)
      select $1, a.id, e.id, a.project, 0.5, '2019-10-23', a.last::date from employee e, (values
        ('alc_aaaaaaaaaaaa', 'prj_aaaaaaaaaaaa', '2997-03-31'), ('alc_bbbbbbbbbbbb', 'prj_bbbbbbbbbbbb', '2996-12-31')) a (id, project, last) where e.org_id = $1`);
    const days = async (): Promise<unknown> =>
      (
        await rows(`select coalesce(p.name, t.name) || ' ' || a.start_date || ' ' || coalesce(a.end_date::text, 'open') as day from allocation a
        left join project p on p.org_id = a.org_id and p.id = a.target_project_id left join team t on t.org_id = a.org_id and t.id = a.target_team_id
        where a.org_id = $1 order by 1`)
      ).map(({ day }) => day);
    const told: unknown[] = [];
    for (const [start, end] of [
      ['2019-10-23', '2998-03-31'],
      ['2019-10-01', '2995-06-30'],
      ['2019-10-01', '2024-06-30'],
      ['2019-10-01', ''],
    ] as const) {
      put([{ ...ANNA, start, end }], file);
      expect((await desk.bring(tenant, file)).code).toBe(0);
      told.push(await days());
    }
    expect(told).toEqual([
      ['Apollo 2019-10-23 2997-03-31', 'Hermes 2019-10-23 2996-12-31', 'Platform 2019-10-23 2998-03-31'],
      ['Apollo 2019-10-23 2995-06-30', 'Hermes 2019-10-23 2995-06-30', 'Platform 2019-10-01 2995-06-30'],
      ['Apollo 2019-10-23 2024-06-30', 'Hermes 2019-10-23 2024-06-30', 'Platform 2019-10-01 2024-06-30'],
      ['Apollo 2019-10-23 2997-03-31', 'Hermes 2019-10-23 2996-12-31', 'Platform 2019-10-01 open'],
    ]);
  });

  it('has the team follow the contracted share from the day on, but not a share that somebody set', async () => {
    const rows = (sql: string): Promise<Record<string, string>[]> => desk.app.db.admin(sql, [tenant.orgId]);
    const file = put([
      { ...ANNA, fte: '0.5' },
      { ...BEN, fte: '0.5' },
    ]);
    await desk.bring(tenant, file);
    await rows(
      `update allocation a set fte = 0.3 from employee e where a.org_id = $1 and e.org_id = $1 and e.id = a.employee_id and e.external_id = '2'`,
    );
    desk.answer(`${file}.mapping`, { 'changes from': '2026-03-01' });
    put(
      [
        { ...ANNA, fte: '1' },
        { ...BEN, fte: '1' },
      ],
      file,
    );
    await desk.bring(tenant, file);
    desk.answer(`${file}.mapping`, { 'changes from': '2025-03-01' });
    put([{ ...ANNA, fte: '0.66667' }], file);
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, changed: 1 });
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, unchanged: 1 });
    const shares =
      await rows(`select e.external_id as n, a.fte::float8 as fte, a.start_date::text as "from", a.end_date::text as "to" from allocation a
      join employee e on e.org_id = a.org_id and e.id = a.employee_id where a.org_id = $1 order by 1, 3`);
    expect(shares).toEqual([
      { n: '1', fte: 0.5, from: '2019-10-23', to: '2025-02-28' },
      { n: '1', fte: 0.667, from: '2025-03-01', to: '2026-02-28' },
      { n: '1', fte: 1, from: '2026-03-01', to: null },
      { n: '2', fte: 0.3, from: '2021-03-15', to: null },
    ]);
  });

  it('has months, part time and percentages understood', async () => {
    const file = put([
      { ...ANNA, fte: '50', salary: '2000' },
      { ...BEN, fte: '100', salary: '' },
    ]);
    await desk.import(tenant, file);
    desk.answer(`${file}.mapping`, { 'pay period': 'month', 'pay basis': 'actual', 'fte unit': 'percent', currency: 'CHF' });
    const { out } = await desk.bring(tenant, file);
    expect(told(out).lines).toEqual(['Warning, line 3: salary is blank: imported without pay.']);
    expect(await desk.people(tenant)).toMatchObject([
      { fte: '0.500', pay: '48000 CHF 2019-10-23' },
      { fte: '1.000', pay: null },
    ]);
  });

  it('has a row refused that only the database finds wrong, and the rest of its batch goes in', async () => {
    const skills = Array.from({ length: 101 }, (_, index) => `skill ${index}`).join(',');
    const file = put([ANNA, { ...BEN, skills }, CARL]);
    const { code, out } = await desk.bring(tenant, file);
    expect(code).toBe(3);
    expect(told(out).lines).toEqual([
      'Line 3 refused: breaks the rule employee_skills_check of the database.',
      "Warning, line 4: the manager's own row was refused: imported without.",
    ]);
    expect((await desk.people(tenant)).map(({ number, manager }) => [number, manager])).toEqual([
      ['1', null],
      ['3', null],
    ]);
  });

  it('leaves it to the operator which of several teams of one name is meant', async () => {
    const teams = ['a', 'b', 'c', 'd'].map((letter) => `team_${letter.repeat(12)}`);
    const [top, other, ...twins] = teams as [string, string, string, string];
    await desk.app.db.admin(
      `insert into team (org_id, id, name, parent_team_id) values ($1, $2, 'Top', null), ($1, $3, 'Other', null), ($1, $4, 'Twin', $2), ($1, $5, 'Twin', $3)`,
      [tenant.orgId, top, other, ...twins],
    );
    const file = put([{ ...ANNA, department: 'TWIN' }]);
    const { code, out } = await desk.bring(tenant, file);
    expect(code).toBe(3);
    expect(out).toContain('Line 2 refused: several teams have the name of department (column Department)');
    desk.put(`${file}.mapping`, `${desk.text(`${file}.mapping`)}\n[values of department]\nTWIN = ${twins[1]}\n`);
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, created: 1 });
    const [{ target } = { target: '' }] = await desk.app.db.admin<{ target: string }>(
      'select target_team_id as target from allocation where org_id = $1',
      [tenant.orgId],
    );
    expect(target).toBe(twins[1]);
  });

  it('has a file of some megabytes arrive whole', async () => {
    const people = Array.from({ length: 250 }, (_, index): Line => ({ ...ANNA, number: `n${index}`, email: '' }));
    const [header, ...lines] = staffFile(people).trimEnd().split('\n');
    const file = 'large.csv';
    desk.put(file, [`${header};Note`, ...lines.map((line, index) => `${line};${String(index % 10).repeat(10_000)}`)].join('\n'));
    expect(told((await desk.bring(tenant, file)).out).figures).toMatchObject({ created: 250 });
    expect(told((await desk.bring(tenant, file)).out).figures).toEqual({ ...IMPORTED, unchanged: 250 });
  });

  it('can follow the example of the documentation to the figures that it shows', async () => {
    const page = readFileSync(join(__dirname, '../../docs/importing.md'), 'utf8');
    const [table, report] = [...page.slice(0, page.indexOf('## What is detected')).matchAll(/```text\n([\s\S]*?)```/g)].map(([, block]) =>
      block!.replace(/^ {3}(?=\S| {2})/gm, ''),
    );
    desk.put('staff.csv', table!);
    expect((await desk.import(tenant, 'staff.csv')).code).toBe(4);
    const proposal = desk.text('staff.csv.mapping');
    for (const block of [...page.matchAll(/```ini\n([\s\S]*?)```/g)].map(([, lines]) => lines!)) {
      for (const line of block.split('\n').map((one) => one.trim())) if (line !== '…') expect(proposal).toContain(line);
    }
    desk.answer('staff.csv.mapping', { country: 'IT' });
    const { code, out } = await desk.bring(tenant, 'staff.csv');
    expect(code).toBe(0);
    expect(told(out)).toEqual(told(report!));
    expect(await desk.people(tenant)).toMatchObject([
      { number: '1001', last: 'Rossi', team: 'Sales', pay: '84000 EUR 2018-04-23' },
      { number: '1002', manager: '1001', end: '2024-03-31', pay: '52500.5 EUR 2021-09-01' },
      { number: '1003', manager: '1001', pay: null },
    ]);
  });

  it('has formulas, quotation marks and line breaks kept as data', async () => {
    const job = '=HYPERLINK("http://x.example";"a")';
    const file = put([{ ...ANNA, job, department: '@SUM(1+1)', first: 'An\n"na' }]);
    expect(await desk.bring(tenant, file)).toMatchObject({ code: 0 });
    expect(await desk.people(tenant)).toMatchObject([{ role: job, team: '@SUM(1+1)', first: 'An "na' }]);
  });
});

/** The day before. */
function before(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
