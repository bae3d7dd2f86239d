import { newId } from '../../src/database';
import { Permission } from '../../src/permissions';
import { Bench, refusal, TestOrganization } from './organization';

const TODAY = '2026-06-15';
const SALARY = '87654.32';

describe('get_employee_details', () => {
  let bench: Bench;
  let org: TestOrganization;
  let boss: string;
  let person: string;

  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
    const team = await org.team('Crew');
    boss = await org.person({ first: 'Boss', last: 'One', externalId: 'HR-1', email: 'boss@example.test' });
    [person] = (await org.people([
      {
        first: 'Zoe',
        manager: boss,
        team,
        fte: 0.8,
        skills: ['SQL'],
        pay: { '2020-01-01': ['70000', '0', 'EUR'], '2025-01-01': [SALARY, '1000.005', 'EUR'], '2027-01-01': ['99000', '0', 'EUR'] },
      },
      { first: 'Ann', manager: boss },
      { first: 'Gone', manager: boss, end: '2024-12-31' },
      { first: 'Soon', manager: boss, start: '2027-01-01' },
    ])) as [string];
  });
  afterAll(() => bench.close());

  const details = (who: string, caller: string | Permission[] = 'viewer', asOf = TODAY) =>
    org.as(caller, (ctx) => bench.employees.details(ctx, who, asOf));

  it('shows person, manager, team, skills and allocations', async () => {
    const record = await details(person);
    expect(record).toMatchObject({
      asOf: TODAY,
      person: {
        id: person,
        firstName: 'Zoe',
        status: 'active',
        fte: 0.8,
        jobRole: { name: 'Engineer' },
        workType: { name: 'Permanent' },
        geography: { name: 'Home' },
      },
      manager: { id: boss, name: 'Boss One' },
      team: { name: 'Crew' },
      skills: ['SQL'],
      reportCount: 0,
      reports: [],
    });
    expect(record.allocations).toEqual([expect.objectContaining({ team: 'Crew', fte: 0.8, startDate: '2020-01-01', isPrimary: true })]);
  });

  it('shows allocations to projects, current and agreed, to who may see projects', async () => {
    const [harbour, old] = [newId('prj'), newId('prj')];
    await org.insert('project', [
      { id: harbour, name: 'Harbour' },
      { id: old, name: 'Old' },
    ]);
    const rows = [
      { id: newId('alc'), employee_id: person, target_project_id: harbour, fte: 0.4, start_date: '2026-09-01', end_date: '2026-12-31' },
      { id: newId('alc'), employee_id: person, target_project_id: old, fte: 0.4, start_date: '2025-01-01', end_date: '2025-12-31' },
    ];
    for (const row of rows) await org.insert('allocation', [row]);
    expect((await details(person)).projectAllocations).toEqual([
      { id: rows[0]?.id, projectId: harbour, project: 'Harbour', fte: 0.4, startDate: '2026-09-01', endDate: '2026-12-31' },
    ]);
    const without = await details(person, ['people.read', 'teams.read', 'allocations.read', 'compensation.read']);
    expect([without.redacted, without.projectAllocations]).toEqual([['projectAllocations'], undefined]);
  });

  it('counts as reports only who is employed on the day', async () => {
    expect((await details(boss)).reports.map(({ name }) => name)).toEqual(['Ann Test', 'Zoe Test']);
    expect((await details(boss, 'viewer', '2024-06-01')).reports.map(({ name }) => name)).toEqual(['Ann Test', 'Gone Test', 'Zoe Test']);
    expect((await details(boss, 'viewer', '2027-06-01')).reportCount).toBe(3);
  });

  it('takes an id, an external id and an e-mail address', async () => {
    for (const who of [boss, 'ext:HR-1', 'BOSS@example.test']) expect((await details(who)).person.id).toBe(boss);
    for (const who of ['emp_aaaaaaaaaaaa', 'ext:HR-2', 'nobody@example.test']) expect((await refusal(details(who))).code).toBe('NOT_FOUND');
  });

  it('does not show salaries without compensation.read', async () => {
    for (const role of ['viewer', 'member', 'manager', 'admin']) {
      const record = await details(person, role);
      expect(record.redacted).toEqual(['salary', 'salaryHistory']);
      expect(JSON.stringify(record)).not.toMatch(/87654|70000|99000|EUR/);
    }
  });

  it('shows the salary in force and its history, rounded half-even, with compensation.read', async () => {
    const record = await details(person, 'finance');
    expect(record).not.toHaveProperty('redacted');
    expect(record.salary).toMatchObject({ effectiveDate: '2025-01-01', annualSalary: SALARY, annualBonus: '1000.00', currency: 'EUR' });
    expect(record.salaryHistory?.map(({ effectiveDate }) => effectiveDate)).toEqual(['2027-01-01', '2025-01-01', '2020-01-01']);
    expect((await details(person, 'finance', '2022-01-01')).salary?.annualSalary).toBe('70000.00');
    expect((await details(boss, 'owner')).salary).toBeUndefined();
  });

  it('leaves out what a narrowed connection does not cover', async () => {
    const record = await details(person, ['people.read', 'compensation.read']);
    expect(record.redacted).toEqual(['team', 'allocations', 'projectAllocations']);
    expect(record).not.toHaveProperty('team');
    expect(record).not.toHaveProperty('allocations');
  });

  it('describes who left by their last day and who is to come by their first', async () => {
    const [gone, soon] = await org.people([
      { end: '2024-12-31', team: await org.team('Old crew') },
      { start: '2027-03-01', team: await org.team('New crew') },
    ]);
    expect(await details(gone as string)).toMatchObject({ person: { status: 'departed' }, team: { name: 'Old crew' } });
    expect(await details(soon as string)).toMatchObject({ person: { status: 'future' }, team: { name: 'New crew' } });
  });
});
