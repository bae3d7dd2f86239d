import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { newId } from '../../src/database';
import { itOnServer } from '../support/database';
import { Bench, TestOrganization } from '../workforce/organization';
import { append, TestPlan } from './plan';

/** A scenario and live data are written at the same time, in two sessions. */
describe('a scenario that is written while live data below it is', () => {
  let bench: Bench;
  let acme: TestOrganization;
  let plan: TestPlan;
  let ada: string;
  let bob: string;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    acme = await bench.organization();
    plan = await TestPlan.create(bench, acme);
    const team = await acme.team('Platform');
    const pay = { '2024-01-01': ['1000', '0', 'EUR'] as [string, string, string] };
    [ada, bob] = (await acme.people([
      { team, pay },
      { team, pay },
    ])) as [string, string];
    const project = newId('prj');
    await acme.insert('project', [{ id: project, name: 'Ledger' }]);
    await acme.insert('allocation', [{ id: newId('alc'), team_id: team, target_project_id: project, fte: 1, start_date: '2026-01-01' }]);
  });

  const allocationOf = async (person: string): Promise<string> =>
    (await plan.read<{ id: string }>('select id from allocation where org_id = $1 and employee_id = $2', [acme.id, person]))[0]!.id;
  const leaves = async (person: string, end_date: string): Promise<(db: EntityManager) => Promise<void>> => {
    const id = await allocationOf(person);
    return (db) => append(db, acme.id, plan.id, [{ op: 'update', entity: 'allocation', id, patch: { end_date } }]);
  };
  const edit = (db: EntityManager, table: string, person: string, change: string): Promise<unknown> =>
    db.query(`update ${table} set ${change} where org_id = $1 and ${table === 'employee' ? 'id' : 'employee_id'} = $2`, [acme.id, person]);

  /** The second begins when the first has done its work and has yet to commit. */
  async function inTurn(
    first: (work: (db: EntityManager) => Promise<unknown>) => Promise<unknown>,
    work: (db: EntityManager) => Promise<unknown>,
    second: () => Promise<unknown>,
  ): Promise<void> {
    let later: Promise<unknown> = Promise.resolve();
    await first(async (db) => {
      await work(db);
      await db.query('set constraints all immediate'); // costs are rebuilt, and not yet committed
      later = second();
      await Promise.race([later, pause(500)]);
    });
    await later;
  }

  const stored = async (): Promise<string[]> => {
    const rows = await bench.test.admin<{ row: string }>(
      `select s::text as row from overlay.cost_segment s where s.plan_id = $1 union all select d::text from overlay.cost_draw d where d.plan_id = $1 order by 1`,
      [plan.id],
    );
    return rows.map(({ row }) => row);
  };

  async function expectCostsOfARebuild(): Promise<void> {
    const kept = await stored();
    await bench.test.admin(
      `select overlay.rebuild_costs($1, $2, array(select id from overlay.hidden where plan_id = $2 and relation in ('cost_segment', 'cost_draw')))`,
      [acme.id, plan.id],
    );
    expect(kept).toEqual(await stored());
    expect(kept).not.toEqual([]);
  }

  itOnServer('has the costs of both, of a team that both concern', async () => {
    await plan.write(await leaves(ada, '2026-09-30'));
    const earlier = await leaves(ada, '2026-03-31');
    const live = (db: EntityManager): Promise<unknown> => edit(db, 'allocation', bob, `end_date = '2026-06-30'`);
    await inTurn(
      (work) => plan.write(work),
      earlier,
      () => acme.write(live),
    );
    await expectCostsOfARebuild();
    await inTurn(
      (work) => acme.write(work),
      (db) => edit(db, 'allocation', bob, `end_date = '2026-08-31'`),
      async () => plan.write(await leaves(ada, '2026-04-30')),
    );
    await expectCostsOfARebuild();
  });

  itOnServer('has the costs of both, of a person whom it touches for the first time', async () => {
    await inTurn(
      (work) => plan.write(work),
      await leaves(ada, '2026-03-31'),
      () => acme.write((db) => edit(db, 'salary_adjustment', ada, 'annual_salary = 5000')),
    );
    await expectCostsOfARebuild();
    await inTurn(
      (work) => acme.write(work),
      (db) => edit(db, 'salary_adjustment', bob, 'annual_salary = 7000'),
      async () => plan.write(await leaves(bob, '2026-04-30')),
    );
    await expectCostsOfARebuild();
  });

  itOnServer('waits for the live write, and not that for it, where both concern what it has planned for one person', async () => {
    await plan.write(await leaves(ada, '2026-03-31'));
    const pay = { employee_id: ada, effective_date: '2026-01-01', annual_salary: 9000, currency: 'EUR' };
    let later: Promise<unknown> = Promise.resolve();
    await acme.write(async (db) => {
      await edit(db, 'allocation', ada, 'fte = 0.5');
      later = plan.write((other) =>
        append(other, acme.id, plan.id, [{ op: 'create', entity: 'salary_adjustment', id: newId('sal'), patch: pay }]),
      );
      await pause(500);
    });
    await later;
    await expectCostsOfARebuild();
  });

  itOnServer('follows live in the fields that it does not touch, or says that the row is just being changed', async () => {
    const planned = (id: string) => (db: EntityManager) =>
      append(db, acme.id, plan.id, [{ op: 'update', entity: 'employee', id, patch: { first_name: 'Planned' } }]);
    const married = (db: EntityManager, id: string): Promise<unknown> => edit(db, 'employee', id, `last_name = 'Married'`);
    await inTurn(
      (work) => plan.write(work),
      planned(ada),
      () => acme.write((db) => married(db, ada)),
    );
    await acme.write(async (db) => {
      await married(db, bob);
      await expect(plan.write(planned(bob))).rejects.toThrow(/just being changed/);
    });
    await plan.write(planned(bob));
    expect(await plan.read('select first_name, last_name from employee where org_id = $1', [acme.id])).toEqual(
      [ada, bob].map(() => ({ first_name: 'Planned', last_name: 'Married' })),
    );
  });

  /** How many rows of the scenario there are, by table. */
  async function left(): Promise<Record<string, number>> {
    const tables = await bench.test.admin<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where a.attname = 'plan_id' and n.nspname in ('overlay', 'platform') and c.relkind = 'r'`,
    );
    const rows: Record<string, number> = {};
    for (const { name } of tables) {
      const [{ count }] = (await bench.test.admin(`select count(*)::integer from ${name} where plan_id = $1`, [plan.id])) as [
        { count: number },
      ];
      if (count > 0) rows[name] = count;
    }
    return rows;
  }
  const ends = (db: EntityManager): Promise<unknown> => edit(db, 'allocation', ada, `end_date = '2026-06-30', fte = 0.5`);

  itOnServer('leaves nothing behind where it is deleted, whichever of the two comes first', async () => {
    const deletion = (db: EntityManager): Promise<unknown> =>
      db.query(`insert into plan_act (plan_id, act) values ($1, 'delete')`, [plan.id]);
    await plan.write(await leaves(ada, '2026-09-30'));
    await inTurn(
      (work) => plan.write(work),
      deletion,
      () => acme.write(ends),
    );
    expect(await left()).toEqual({});
    plan = await TestPlan.create(bench, acme);
    await plan.write(await leaves(ada, '2026-09-30'));
    await inTurn(
      (work) => acme.write(work),
      ends,
      () => plan.write(deletion),
    );
    expect(await left()).toEqual({});
  });

  itOnServer('is live again where its changes are taken back, whichever of the two comes first', async () => {
    const id = await allocationOf(ada);
    const takeBack = (db: EntityManager): Promise<unknown> =>
      append(db, acme.id, plan.id, [{ op: 'restore', entity: 'allocation', id, patch: { end_date: null } }]);
    await plan.write(await leaves(ada, '2026-09-30'));
    const expectLive = async (): Promise<void> => {
      const read = 'select fte, end_date::text from allocation where id = $1';
      expect(await plan.read(read, [id])).toEqual(await bench.test.admin(read, [id]));
      expect(await left()).not.toHaveProperty('"overlay".allocation');
      await expectCostsOfARebuild();
    };
    await inTurn(
      (work) => plan.write(work),
      takeBack,
      () => acme.write(ends),
    );
    await expectLive();
    await plan.write(await leaves(ada, '2026-08-31'));
    await inTurn(
      (work) => acme.write(work),
      (db) => edit(db, 'allocation', ada, `fte = 0.25`),
      () => plan.write(takeBack),
    );
    await expectLive();
  });
});
