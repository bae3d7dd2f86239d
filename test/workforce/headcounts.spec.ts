import fc from 'fast-check';
import { newId } from '../../src/database';
import { CLOCK } from '../../src/workforce/employees.sql';
import { CHECKPOINT, counts } from '../../src/workforce/headcounts.sql';
import { onServer } from '../support/server';
import { type Change, TestPlan } from '../scenarios/plan';
import { Bench, type TestOrganization } from './organization';

interface Write {
  readonly kind: number;
  readonly row: number;
  readonly value: number;
  readonly planned: boolean;
}

/** A row of a table, by its place in the order of ids. */
const picked = (table: string, row: number): string =>
  `(select id from ${table} where org_id = $1 order by id offset (${row} % greatest((select count(*) from ${table} where org_id = $1), 1)) limit 1)`;

const set = (table: string, change: string, row: number): string =>
  `update ${table} set ${change} where org_id = $1 and id = ${picked(table, row)}`;

/** What can happen to whatever is counted. */
const LIVE: readonly ((row: number, value: number) => string)[] = [
  (row, value) => set('employee', `end_date = start_date + ${value}`, row),
  (row) => set('employee', 'end_date = null', row),
  (row, value) => set('employee', `notice_date = start_date + ${value}`, row),
  (row, value) => set('employment_terms', `job_role_id = ${picked('job_role', value)}`, row),
  (row, value) => set('allocation', `target_team_id = ${picked('team', value)}`, row),
  (row, value) => set('allocation', `end_date = start_date + ${value}`, row),
  (row, value) => set('allocation', `start_date = start_date + ${value}, end_date = start_date + 2 * ${value}`, row),
  (row) => set('allocation', 'is_primary = not is_primary', row),
  (row) => `delete from allocation where org_id = $1 and id = ${picked('allocation', row)}`,
  (row, value) => `insert into allocation (org_id, id, employee_id, target_team_id, fte, start_date, end_date, is_primary)
    select $1, '${newId('alc')}', ${picked('employee', row)}, ${picked('team', value)}, 0.5, date '2025-01-01' + ${value}, date '2026-01-01' + ${value}, true`,
  (row, value) => `with gone as (${set('employee', `end_date = start_date + ${value}`, row)} returning id)
    update allocation a set end_date = a.start_date + ${value} from gone where a.org_id = $1 and a.employee_id = gone.id`,
  (row) => `with allocated as (delete from allocation where org_id = $1 and employee_id = ${picked('employee', row)}),
      employed as (delete from employment_terms where org_id = $1 and employee_id = ${picked('employee', row)})
    delete from employee where org_id = $1 and id = ${picked('employee', row)}`,
];

const write: fc.Arbitrary<Write> = fc.record({
  ...{ kind: fc.nat({ max: 60 }), row: fc.nat({ max: 9 }), value: fc.integer({ min: 1, max: 900 }), planned: fc.boolean() },
});

const RUNS = `x.from_day <= $2::date and x.to_day >= $2::date`;
const STRETCH = `select e.id, 'team' as kind, a.target_team_id as key, greatest(e.start_date, a.start_date) as from_day,
    least(coalesce(e.end_date, 'infinity'), coalesce(a.end_date, 'infinity')) as to_day
  from employee e join allocation a on a.org_id = $1 and a.employee_id = e.id and a.is_primary and a.target_team_id is not null where e.org_id = $1
  union all select e.id, 'job_role', t.job_role_id, greatest(e.start_date, t.effective_from), least(coalesce(e.end_date, 'infinity'), coalesce(t.effective_to, 'infinity'))
  from employee e join employment_terms t on t.org_id = $1 and t.employee_id = e.id where e.org_id = $1
  union all select id, 'started', '', start_date, 'infinity' from employee where org_id = $1
  union all select id, 'left', '', end_date + 1, 'infinity' from employee where org_id = $1 and end_date is not null
  union all select id, 'on_notice', '', greatest(start_date, notice_date), end_date from employee where org_id = $1 and end_date is not null and notice_date is not null`;

