import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { newId } from '../../src/database';
import { itOnServer } from '../support/database';
import { Bench, type TestOrganization } from '../workforce/organization';
import { facts as anyFacts } from './arbitrary-facts';
import { CostOrganization, emptyOrganization } from './organization';

/** A row of a table, by its place in the order of ids; $1 organization, $2 a number. */
const picked = (table: string): string =>
  `(select id from ${table} where org_id = $1 order by id offset ($2::integer % greatest((select count(*) from ${table} where org_id = $1), 1)) limit 1)`;

const set = (table: string, change: string): string => `update ${table} set ${change} where org_id = $1 and id = ${picked(table)}`;
const drop = (table: string): string => `delete from ${table} where org_id = $1 and id = ${picked(table)}`;

/** What can happen to whatever costs something; $3 is another number. */
const WRITES = [
  set('employee', 'end_date = start_date + $3::integer'),
  set('employee', 'end_date = null'),
  set('employment_terms', 'contracted_fte = 0.5 + $3::numeric / 1000'),
  set('employment_terms', `geography_id = ${picked('geography')}`),
  set('employment_terms', `work_type_id = ${picked('work_type')}`),
  set('salary_adjustment', 'annual_salary = annual_salary + $3::numeric, annual_bonus = annual_bonus + 1'),
  set('salary_adjustment', `currency = case when $3::integer % 2 = 0 then 'EUR' else 'CHF' end`),
  drop('salary_adjustment'),
  set('contractor', 'start_date = start_date - $3::integer'),
  set('rate_adjustment', `rate_type = 'monthly', rate = rate + $3::numeric`),
  drop('rate_adjustment'),
  set('vacancy', `status = 'on_hold', filled_by_employee_id = null, filled_by_contractor_id = null`),
  set('vacancy', `fte = 0.2 + $3::numeric / 1000`),
  set('ai_agent', 'seats = $3::integer'),
  set('allocation', 'fte = 0.1 + $3::numeric / 1000'),
  set('allocation', 'end_date = start_date + $3::integer'),
  set('allocation', `target_project_id = ${picked('project')}, target_team_id = null`),
  drop('allocation'),
  drop('allocation'),
];

/** People and contractors go, too, with whatever hangs on them. */
const ADD = `insert into allocation (org_id, id, employee_id, target_team_id, fte, start_date)
  select $1, $4, ${picked('employee')}, ${picked('team')}, 0.7, date '2024-01-01' + $3::integer where ${picked('employee')} is not null`;

const write = fc.record({ kind: fc.nat({ max: WRITES.length }), row: fc.nat({ max: 20 }), value: fc.nat({ max: 300 }) });
const transactions = fc.array(fc.array(write, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

describe('stored costs', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it('after any writes are those of a full rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, transactions, async (facts, writes) => {
        const org = await emptyOrganization(bench);
        await org.load(facts);
        for (const transaction of writes)
          await org.write(async (db) => {
            for (const { kind, row, value } of transaction) {
              const sql = WRITES[kind] ?? ADD;
              await db.query(sql, [org.id, row, value, newId('alc')].slice(0, parameters(sql)));
            }
          });
        const kept = await stored(org);
        await org.write((db) => db.query('select live.rebuild_all_costs($1)', [org.id]));
        expect(kept).toEqual(await stored(org));
        expect(kept.dirty).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 600_000);

  itOnServer('are right after two transactions at once that concern one team', async () => {
    const org = await bench.organization();
    const team = await org.team('Platform');
    const pay = { '2024-01-01': ['1000', '0', 'EUR'] as [string, string, string] };
    const [ada, bob] = (await org.people([
      { team, pay },
      { team, pay },
    ])) as [string, string];
    const project = newId('prj');
    await org.insert('project', [{ id: project, name: 'Ledger' }]);
    await org.insert('allocation', [{ id: newId('alc'), team_id: team, target_project_id: project, fte: 1, start_date: '2026-01-01' }]);
    const leave = (db: EntityManager, person: string, day: string): Promise<unknown> =>
      db.query('update allocation set end_date = $3 where org_id = $1 and employee_id = $2', [org.id, person, day]);
    let second: Promise<unknown> = Promise.resolve();
    await org.write(async (db) => {
      await leave(db, ada, '2026-03-31');
      await db.query('set constraints all immediate'); // rebuilt, and not yet committed
      second = org.write((other) => leave(other, bob, '2026-06-30'));
      await pause(500);
    });
    await second;
    const kept = await stored(org);
    await org.write((db) => db.query('select live.rebuild_all_costs($1)', [org.id]));
    expect(kept.draws).toHaveLength(7); // before the project; then for two members, one and none a row for the project and one for the rest
    expect(kept).toEqual(await stored(org));
  });

  it('are rebuilt for those whom a write concerns, and for nobody else', async () => {
    const org = await bench.organization();
    const [ada, bob] = await org.people([{ pay: { '2024-01-01': ['1000', '0', 'EUR'] } }, { pay: { '2024-01-01': ['2000', '0', 'EUR'] } }]);
    const versions = async (): Promise<Record<string, string>> => {
      const rows = await bench.test.admin<{ subject_id: string; versions: string }>(
        `select subject_id, string_agg(xmin::text, ' ') as versions from live.cost_segment where org_id = $1 group by subject_id`,
        [org.id],
      );
      return Object.fromEntries(rows.map((row) => [row.subject_id, row.versions]));
    };
    const before = await versions();
    await org.write((db) =>
      db.query('update salary_adjustment set annual_salary = 1500 where org_id = $1 and employee_id = $2', [org.id, ada]),
    );
    const after = await versions();
    expect(after[ada as string]).not.toBe(before[ada as string]);
    expect(after[bob as string]).toBe(before[bob as string]);
    await org.write((db) => db.query(`update employee set skills = '{SQL}' where org_id = $1`, [org.id]));
    expect(await versions()).toEqual(after);
  });
});

const parameters = (sql: string): number => Math.max(...[...sql.matchAll(/\$(\d)/g)].map(([, number]) => Number(number)));

async function stored(org: CostOrganization | TestOrganization): Promise<Record<'segments' | 'draws' | 'dirty', string[]>> {
  const rows = (table: string): Promise<{ row: string }[]> =>
    org.write((db) => db.query<{ row: string }[]>(`select c::text as row from ${table} c where org_id = $1 order by 1`, [org.id]));
  const [segments, draws, dirty] = [await rows('cost_segment'), await rows('cost_draw'), await rows('cost_dirty')];
  return { segments: texts(segments), draws: texts(draws), dirty: texts(dirty) };
}

const texts = (rows: readonly { row: string }[]): string[] => rows.map(({ row }) => row);
