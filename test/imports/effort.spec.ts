import fc from 'fast-check';
import { newId } from '../../src/database';
import type { Entry } from '../../src/imports/effort/entries';
import { linesOf, weeksOf } from '../../src/imports/effort/weeks';
import type { TestOrganization } from '../workforce/organization';
import { type Brought, ImportBench } from './import-bench';

let desk: ImportBench;
let org: TestOrganization;
beforeAll(async () => {
  desk = await ImportBench.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  org = await desk.bench.organization();
  await org.person({ first: 'Ada', last: 'Amber', email: 'ada@example.test', start: '2026-01-01' });
  await org.person({ first: 'Ben', last: 'Beige', email: 'ben@example.test', start: '2026-09-16', fte: 0.5 }); // a Wednesday
  await org.insert('project', [{ id: newId('prj'), name: 'Apollo', external_id: 'APO' }]);
});

const NOTHING = { created: 0, changed: 0, unchanged: 0, refused: 0, warnings: 0 };
const HOURS = { 'amount unit': 'hours', rest: 'non-project' };

async function twice(file: string | string[][], answers: Record<string, string>, more = ''): Promise<Brought> {
  const first = await desk.bring(org, 'effort', file, { answers, more });
  const before = await desk.live(org);
  const { figures } = await desk.bring(org, 'effort', file, { answers, more });
  expect(figures).toMatchObject({ created: 0, changed: 0, unchanged: first.figures['created'] });
  expect(await desk.live(org)).toEqual(before);
  return first;
}

const lines = (): Promise<Record<string, unknown>[]> =>
  desk.rows(
    org,
    `select coalesce(e.last_name, c.name, a.name) as who, l.week_start::text as week, l.category, p.external_id as project, w.key as item, trim_scale(l.fraction)::text as part, l.source
     from effort_line l left join employee e on e.org_id = l.org_id and e.id = l.employee_id left join contractor c on c.org_id = l.org_id and c.id = l.contractor_id
     left join ai_agent a on a.org_id = l.org_id and a.id = l.ai_agent_id left join project p on p.org_id = l.org_id and p.id = l.project_id
     left join work_item w on w.org_id = l.org_id and w.id = l.work_item_id where l.org_id = $1 order by 1, 2, l.category, w.key`,
  );

const line = (
  who: string,
  week: string,
  category: string,
  part: string,
  project: string | null = null,
  item: string | null = null,
  source = 'other',
) => ({
  ...{ who, week, category, project, item, part, source },
});

