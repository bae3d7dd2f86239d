import { Config } from '../../src/config';
import { CostsService } from '../../src/costs';
import { newId } from '../../src/database';
import { TEST_SECRET } from '../support/app';
import { testDatabase } from '../support/database';
import { Bench, TestOrganization } from '../workforce/organization';
import { TestPlan } from './plan';

describe('the world of a scenario', () => {
  let bench: Bench;
  let acme: TestOrganization;
  let plan: TestPlan;
  let other: TestPlan;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    acme = await bench.organization();
    plan = await TestPlan.create(bench, acme);
    other = await TestPlan.create(bench, acme);
  });
  afterAll(() => bench.close());

  const names = (of: TestPlan = plan): Promise<string[]> =>
    of
      .read<{ name: string }>('select last_name as name from employee where org_id = $1 order by 1', [acme.id])
      .then((rows) => rows.map(({ name }) => name));
  const live = <R>(sql: string, parameters: unknown[] = [acme.id]): Promise<R[]> =>
    acme.as('owner', ({ db }) => db.query<R[]>(sql, parameters));
  const edit = (sql: string, ...parameters: unknown[]): Promise<unknown> => acme.write((db) => db.query(sql, [acme.id, ...parameters]));

  it('is live data until something is changed, and only its own changes after', async () => {
    const [ada, bob] = await acme.people([{ last: 'Ada' }, { last: 'Bob' }, { last: 'Cyd' }]);
    expect(await names()).toEqual(['Ada', 'Bob', 'Cyd']);
    await plan.change(
      { op: 'update', entity: 'employee', id: ada!, patch: { last_name: 'Zoe' } },
      { op: 'delete', entity: 'employee', id: bob! },
      { op: 'create', entity: 'employee', id: newId('emp'), patch: { first_name: 'New', last_name: 'Dan', start_date: '2026-01-01' } },
    );
    expect(await names()).toEqual(['Cyd', 'Dan', 'Zoe']);
    expect(await names(other)).toEqual(['Ada', 'Bob', 'Cyd']);
    expect(await live('select last_name from employee where org_id = $1 order by 1')).toEqual(
      ['Ada', 'Bob', 'Cyd'].map((last_name) => ({ last_name })),
    );
  });

  it('keeps following live in the fields that the scenario does not touch', async () => {
    const ada = await acme.person({ first: 'Ada', last: 'Old' });
    await plan.change({ op: 'update', entity: 'employee', id: ada, patch: { last_name: 'Planned' } });
    await edit(`update employee set first_name = 'Augusta', last_name = 'Married' where org_id = $1 and id = $2`, ada);
    expect(await plan.read('select first_name, last_name from employee where org_id = $1', [acme.id])).toEqual([
      { first_name: 'Augusta', last_name: 'Planned' },
    ]);
    expect(await plan.read('select conflicts, base_version, live_version from plan_state')).toEqual([
      { conflicts: ['last_name'], base_version: 1, live_version: 2 },
    ]);
    await plan.change({ op: 'rebase', entity: 'employee', id: ada, patch: { last_name: null } });
    expect(await plan.read('select conflicts, base from plan_state')).toEqual([{ conflicts: [], base: { last_name: 'Married' } }]);
    await plan.change({ op: 'restore', entity: 'employee', id: ada, patch: { last_name: null } });
    expect(await plan.read('select last_name from employee where org_id = $1', [acme.id])).toEqual([{ last_name: 'Married' }]);
    expect(await plan.read('select from plan_state')).toEqual([]);
  });

  it('has no conflict where live came to say the same, and one where live deleted what the scenario changed', async () => {
    const [ada, bob] = [await acme.team('A'), await acme.team('B')];
    await plan.change(
      { op: 'update', entity: 'team', id: ada, patch: { name: 'C' } },
      { op: 'update', entity: 'team', id: bob, patch: { name: 'D' } },
    );
    await edit(`update team set name = 'C' where org_id = $1 and id = $2`, ada);
    await edit(`delete from team where org_id = $1 and id = $2`, bob);
    expect(await plan.read('select id, conflicts from plan_state order by id = $1', [bob])).toEqual([
      { id: ada, conflicts: [] },
      { id: bob, conflicts: ['*'] },
    ]);
    expect(await plan.read('select name from team where org_id = $1', [acme.id])).toEqual([{ name: 'C' }]);
  });

  it('hides what it deletes although live changes it, and says that it did', async () => {
    const team = await acme.team('A');
    await plan.change({ op: 'delete', entity: 'team', id: team });
    await edit(`update team set description = 'x' where org_id = $1`);
    expect(await plan.read('select id from team where org_id = $1', [acme.id])).toEqual([]);
    expect(await plan.read('select op, conflicts from plan_state')).toEqual([{ op: 'delete', conflicts: ['*'] }]);
    await plan.change({ op: 'restore', entity: 'team', id: team });
    expect(await plan.read('select description from team where org_id = $1', [acme.id])).toEqual([{ description: 'x' }]);
  });

  it('finds people by the names that they have in it, and no longer by those of live', async () => {
    const ada = await acme.person({ first: 'Ada', last: 'Lovelace', email: null });
    await plan.change({ op: 'update', entity: 'employee', id: ada, patch: { last_name: 'King' } });
    const find = async (query: string): Promise<string[]> => {
      const search = { query, includeSubteams: true, status: 'active', limit: 10 } as const;
      return (await plan.as('viewer', (ctx) => bench.employees.search(ctx, search))).items.map(({ name }) => name);
    };
    expect([await find('king'), await find('lovelace'), await find('ada')]).toEqual([['Ada King'], [], ['Ada King']]);
  });

  it('takes numbers and days as they are written and compares them as they are meant', async () => {
    const ada = await acme.person({ pay: { '2024-01-01': ['50000.0000', '0', 'EUR'] } });
    const [row] = await live<{ id: string }>('select id from salary_adjustment where org_id = $1');
    await plan.change({ op: 'update', entity: 'salary_adjustment', id: row!.id, patch: { annual_salary: '50000.10' } });
    await edit('update salary_adjustment set annual_salary = 50000.1 where org_id = $1 and employee_id = $2', ada);
    expect(await plan.read('select conflicts, patch from plan_state')).toEqual([{ conflicts: [], patch: { annual_salary: 50000.1 } }]);
  });

  it('costs what it changes, alone and along with what live changes below it', async () => {
    const team = await acme.team('A');
    const year = { from: '2026-01-01', to: '2026-12-31' };
    const [ada, bob] = await acme.people(
      [1, 2].map(() => ({ team, pay: { '2020-01-01': ['100000', '0', 'EUR'] as [string, string, string] } })),
    );
    const cost = async (of: 'live' | 'plan'): Promise<string | undefined> =>
      (await (of === 'live' ? acme : plan).as('owner', (ctx) => new CostsService().team(ctx, team, year))).amount;
    const salary = async (id: string): Promise<string> =>
      (await live<{ id: string }>('select id from salary_adjustment where org_id = $1 and employee_id = $2', [acme.id, id]))[0]!.id;
    await plan.change({ op: 'update', entity: 'salary_adjustment', id: await salary(ada!), patch: { annual_salary: '120000' } });
    expect([await cost('live'), await cost('plan')]).toEqual(['200000.00', '220000.00']);
    await plan.change(
      {
        op: 'create',
        entity: 'salary_adjustment',
        id: newId('sal'),
        patch: { employee_id: bob, effective_date: '2019-01-01', annual_salary: 1, currency: 'EUR' },
      },
      { op: 'update', entity: 'employee', id: bob!, patch: { end_date: '2025-12-31' } },
    );
    expect([await cost('live'), await cost('plan')]).toEqual(['200000.00', '120000.00']);
    await edit('update employment_terms set contracted_fte = 0.5 where org_id = $1 and employee_id = $2', ada);
    expect([await cost('live'), await cost('plan')]).toEqual(['150000.00', '60000.00']);
    await plan.change({ op: 'restore', entity: 'salary_adjustment', id: await salary(ada!), patch: { annual_salary: null } });
    expect([await cost('live'), await cost('plan')]).toEqual(['150000.00', '50000.00']);
    expect(await plan.as(['financials.read'], ({ db }) => db.query('select * from cost_segment'))).toEqual([]);
  });

  it('holds rows to the rules of live tables', async () => {
    const team = await acme.team('A');
    const broken = (patch: object): Promise<void> => plan.change({ op: 'update', entity: 'team', id: team, patch });
    await expect(broken({ name: '' })).rejects.toThrow(/team_name_check/);
    await expect(broken({ parent_team_id: team })).rejects.toThrow(/check/);
    await expect(broken({ nonsense: 1 })).rejects.toThrow(/nonsense/);
    for (const field of ['org_id', 'id', 'plan_id', 'version'])
      await expect(broken({ [field]: field === 'version' ? 9 : 'x' })).rejects.toThrow(/plan_change_patch_check/);
    expect(await plan.read('select rev, content_hash from plan where id = $1', [plan.id])).toEqual([{ rev: 0, content_hash: '' }]);
  });

  it('is there for every live table, or the product does not start', async () => {
    const test = await testDatabase();
    const start = async (): Promise<void> =>
      (await test.open(Config.from({ APP_SECRET: TEST_SECRET, DATABASE_URL: test.url }))).onApplicationShutdown();
    await test.admin('alter table live.team add column motto varchar(20)');
    await expect(start()).rejects.toThrow(/live\.team.*overlay\.follow/);
    await test.admin(`select overlay.follow('team')`);
    await test.admin('create table live.mascot (org_id text, id text)');
    await expect(start()).rejects.toThrow(/live\.mascot.*overlay\.pass/);
    await test.admin(`select overlay.pass('mascot')`);
    await start();
    await test.drop();
  });
});
