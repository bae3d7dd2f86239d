import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../src/database';
import { permissionsOfRole } from '../../src/permissions';
import type { PageActor, ReviewService } from '../../src/scenarios';
import { itOnServer } from '../support/database';
import { createUser } from '../support/people';
import { Bench, TestOrganization } from '../workforce/organization';
import { liveChecksums } from './live-checksums';
import { type Change, TestPlan } from './plan';
import { reviewsOf } from './reviews';

describe('a merge', () => {
  let bench: Bench;
  let reviews: ReviewService;
  let acme: TestOrganization;
  let approver: string;
  let merger: string;
  beforeAll(async () => {
    bench = await Bench.open();
    reviews = await reviewsOf(bench.database);
  });
  beforeEach(async () => {
    acme = await bench.organization();
    approver = (await createUser(bench.test, 'finance', acme.id)).id;
    merger = (await createUser(bench.test, 'admin', acme.id)).id;
  });
  afterAll(() => bench.close());

  const actor = (userId: string, role: string): PageActor => {
    const rights = { userId, permissions: new Set(permissionsOfRole(role)) };
    return { ...rights, orgId: acme.id, tenantId: acme.tenant.id, requestId: 'test', ip: '127.0.0.1' };
  };
  const hashOf = async (plan: TestPlan): Promise<string> =>
    (await bench.test.admin<{ hash: string }>('select content_hash as hash from platform.plan where id = $1', [plan.id]))[0]
      ?.hash as string;
  const statusOf = async (plan: TestPlan): Promise<unknown> =>
    (await bench.test.admin('select status from platform.plan where id = $1', [plan.id]))[0]?.['status'];
  const approved = async (...changes: Change[]): Promise<TestPlan> => {
    const plan = await TestPlan.create(bench, acme);
    await plan.change(...changes);
    const contentHash = await hashOf(plan);
    await reviews.act(actor('usr_test', 'manager'), plan.id, 'submit', { contentHash });
    await reviews.act(actor(approver, 'finance'), plan.id, 'approve', { contentHash });
    return plan;
  };
  const merge = async (plan: TestPlan, role = 'admin', contentHash?: string): Promise<void> =>
    reviews.act(actor(merger, role), plan.id, 'merge', { contentHash: contentHash ?? (await hashOf(plan)) });
  const rename = (id: string, name: string): Change => ({ op: 'update', entity: 'team', id, patch: { name } });
  const names = async (): Promise<unknown[]> =>
    (await bench.test.admin('select name from live.team where org_id = $1 order by name', [acme.id])).map(({ name }) => name);

  /** Refused with these words, and not a row of live data, nor of the scenario, is another. */
  async function refuses(plan: TestPlan, words: RegExp, how: () => Promise<unknown> = () => merge(plan)): Promise<void> {
    const before = [await liveChecksums(bench.test), await statusOf(plan), await plan.read('select * from plan_state order by id')];
    await expect(how()).rejects.toThrow(words);
    expect([await liveChecksums(bench.test), await statusOf(plan), await plan.read('select * from plan_state order by id')]).toEqual(
      before,
    );
    expect(await bench.test.admin('select from platform.merge_row where plan_id = $1', [plan.id])).toEqual([]);
  }

  it('is refused without the permission, without an approval, and for a page that showed something else', async () => {
    const team = await acme.team('A');
    const plan = await approved(rename(team, 'B'));
    await refuses(plan, /lacks the permission scenarios.merge/, () => merge(plan, 'finance'));
    await refuses(plan, /has changed since you opened the page/, () => merge(plan, 'admin', 'another hash'));
    const draft = await TestPlan.create(bench, acme);
    await draft.change(rename(team, 'C'));
    await refuses(draft, /a draft cannot be merged/);
    await bench.test.admin(`update platform.plan set status = 'PENDING_APPROVAL' where id = $1`, [draft.id]);
    await bench.test.admin(`update platform.plan set status = 'APPROVED' where id = $1`, [draft.id]);
    await refuses(draft, /has to be approved again/);
  });

  it('is refused where the changes are not those that were approved, whatever the scenario says of itself', async () => {
    const plan = await approved(rename(await acme.team('A'), 'B'));
    await bench.test.admin(`update platform.plan_change set patch = '{"name": "C"}' where plan_id = $1`, [plan.id]);
    await refuses(plan, /not those that were approved/);
  });

  it('is refused while live contradicts it: in a field, in a row that is gone, in what depends on a row that it deletes', async () => {
    const [field, gone, parent] = [await acme.team('Field'), await acme.team('Gone'), await acme.team('Parent')];
    const plans = [
      await approved(rename(field, 'Planned')),
      await approved(rename(gone, 'Planned, too')),
      await approved({ op: 'delete', entity: 'team', id: parent }),
      await approved({ op: 'create', entity: 'team', id: newId('team'), patch: { name: 'Taken' } }),
    ] as const;
    await acme.edit(`update team set name = 'Moved' where org_id = $1 and id = $2`, field);
    await acme.edit('delete from team where org_id = $1 and id = $2', gone);
    await acme.edit('insert into team (org_id, id, name, parent_team_id) values ($1, $2, $3, $4)', newId('team'), 'Child', parent);
    await acme.edit('insert into team (org_id, id, name) values ($1, $2, $3)', newId('team'), 'Taken');
    await refuses(plans[0], /One row is in conflict/);
    await refuses(plans[1], /One row is in conflict/);
    await refuses(plans[2], /refers to another that is no longer there, or would not be \(team\)/);
    await refuses(plans[3], /the same name/);
  });

  it('keeps to the rules that wait for the end of a transaction', async () => {
    const [ada, bob] = (await acme.people([
      { last: 'Ada', start: '2021-01-01' },
      { last: 'Bob', email: null },
    ])) as [string, string];
    const termsOf = async (id: string): Promise<string> =>
      (await bench.test.admin<{ id: string }>('select id from live.employment_terms where employee_id = $1', [id]))[0]?.id as string;
    await acme.edit(`update employment_terms set effective_from = '2020-01-01' where org_id = $1 and employee_id = $2`, ada);
    const terms = (patch: object): Change[] => [{ op: 'update', entity: 'employment_terms', id: adasTerms, patch }];
    const adasTerms = await termsOf(ada);
    const circle = await approved(...terms({ manager_id: bob }));
    const gap = await approved(...terms({ effective_from: '2021-01-01' }));
    const email = await approved({ op: 'update', entity: 'employee', id: bob, patch: { email: 'taken@example.test' } });
    await acme.edit('update employment_terms set manager_id = $2 where org_id = $1 and id = $3', ada, await termsOf(bob));
    await acme.edit(`update employee set start_date = '2020-06-01', email = 'Taken@example.test' where org_id = $1 and id = $2`, ada);
    await refuses(circle, /would report to themselves/);
    await refuses(gap, /without gap or overlap/);
    await refuses(email, /same e-mail address/);
  });

  it('is refused where the organization blocks over-allocation and live has allocated somebody else meanwhile', async () => {
    await bench.test.admin(`update platform.organization set over_allocation = 'block' where id = $1`, [acme.id]);
    const [one, two] = [await acme.team('One'), await acme.team('Two')];
    const [ada, cyd] = (await acme.people([
      { first: 'Ada', last: 'A' },
      { first: 'Cyd', last: 'C' },
    ])) as [string, string];
    const allocation = (employee: string, team: string): object => ({
      ...{ employee_id: employee, target_team_id: team, fte: 0.6, start_date: '2031-01-01' },
    });
    const planned = newId('alc');
    const plan = await approved({ op: 'create', entity: 'allocation', id: planned, patch: allocation(ada, one) });
    const other = await approved({ op: 'create', entity: 'allocation', id: newId('alc'), patch: allocation(cyd, one) });
    await acme.insert('allocation', [{ id: newId('alc'), ...allocation(ada, two) }]);
    const words = 'Allocated above what they are employed for: Ada A has 1.2 FTE from 2031-01-01, employed for 1.';
    const refused = await merge(plan).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      message: expect.stringMatching(/Live data has moved .* One thing stands against it\. Withdraw it/) as string,
      problems: [{ code: 'OVER_ALLOCATED', id: planned, message: expect.stringContaining(words) as string }],
    });
    await refuses(plan, /One thing stands against it/);
    await merge(other);
    await bench.test.admin(`update platform.organization set over_allocation = 'warn' where id = $1`, [acme.id]);
    await merge(plan);
  });

  it('swaps what only one may have at a time: main teams, names of siblings, days of pay', async () => {
    const [one, two] = [await acme.team('One'), await acme.team('Two')];
    const ada = await acme.person({ team: one, pay: { '2024-01-01': ['1', '0', 'EUR'], '2025-01-01': ['2', '0', 'EUR'] } });
    const other = newId('alc');
    const allocation = { employee_id: ada, target_team_id: two, fte: 0.5, start_date: '2024-01-01' };
    await acme.insert('allocation', [{ id: other, ...allocation }]);
    const [main] = await bench.test.admin<{ id: string }>('select id from live.allocation where employee_id = $1 and is_primary', [ada]);
    const pay = await bench.test.admin<{ id: string }>(
      'select id from live.salary_adjustment where employee_id = $1 order by effective_date',
      [ada],
    );
    const day = (index: number, effective_date: string): Change => ({
      op: 'update',
      entity: 'salary_adjustment',
      id: pay[index]?.id as string,
      patch: { effective_date },
    });
    const primary = (id: string, is_primary: boolean): Change => ({ op: 'update', entity: 'allocation', id, patch: { is_primary } });
    const plan = await approved(
      rename(one, 'Two'),
      rename(two, 'One'),
      primary(other, true),
      primary(main?.id as string, false),
      day(0, '2025-01-01'),
      day(1, '2024-01-01'),
    );
    await merge(plan);
    expect(
      await bench.test.admin(
        'select name, is_primary from live.allocation a join live.team t on t.id = a.target_team_id where employee_id = $1 order by name',
        [ada],
      ),
    ).toEqual([
      { name: 'One', is_primary: true },
      { name: 'Two', is_primary: false },
    ]);
  });

  it('of two plans that change the same row lets the second stand, in conflict, and of a copy what it has of its own', async () => {
    const team = await acme.team('A');
    const created = newId('team');
    const first = await approved(rename(team, 'B'), { op: 'create', entity: 'team', id: created, patch: { name: 'New' } });
    const second = await approved(rename(team, 'C'));
    const copy = await approved({ op: 'create', entity: 'team', id: created, patch: { name: 'New', description: 'of the copy' } });
    await merge(first);
    await refuses(second, /One row is in conflict/);
    expect(await copy.read('select name, description from team where id = $1', [created])).toEqual([
      { name: 'New', description: 'of the copy' },
    ]);
    await merge(copy);
    expect(await bench.test.admin('select name, description, version from live.team where id = $1', [created])).toEqual([
      { name: 'New', description: 'of the copy', version: 2 },
    ]);
  });

  it('is one event of the audit trail, done or refused, and raises the revision by one', async () => {
    const plan = await approved(rename(await acme.team('A'), 'B'));
    const rev = async (): Promise<number> =>
      Number((await bench.test.admin('select live_rev from platform.organization where id = $1', [acme.id]))[0]?.['live_rev']);
    const before = await rev();
    await refuses(plan, /permission/, () => merge(plan, 'viewer'));
    await merge(plan);
    expect(await rev()).toBe(before + 1);
    // In the transaction of the merge: there is never one without the other.
    expect(
      await bench.test.admin(
        `select e.transaction_id::text = r.xmin::text as together, r.act from platform.plan_review r
         left join platform.audit_event e on e.outcome = 'ok' and e.details = jsonb_build_object('act', r.act, 'plan', r.plan_id)
         where r.plan_id = $1 order by r.seq`,
        [plan.id],
      ),
    ).toEqual(['submit', 'approve', 'merge'].map((act) => ({ together: true, act })));
    const events = await bench.test.admin(
      `select outcome, user_id, details from platform.audit_event where org_id = $1 and details->>'act' = 'merge' order by seq`,
      [acme.id],
    );
    expect(events).toEqual(['refused', 'ok'].map((outcome) => ({ outcome, user_id: merger, details: { act: 'merge', plan: plan.id } })));
    expect(await bench.test.admin('select user_id, content_hash, live_rev::int from platform.merge where plan_id = $1', [plan.id])).toEqual(
      [{ user_id: merger, content_hash: await hashOf(plan), live_rev: before + 1 }],
    );
  });

  it('shows nobody pay afterwards who may not see pay, nor rates who may not see money', async () => {
    const ada = await acme.person({ pay: { '2024-01-01': ['1234', '0', 'EUR'] } });
    const contractor = newId('con');
    await acme.insert('contractor', [{ id: contractor, name: 'C', geography_id: acme.place, start_date: '2024-01-01' }]);
    const [pay] = await bench.test.admin<{ id: string }>('select id from live.salary_adjustment where employee_id = $1', [ada]);
    const rate = { contractor_id: contractor, effective_date: '2024-01-01', rate_type: 'daily', rate: 4321, currency: 'EUR' };
    const plan = await approved(
      { op: 'update', entity: 'salary_adjustment', id: pay?.id as string, patch: { annual_salary: 5678 } },
      { op: 'create', entity: 'rate_adjustment', id: newId('rat'), patch: rate },
      { op: 'update', entity: 'employee', id: ada, patch: { last_name: 'Renamed' } },
    );
    await merge(plan);
    const seen = (role: string): Promise<unknown[]> =>
      plan.as(role, async ({ db }) =>
        (await db.query<{ entity: string }[]>('select entity from plan_row order by 1')).map(({ entity }) => entity),
      );
    expect(await seen('owner')).toEqual(['employee', 'rate_adjustment', 'salary_adjustment']);
    expect(await seen('manager')).toEqual(['employee']);
    const text = async (role: string): Promise<string> =>
      JSON.stringify(await plan.as(role, ({ db }) => db.query('select * from merge_row')));
    expect(await text('manager')).not.toMatch(/1234|5678|4321/);
  });

  describe('beside others', () => {
    /** Holds a live row, so that a merge that writes it stops in its middle; other sessions see nothing of it. */
    async function stopped<T>(
      team: string,
      merging: () => Promise<unknown>,
      meanwhile: () => Promise<T>,
    ): Promise<{ meanwhile: T; outcome: PromiseSettledResult<unknown> }> {
      let outcome: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
      const result = await acme.write(async (db) => {
        await db.query('select from team where org_id = $1 and id = $2 for update', [acme.id, team]);
        outcome = Promise.allSettled([merging()]);
        await pause(700);
        return meanwhile();
      });
      return { meanwhile: result, outcome: (await outcome)[0] as PromiseSettledResult<unknown> };
    }
    const backends = (): Promise<{ pid: number }[]> =>
      bench.test.admin(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%merge_plan%'`,
      );

    itOnServer('shows nobody anything before it is done, and then everything', async () => {
      const [held, deleted] = [await acme.team('Held'), await acme.team('Deleted')];
      const plan = await approved(
        rename(held, 'Renamed'),
        { op: 'delete', entity: 'team', id: deleted },
        { op: 'create', entity: 'team', id: newId('team'), patch: { name: 'New' } },
      );
      const before = await liveChecksums(bench.test);
      const { meanwhile, outcome } = await stopped(
        held,
        () => merge(plan),
        async () => [await liveChecksums(bench.test), (await backends()).length],
      );
      expect(meanwhile).toEqual([before, 1]);
      expect(outcome.status).toBe('fulfilled');
      expect(await names()).toEqual(['New', 'Renamed']);
    });

    itOnServer('whose connection is cut changes nothing, and can be done again', async () => {
      const [held, deleted] = [await acme.team('Held'), await acme.team('Deleted')];
      const plan = await approved(rename(held, 'Renamed'), { op: 'delete', entity: 'team', id: deleted });
      const before = await liveChecksums(bench.test);
      const { outcome } = await stopped(
        held,
        () => merge(plan),
        async () => {
          for (const { pid } of await backends()) await bench.test.admin('select pg_terminate_backend($1)', [pid]);
          await pause(200);
        },
      );
      expect(outcome.status).toBe('rejected');
      expect([await liveChecksums(bench.test), await statusOf(plan)]).toEqual([before, 'APPROVED']);
      await merge(plan);
      expect(await names()).toEqual(['Renamed']);
    });

    itOnServer('of the same plan is done once', async () => {
      const plan = await approved(rename(await acme.team('A'), 'B'));
      const both = await Promise.allSettled([merge(plan), merge(plan)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find((one) => one.status === 'rejected')).toMatchObject({
        reason: { message: 'A scenario that is merged cannot be merged.' },
      });
      expect(await bench.test.admin('select version from live.team where org_id = $1', [acme.id])).toEqual([{ version: 2 }]);
    });

    itOnServer('of two plans for one row is done for one of them', async () => {
      for (let round = 0; round < 5; round += 1) {
        const team = await acme.team(`Team ${round}`);
        const plans = await Promise.all(['B', 'C'].map((name) => approved(rename(team, `${name}${round}`))));
        const both = await Promise.allSettled(plans.map((plan) => merge(plan)));
        expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(both.find((one) => one.status === 'rejected')).toMatchObject({
          reason: { message: expect.stringContaining('in conflict') as string },
        });
      }
    });

    itOnServer('waits for a live write that came before it, and has it in it', async () => {
      const team = await acme.team('A');
      const plan = await approved(rename(team, 'B'));
      let merging: Promise<void> = Promise.resolve();
      await acme.write(async (db) => {
        await db.query('update organization set live_rev = live_rev + 1 where id = $1', [acme.id]);
        await db.query(`update team set description = 'kept' where org_id = $1 and id = $2`, [acme.id, team]);
        merging = merge(plan);
        await pause(500);
      });
      await merging;
      expect(await bench.test.admin('select name, description from live.team where id = $1', [team])).toEqual([
        { name: 'B', description: 'kept' },
      ]);
    });
  });
});