describe('effort from a file of one’s own', () => {
  const HEADER = ['Employee', 'Date', 'Project', 'Category', 'Hours'];

  it('makes hours a part of the week that the person works, and the rest what the mapping says', async () => {
    const { figures, lines: told } = await twice(
      [
        HEADER,
        ['ada@example.test', '2026-09-14', 'APO', '', '12'],
        ['Ada Amber', '2026-09-18', 'Apollo', '', '8'],
        ['ada@example.test', '2026-09-20', '', 'Meeting', '4'],
        ['ada@example.test', '2026-09-21', 'Zeus', '', '50'],
        ['ben@example.test', '2026-09-16', 'APO', '', '3'],
        ['ben@example.test', '2026-09-07', 'APO', '', '3'],
        ['nobody@example.test', '2026-09-16', 'APO', '', '3'],
      ],
      HOURS,
    );
    expect(figures).toEqual({ ...NOTHING, created: 3, refused: 2, warnings: 1 });
    expect(told).toEqual([
      'Line 7 refused: the person is not employed in the week of date.',
      'Line 8 refused: who (column Employee) names no employee, contractor or AI agent of the organization.',
      'Warning, line 5: project (column Project) names no project of the organization: counted as unlinked.',
      'Counted are weeks of a person: 3 of 6 rows.',
    ]);
    expect(await lines()).toEqual([
      line('Amber', '2026-09-14', 'non_project', '0.5'), // 4 hours of meetings and 16 that are missing of 40
      line('Amber', '2026-09-14', 'project', '0.5', 'APO'),
      line('Amber', '2026-09-21', 'unlinked', '1'), // more than the week is the whole of it
      line('Beige', '2026-09-14', 'non_project', '0.75'), // three days of half a day are 12 hours
      line('Beige', '2026-09-14', 'project', '0.25', 'APO'),
    ]);
  });

  it('replaces a week as a whole, and leaves the others alone', async () => {
    await desk.bring(org, 'effort', [HEADER, ['Ada Amber', '2026-09-14', 'APO', '', '40'], ['Ada Amber', '2026-09-21', 'APO', '', '40']], {
      answers: HOURS,
    });
    const { figures } = await desk.bring(org, 'effort', [HEADER, ['Ada Amber', '2026-09-21', '', '', '10']], {
      answers: { ...HOURS, rest: 'unlinked' },
    });
    expect(figures).toEqual({ ...NOTHING, changed: 1 });
    expect(await lines()).toEqual([line('Amber', '2026-09-14', 'project', '1', 'APO'), line('Amber', '2026-09-21', 'unlinked', '1')]);
    const scaled = await desk.bring(
      org,
      'effort',
      [HEADER, ['Ada Amber', '2026-09-21', 'APO', '', '1'], ['Ada Amber', '2026-09-21', '', '', '3']],
      {
        answers: { ...HOURS, rest: 'none' },
      },
    );
    expect(scaled.figures).toEqual({ ...NOTHING, changed: 1 });
    expect((await lines()).slice(1)).toEqual([
      line('Amber', '2026-09-21', 'project', '0.25', 'APO'),
      line('Amber', '2026-09-21', 'unlinked', '0.75'),
    ]);
  });

  it('takes contractors, AI agents, fractions and per cents, and does not move live_rev', async () => {
    await org.insert('contractor', [
      {
        id: newId('con'),
        external_id: 'C1',
        name: 'Ina Indigo',
        geography_id: org.place,
        start_date: '2026-01-01',
        contractor_type: 'individual',
      },
    ]);
    await desk.bring(org, 'agents', 'Agent;Vendor;Currency;Start date\nRobot;Example AI;USD;2026-01-31');
    const revision = (): Promise<unknown[]> => desk.rows(org, 'select live_rev from organization where id = $1');
    const before = await revision();
    await twice(
      [
        ['Who', 'Week', 'Project', 'Fraction'],
        ['C1', '2026-09-14', 'APO', '0.3333'],
        ['Robot', '2026-09-14', 'APO', '1'],
      ],
      { rest: 'unlinked' },
    );
    expect(await lines()).toEqual([
      line('Ina Indigo', '2026-09-14', 'project', '0.3333', 'APO'),
      line('Ina Indigo', '2026-09-14', 'unlinked', '0.6667'),
      line('Robot', '2026-09-14', 'project', '1', 'APO'),
    ]);
    expect(await revision()).toEqual(before);
  });
});