/** Everybody counted one by one, and as it is kept; $2 the day. */
const COUNTED = `select x.kind, x.key, count(*)::integer as people from (${STRETCH}) x where ${RUNS} group by 1, 2 order by 1, 2`;
const KEPT = `with ${CLOCK}, ${CHECKPOINT} select h.kind, h.key, sum(h.people)::integer as people
  from (${counts(['started', 'left', 'on_notice', 'team', 'job_role'])}) h group by 1, 2 having sum(h.people) <> 0 order by 1, 2`;

const DAYS = ['2019-12-31', '2024-03-01', '2024-12-31', '2025-01-01', '2025-06-15', '2026-05-01', '2027-12-31'];
const PROPERTY_RUNS = onServer ? 40 : 15;

describe('kept headcounts', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  /** Five people in three teams and two job roles, and a checkpoint that lies back. */
  async function organization(): Promise<TestOrganization> {
    const org = await bench.organization();
    await org.insert('job_role', [{ id: newId('role'), title: 'Lead' }]);
    const teams = [await org.team('A'), await org.team('B'), await org.team('C')];
    await org.people(
      ['2020-01-01', '2024-02-29', '2025-01-01', '2025-07-01', '2027-02-01'].map((start, index) => ({
        ...{ start, team: teams[index % 3] as string, end: index === 1 ? '2025-12-31' : null, notice: index === 1 ? '2025-06-01' : null },
      })),
    );
    await org.write(async (db) => {
      await db.query(`insert into headcount_checkpoint (org_id, day) values ($1, '2025-01-01')`, [org.id]);
      await db.query(
        `insert into headcount_level (org_id, kind, day, key, people)
         select org_id, kind, '2025-01-01', key, sum(people) from headcount_step where org_id = $1 and day <= '2025-01-01' group by org_id, kind, key`,
        [org.id],
      );
    });
    return org;
  }

  /** What the scenario does to rows of its own world; nothing where there is no such row. */
  async function planned(org: TestOrganization, plan: TestPlan, { kind, row, value }: Write): Promise<Change[]> {
    const choose = async (table: string, number: number): Promise<string> => {
      const ids = await plan.read<{ id: string }>(`select id from ${table} where org_id = $1 order by id`, [org.id]);
      return ids[number % ids.length]?.id ?? newId('emp');
    };
    const update = async (entity: string, patch: object): Promise<Change[]> => [
      { op: 'update', entity, id: await choose(entity, row), patch },
    ];
    const day = (from: number): string => new Date(Date.UTC(from, 0, 1 + value)).toISOString().slice(0, 10);
    const [employee, team] = [await choose('employee', row), await choose('team', value)];
    const hired = newId('emp');
    const makes: (() => Promise<Change[]>)[] = [
      () => update('employee', { end_date: day(2027) }),
      () => update('employee', { notice_date: day(2024) }),
      () => update('employee', { start_date: day(2019) }),
      () => update('allocation', { target_team_id: team }),
      () => update('allocation', { is_primary: value % 2 === 0 }),
      () => update('employment_terms', { effective_from: day(2019) }),
      async () => [{ op: 'delete', entity: 'allocation', id: await choose('allocation', row) }],
      async () => [{ op: 'delete', entity: 'employee', id: employee }],
      async () => [{ op: 'restore', entity: 'employee', id: employee, patch: { end_date: null } }],
      async () => [
        {
          op: 'create',
          entity: 'allocation',
          id: newId('alc'),
          patch: { employee_id: employee, target_team_id: team, fte: 1, start_date: day(2024), is_primary: true },
        },
      ],
      async () => [
        { op: 'create', entity: 'employee', id: hired, patch: { first_name: 'New', last_name: 'Hire', start_date: day(2024) } },
        {
          op: 'create',
          entity: 'allocation',
          id: newId('alc'),
          patch: { employee_id: hired, target_team_id: team, fte: 1, start_date: day(2024), is_primary: true },
        },
      ],
    ];
    return (makes[kind % makes.length] as () => Promise<Change[]>)();
  }

  describe('of a scenario', () => {
    const PATCHES: readonly [string, object, string][] = [
      ['a notice date', { notice_date: '2024-06-01' }, `notice_date = '2024-10-01'`],
      ['an end date', { end_date: '2024-12-30' }, `end_date = '2026-04-30'`],
      ['both', { notice_date: '2025-01-01', end_date: '2026-05-01' }, `notice_date = null`],
    ];

    it.each(PATCHES)('have %s that it changes, also when live moves below it, and when it is taken back', async (_, patch, live) => {
      const org = await organization();
      const plan = await TestPlan.create(bench, org);
      // The one who leaves: on notice from 2025-06-01, until 2025-12-31.
      const [leaver] = await plan.read<{ id: string }>('select id from employee where org_id = $1 and end_date is not null', [org.id]);
      const counted = async (): Promise<string> => {
        const told: unknown[] = [];
        for (const day of DAYS) {
          const kept = await plan.read(KEPT, [org.id, day]);
          expect([day, kept]).toEqual([day, await plan.read(COUNTED, [org.id, day])]);
          told.push(kept);
        }
        return JSON.stringify(told);
      };
      const change = (op: Change['op'], of: object): Promise<void> => plan.change({ op, entity: 'employee', id: leaver!.id, patch: of });
      const before = await counted();
      await change('update', patch);
      expect(await counted()).not.toBe(before);
      await org.write((db) => db.query(`update employee set ${live} where org_id = $1 and id = $2`, [org.id, leaver!.id]));
      await counted();
      await change('restore', patch);
      await counted();
    });
  });

  it('stay those of a scenario that says what live said, when live says something else', async () => {
    const org = await organization();
    const plan = await TestPlan.create(bench, org);
    const [allocation] = await plan.read<{ id: string }>('select id from allocation where org_id = $1 order by id limit 1', [org.id]);
    await plan.change({ op: 'update', entity: 'allocation', id: allocation!.id, patch: { is_primary: true } });
    await org.write((db) => db.query('update allocation set is_primary = false where org_id = $1 and id = $2', [org.id, allocation!.id]));
    for (const day of DAYS) expect([day, await plan.read(KEPT, [org.id, day])]).toEqual([day, await plan.read(COUNTED, [org.id, day])]);
  });

  it('are those of counting everybody, on any day, in live data and in a scenario', async () => {
    let refused = 0;
    let done = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 8 }), async (writes) => {
        const org = await organization();
        const plan = await TestPlan.create(bench, org);
        for (const one of writes) {
          // Whatever a rule of the database forbids has not happened.
          await (
            one.planned
              ? planned(org, plan, one).then((changes) => plan.change(...changes))
              : org.write((db) => db.query((LIVE[one.kind % LIVE.length] as (typeof LIVE)[number])(one.row, one.value), [org.id]))
          ).then(
            () => (done += 1),
            () => (refused += 1),
          );
        }
        for (const day of DAYS) {
          const live = (sql: string): Promise<unknown> => org.as('owner', ({ db }) => db.query(sql, [org.id, day]));
          expect([day, 'live', await live(KEPT)]).toEqual([day, 'live', await live(COUNTED)]);
          expect([day, 'plan', await plan.read(KEPT, [org.id, day])]).toEqual([day, 'plan', await plan.read(COUNTED, [org.id, day])]);
        }
        const steps = `select kind, day, key, people from headcount_step where org_id = $1 and people <> 0 order by 1, 2, 3`;
        const kept = await org.write((db) => db.query(steps, [org.id]));
        await org.write((db) => db.query('select live.rebuild_all_headcounts($1)', [org.id]));
        expect(kept).toEqual(await org.write((db) => db.query(steps, [org.id])));
      }),
      { numRuns: PROPERTY_RUNS },
    );
    expect(refused).toBeLessThan(done);
  }, 600_000);
});