describe('effort from an export of Jira', () => {
  const HEADER =
    'Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Assignee,Assignee Id,Reporter,Reporter Id,Created,Updated,Log Work,Log Work,Log Work';

  it('is that of its work logs, by their authors, with issues as work items', async () => {
    const first = await twice(
      `${HEADER}
Login page,APO-1,10001,Story,Done,APO,Apollo,Ada Amber,5b10aaa,Ben Beige,557058:b,03/Sep/26 9:05 AM,20/Sep/26 4:30 PM,"Half; of it;14/Sep/26 9:00 AM;5b10aaa;72000",;17/Sep/26 1:00 PM;557058:b;7200,
"Old, server",OPS-7,10002,Task,Done,OPS,Operations,,,,,03/Sep/26 9:05 AM,20/Sep/26 4:30 PM,"fix
it;15/Sep/26 9:00 AM;5b10aaa;36000",,
No logs,APO-2,10003,Task,Open,APO,Apollo,Ada Amber,5b10aaa,,,03/Sep/26 9:05 AM,20/Sep/26 4:30 PM,,,
`,
      { rest: 'unlinked' },
    );
    expect(first.mapping).toMatch(/export = jira issues[\s\S]*date = dd\/mon\/yyyy[\s\S]*amount unit = seconds/);
    expect(first.figures).toEqual({ ...NOTHING, created: 2, warnings: 1, 'new work items': 2 });
    expect(await lines()).toEqual([
      line('Amber', '2026-09-14', 'project', '0.5', 'APO', 'APO-1', 'jira'),
      line('Amber', '2026-09-14', 'unlinked', '0.25', null, 'OPS-7', 'jira'),
      line('Amber', '2026-09-14', 'unlinked', '0.25', null, null, 'jira'),
      line('Beige', '2026-09-14', 'project', '0.166666', 'APO', 'APO-1', 'jira'),
      line('Beige', '2026-09-14', 'unlinked', '0.833334', null, null, 'jira'),
    ]);
    expect(
      await desk.rows(org, 'select source, key, title, project_id is not null as linked from work_item where org_id = $1 order by key'),
    ).toEqual([
      { source: 'jira', key: 'APO-1', title: 'Login page', linked: true },
      { source: 'jira', key: 'OPS-7', title: 'Old, server', linked: false },
    ]);
  });

  it('has authors whom the file does not explain named by the mapping', async () => {
    const file = `${HEADER}\nLogin,APO-1,1,Story,Done,APO,Apollo,,,,,,,x;14/Sep/26 9:00 AM;712020:c;3600,,\n`;
    const unknown = await desk.bring(org, 'effort', file, { answers: { rest: 'none' } });
    expect(unknown.figures).toMatchObject({ refused: 1 });
    expect(unknown.lines[0]).toBe(
      'Line 2 refused: who (column author) names no employee, contractor or AI agent of the organization: 712020:c.',
    );
    const { figures } = await desk.bring(org, 'effort', file, {
      answers: { rest: 'none' },
      more: '[values of who]\n712020:c = ada@example.test',
    });
    expect(figures).toMatchObject({ created: 1, refused: 0 });
  });
});

describe('an export that is damaged', () => {
  it('is not imported at all where a row has not the cells of the header', async () => {
    const rows = [
      'x;14/Sep/26 9:00 AM;ada@example.test;3600,',
      'x;15/Sep/26 9:00 AM;ada@example.test;3600',
      ',x;16/Sep/26 9:00 AM;Ada Amber;3600,',
    ];
    const file = ['Issue key,Summary,Log Work,Log Work', ...rows.map((row, index) => `APO-${index},S,${row}`)].join('\n');
    const said: string[] = [];
    await expect(desk.bring(org, 'effort', file, { answers: { rest: 'none' }, heard: said })).rejects.toThrow(
      'Nothing was imported: weeks are replaced as a whole',
    );
    expect(said).toEqual(['Line 3 refused: 3 cells where the header has 4.', 'Line 4 refused: 5 cells where the header has 4.']);
    expect(await lines()).toEqual([]);
  });

  it('has each issue told once that cannot have been in progress as it says', async () => {
    const issue = (started: string, completed: string): string => `A,T,Title,Ada Amber,${started},${completed},,2026-09-18`;
    const file = [
      'ID,Team,Title,Assignee,Started,Completed,Canceled,Updated',
      ...[issue('soon', '2026-09-15'), issue('2026-09-16', '2026-09-15'), issue('0026-10-05', ''), issue('2025-12-01', '2026-01-02')],
    ].join('\n');
    const { lines: told, figures } = await desk.bring(org, 'effort', file, { answers: { rest: 'none' } });
    expect(told.slice(0, 4)).toEqual([
      'Line 2 refused: column Started is no day.',
      'Line 3 refused: column Started is after Completed.',
      'Line 4 refused: column Started is more than ten years before Updated.',
      'Line 5 refused: the person is not employed in the week of date.',
    ]);
    expect(figures).toMatchObject({ created: 1, refused: 4 });
  });
});

describe('effort from an export of Linear', () => {
  it('shares out each day among the issues in progress', async () => {
    const header =
      '"ID","Team","Title","Description","Status","Estimate","Priority","Project ID","Project","Creator","Assignee","Labels","Cycle Number","Cycle Name","Cycle Start","Cycle End","Created","Updated","Started","Triaged","Completed","Canceled","Archived","Due Date","Parent issue","Initiatives","Project Milestone ID","Project Milestone","SLA Status","UUID","Time in status (minutes)","Related to","Blocked by","Duplicate of"';
    const date = (day: string): string =>
      day === ''
        ? ''
        : `${new Date(`${day}T10:00:00Z`).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (.*) GMT$/, '$1 $3 $2 $4 $5')} GMT+0000 (GMT+00:00)`;
    const issue = (id: string, project: string, assignee: string, started: string, completed: string, cancelled = ''): string =>
      [
        ...[
          id,
          'ACME',
          `Title of ${id}`,
          'Line one\nline two',
          'Done',
          '',
          'High',
          project && 'uuid-1',
          project,
          'x',
          assignee,
          '',
          '',
          '',
          '',
          '',
        ],
        ...[
          date('2026-09-01'),
          date('2026-09-18'),
          date(started),
          '',
          date(completed),
          date(cancelled),
          '',
          '',
          '',
          '',
          '',
          '',
          '',
          'u',
          '10',
          '',
          '',
          '',
        ],
      ]
        .map((cell) => `"${cell}"`)
        .join(',');
    const first = await twice(
      [
        header,
        issue('ACME-1', 'Apollo', 'ada@example.test', '2026-09-14', '2026-09-16'), // three days, on one of them with the next
        issue('ACME-2', '', 'Ada Amber', '2026-09-16', ''), // still in progress on the last day of the file
        issue('ACME-3', 'Apollo', 'Ada Amber', '', ''), // never started
        issue('ACME-4', 'Apollo', '', '2026-09-14', '2026-09-16'), // nobody's
        issue('ACME-5', 'Apollo', 'ben@example.test', '2026-09-17', '', '2026-09-17'),
      ].join('\n'),
      { rest: 'non-project' },
    );
    expect(first.mapping).toContain('export = linear issues');
    expect(first.figures).toMatchObject({ created: 2, refused: 0, 'new work items': 3 });
    expect(await lines()).toEqual([
      line('Amber', '2026-09-14', 'project', '0.5', 'APO', 'ACME-1', 'linear'),
      line('Amber', '2026-09-14', 'unlinked', '0.5', null, 'ACME-2', 'linear'),
      line('Beige', '2026-09-14', 'non_project', '0.666667', null, null, 'linear'),
      line('Beige', '2026-09-14', 'project', '0.333333', 'APO', 'ACME-5', 'linear'),
    ]);
  });
});

describe('a week in lines', () => {
  const entry = fc.record({
    amount: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 60, noNaN: true })),
    day: fc.constantFrom('2026-09-14', '2026-09-15', '2026-09-20'),
    projectId: fc.constantFrom(null, 'prj_a', 'prj_b', 'prj_c'),
    key: fc.constantFrom(undefined, 'A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6', 'A-7'),
  });

  it('is always the whole week, each line in the proportion of what was said', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 60 }),
        fc.constantFrom('seconds', 'minutes', 'hours', 'days', 'fraction', 'percent', 'share of the day'),
        fc.constantFrom('non-project', 'unlinked', 'none'),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0.2, 0.5, 1),
        (given, unit, rest, days, fte) => {
          const entries = given.map(({ amount, day, projectId, key }, index): Entry => ({
            ...{ line: index, who: { kind: 'employee', id: 'emp_a' }, day, amount, projectId, source: 'other' },
            category: projectId === null ? 'unlinked' : 'project',
            ...(key !== undefined && { item: { key, title: key } }),
          }));
          const [week] = weeksOf(entries);
          const result = linesOf(week!, { days, fte }, { unit, rest, hoursPerDay: 8 });
          const total = given.reduce((sum, { amount }) => sum + amount, 0);
          if (total === 0) return expect(result).toEqual([]);
          expect(result.reduce((sum, { millionths }) => sum + millionths, 0)).toBe(1_000_000);
          expect(result.every(({ millionths }) => Number.isInteger(millionths) && millionths > 0)).toBe(true);
          if (rest !== 'none' || unit === 'share of the day') return undefined;
          const ofProjects = given.filter(({ projectId }) => projectId !== null).reduce((sum, { amount }) => sum + amount, 0) / total;
          const part =
            result.filter(({ category }) => category === 'project').reduce((sum, { millionths }) => sum + millionths, 0) / 1_000_000;
          expect(Math.abs(part - ofProjects)).toBeLessThan(0.0002);
        },
      ),
      { numRuns: 500 },
    );
  });
});
