import type { AnalyticsAnswer, AnalyticsQuery } from '../../src/analytics';
import { newId } from '../../src/database';
import { Permission, permissionsOfRole } from '../../src/permissions';
import { TestPlan } from '../scenarios/plan';
import { Bench, refusal, TestOrganization } from '../workforce/organization';
import { ask, rows, totals } from './desk';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const METRICS = ['headcount', 'cost_total'];
const CONTROLLER: Permission[] = permissionsOfRole('finance').filter((one) => one !== 'compensation.read');

describe('a question that is compared', () => {
  let bench: Bench;
  let org: TestOrganization;
  let plan: TestPlan;
  let rival: TestPlan;
  let ids: Record<'crew' | 'gone' | 'fresh' | 'ada', string>;

  /** In the plan: Ada earns more, the team Gone is dissolved, Fresh is founded with its one person. In its rival nothing is different. */
  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
    const [crew, gone, fresh] = [await org.team('Crew'), await org.team('Gone'), newId('team')];
    const paid = (team: string, salary: number) => ({
      team,
      pay: { '2020-01-01': [String(salary), '0', 'EUR'] as [string, string, string] },
    });
    const [ada, bob] = (await org.people([paid(crew, 60_000), paid(gone, 50_000), paid(crew, 40_000)])) as [string, string];
    ids = { crew, gone, fresh, ada };
    plan = await TestPlan.create(bench, org);
    rival = await TestPlan.create(bench, org);
    const one = async (table: string, person: string): Promise<string> =>
      (await bench.test.admin<{ id: string }>(`select id from live.${table} where employee_id = $1`, [person]))[0]!.id;
    await plan.change(
      { op: 'create', entity: 'team', id: fresh, patch: { name: 'Fresh' } },
      { op: 'update', entity: 'salary_adjustment', id: await one('salary_adjustment', ada), patch: { annual_salary: '72000' } },
      { op: 'update', entity: 'allocation', id: await one('allocation', bob), patch: { target_team_id: fresh } },
      { op: 'delete', entity: 'team', id: gone },
    );
  });
  afterAll(() => bench.close());

  const inPlan = (query: Partial<AnalyticsQuery>, who?: string | Permission[]): Promise<AnalyticsAnswer> =>
    ask(plan, { metrics: METRICS, period: MARCH, dimensions: ['team'], planId: plan.id, ...query }, who);
  const problem = async (world: TestPlan | TestOrganization, query: Partial<AnalyticsQuery>, who?: string | Permission[]) => {
    const made = (await refusal(ask(world, { metrics: METRICS, period: MARCH, ...query }, who))) as {
      code: string;
      message: string;
      extras: { details: { field?: string; fields?: { field: string }[] } };
    };
    return { code: made.code, message: made.message, field: made.extras.details.field ?? made.extras.details.fields?.[0]?.field };
  };

  it('shows a scenario beside live, with the groups of either and the difference', async () => {
    const answer = await inPlan({ compareTo: 'live' });
    const line = (team: string): unknown =>
      rows(answer)
        .filter((row) => row['team_name'] === team)
        .map((row) => answer.columns.slice(2).map(({ key }) => Number(row[key])));
    const month = (annual: number): number => expect.closeTo((annual * 22) / 261, 1) as number;
    expect(answer.columns.map(({ key }) => key)).toEqual([
      ...['team', 'team_name', 'headcount', 'headcount_live', 'headcount_change', 'cost_total', 'cost_total_live', 'cost_total_change'],
    ]);
    expect(line('Crew')).toEqual([[2, 2, 0, month(112_000), month(100_000), month(12_000)]]);
    expect(line('Fresh')).toEqual([[1, 0, 1, month(50_000), 0, month(50_000)]]);
    expect(line('Gone')).toEqual([[0, 1, -1, 0, month(50_000), month(-50_000)]]);
    expect(totals(answer)).toMatchObject({ headcount: 3, headcount_live: 3, headcount_change: 0 });
    expect(Number(totals(answer)['cost_total_change'])).toEqual(month(12_000));
    expect(answer.meta).toMatchObject({ planId: plan.id, planRev: 4, comparedWith: { what: 'live' } });
  });

  it('says in each world what that world says alone, by month and by whatever else, on every page', async () => {
    const query = {
      metrics: ['headcount', 'fte', 'cost_total', 'cost_base'],
      dimensions: ['team', 'period'],
      preset: 'last_3_months',
    } as const;
    const wish = { ...query, metrics: [...query.metrics], dimensions: [...query.dimensions], period: undefined };
    const both: unknown[][] = [];
    for (let cursor: string | undefined; ;) {
      const page: AnalyticsAnswer = await inPlan({ ...wish, compareTo: 'live', limit: 4, cursor });
      both.push(...page.rows);
      if ((cursor = page.meta.nextCursor) === undefined) break;
    }
    const key = (row: unknown[]): string => `${String(row[0])} ${String(row[2])}`;
    const alone = async (world: TestPlan | TestOrganization, planId?: string): Promise<Map<string, unknown[]>> =>
      new Map((await ask(world, { ...wish, planId })).rows.map((row) => [key(row), row.slice(3)]));
    const [planned, live] = [await alone(plan, plan.id), await alone(org)];
    expect(both.length).toBe(9);
    expect(new Set(both.map(key))).toEqual(new Set([...planned.keys(), ...live.keys()]));
    const zero = [0, 0, '0.00', '0.00'].map(Number);
    for (const row of both) {
      const cells = row.slice(3).map(Number);
      const each = (offset: number): number[] => [0, 1, 2, 3].map((metric) => cells[metric * 3 + offset]!);
      expect([key(row), each(0)]).toEqual([key(row), planned.get(key(row))?.map(Number) ?? zero]);
      expect([key(row), each(1)]).toEqual([key(row), live.get(key(row))?.map(Number) ?? zero]);
    }
  });

  it('shows live, or a scenario, beside a scenario', async () => {
    const live = await ask(org, { metrics: METRICS, period: MARCH, compareTo: plan.id });
    expect(totals(live)).toMatchObject({ headcount: 3, headcount_scenario: 3 });
    expect(Number(totals(live)['cost_total_change'])).toBeLessThan(0);
    expect(live.meta.comparedWith).toEqual({ what: 'scenario', planId: plan.id, planRev: 4 });
    expect(live.meta).not.toHaveProperty('planId');
    const same = rows(await inPlan({ compareTo: rival.id, filters: [{ field: 'team', op: 'eq', value: ids.crew }] }));
    expect(same).toMatchObject([{ team: ids.crew, headcount: 2, headcount_scenario: 2 }]);
    expect(totals(await ask(rival, { metrics: METRICS, period: MARCH, planId: rival.id, compareTo: 'live' }))).toMatchObject({
      headcount_change: 0,
      cost_total_change: '0.00',
    });
  });

  it('says what either side lacks, also where it is more of the same', async () => {
    const abroad = await bench.organization();
    await abroad.people([1, 2].map(() => ({ pay: { '2020-01-01': ['9000', '0', 'JPY'] as [string, string, string] } })));
    const [row] = await bench.test.admin<{ id: string }>('select id from live.salary_adjustment where org_id = $1 limit 1', [abroad.id]);
    const paid = await TestPlan.create(bench, abroad);
    await paid.change({ op: 'update', entity: 'salary_adjustment', id: row!.id, patch: { currency: 'EUR' } });
    const { meta } = await ask(paid, { metrics: ['cost_total'], period: MARCH, planId: paid.id, compareTo: 'live' });
    expect(meta.warnings).toEqual([
      { code: 'FX_MISSING', currency: 'JPY', count: 1, message: expect.stringMatching(/^One resource is left out/) },
      {
        code: 'FX_MISSING',
        currency: 'JPY',
        count: 2,
        message: expect.stringMatching(/^In what is compared with: 2 resources are left out/),
      },
    ]);
    const same = await ask(abroad, { metrics: ['cost_base'], period: MARCH, compareTo: (await TestPlan.create(bench, abroad)).id });
    expect(same.meta.warnings.length).toBe(1);
  });

  it('reads live again afterwards: nothing of the other world stays behind in the call', async () => {
    const seen = await org.as('owner', async (ctx) => {
      const where = `select current_setting('role') as role, current_setting('search_path') as path, coalesce(current_setting('app.plan_id', true), '') as plan`;
      const before = await ctx.db.query(where);
      await ask({ as: (_, work) => work(ctx) }, { metrics: METRICS, period: MARCH, compareTo: plan.id });
      return [before, await ctx.db.query(where)];
    });
    expect(seen[0]).toMatchObject([{ path: 'live, platform, pg_temp' }]);
    expect(seen[1]).toMatchObject([{ path: 'live, platform, pg_temp', plan: '' }]);
  });

  it('shows cost beside the budget, of the whole or of what it is split by', async () => {
    const budget = { amount: '120000', period: 'fiscal_year', currency: 'EUR', effective_date: '2020-01-01' };
    await org.insert('budget', [{ id: newId('bud'), scope: 'org', ...budget }]);
    await org.insert('budget', [{ id: newId('bud'), scope: 'team', team_id: ids.crew, ...budget, amount: '60000' }]);
    const query = { metrics: ['cost_total'], period: MARCH, compareTo: 'budget' } as const;
    const whole = totals(await ask(org, { ...query, metrics: ['cost_total'] }));
    expect(whole).toMatchObject({ cost_total_budget: '10000.00' });
    expect(Number(whole['cost_total_change'])).toBeCloseTo(Number(whole['cost_total']) - 10_000, 2);
    const answer = await ask(org, { ...query, metrics: ['cost_total'], dimensions: ['team'] });
    expect(answer.meta.comparedWith).toEqual({ what: 'budget' });
    const byTeam = rows(answer).map((row) => [row['team_name'], row['cost_total_budget']]);
    expect(byTeam).toEqual([
      ['Crew', '5000.00'],
      ['Gone', null],
    ]);
    const [crew] = rows(answer);
    expect(crew?.['cost_total_change']).toMatch(/^\d+\.\d\d$/);
    expect(rows(answer)[1]).toMatchObject({ cost_total_change: null });
    expect(totals(answer)).toMatchObject({
      cost_total: whole['cost_total'],
      cost_total_budget: '5000.00',
      cost_total_change: crew?.['cost_total_change'],
    });
    expect(answer.meta.warnings).toEqual([
      { code: 'BUDGET_MISSING', count: 1, message: expect.stringMatching(/^One group has cost but no budget: .* total of the difference/) },
    ]);
    const metrics = ['budget_variance', 'budget_variance_pct', 'budget_amount', 'cost_total'];
    const reckoned = await ask(org, { metrics, dimensions: ['team'], period: MARCH });
    const variance = rows(reckoned);
    expect(variance.find(({ team_name }) => team_name === 'Gone')).toMatchObject({
      budget_variance: null,
      budget_variance_pct: null,
      budget_amount: null,
    });
    const left = { budget_variance: `-${String(crew?.['cost_total_change'])}`, budget_amount: '5000.00', cost_total: whole['cost_total'] };
    expect(totals(reckoned)).toMatchObject(left);
    expect(Number(totals(reckoned)['budget_variance_pct'])).toBeCloseTo(Number(left.budget_variance) / 5_000, 3);
    for (const row of rows(answer))
      expect(Number(variance.find(({ team }) => team === row['team'])!['budget_variance'])).toBeCloseTo(
        -Number(row['cost_total_change']),
        2,
      );
  });

  it('has no budget where there is none, of the whole or of a month before the first', async () => {
    const poor = await bench.organization();
    await poor.people([{ pay: { '2020-01-01': ['26100', '0', 'EUR'] } }]);
    const metrics = ['budget_amount', 'budget_variance'];
    const period = { from: '2026-02-01', to: '2026-03-31' };
    expect(await ask(poor, { metrics, period })).toMatchObject({ rows: [[null, null]], totals: [null, null], meta: { warnings: [] } });
    const budget = { scope: 'org', amount: '12000', period: 'fiscal_year', currency: 'EUR', effective_date: '2026-03-01' };
    await poor.insert('budget', [{ id: newId('bud'), ...budget }]);
    const monthly = await ask(poor, { metrics, period, granularity: 'month' });
    expect(monthly.rows).toEqual([
      ['2026-02-01', null, null],
      ['2026-03-01', '1000.00', '-1200.00'],
    ]);
    expect(monthly.totals).toEqual([null, '1000.00', '-1200.00']);
    expect(monthly.meta.warnings).toMatchObject([{ code: 'BUDGET_MISSING', count: 1 }]);
    const before = await ask(poor, { metrics, period: MARCH, compareTo: 'previous_period' });
    expect(before.rows).toEqual([['1000.00', null, null, '-1200.00', null, null]]);
  });

  it('is refused where there is nothing to compare, and told what there is', async () => {
    expect(await problem(org, { compareTo: 'live' })).toMatchObject({
      code: 'VALIDATION',
      field: 'compareTo',
      message: expect.stringMatching(/planId/),
    });
    expect(await problem(plan, { planId: plan.id, compareTo: plan.id })).toMatchObject({ code: 'VALIDATION', field: 'compareTo' });
    expect(await problem(org, { compareTo: 'budget' })).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringMatching(/^headcount has no budget/),
    });
    expect(await problem(org, { metrics: ['cost_total'], dimensions: ['geography'], compareTo: 'budget' })).toMatchObject({
      code: 'VALIDATION',
      message: expect.stringMatching(
        /^budget_amount cannot be split by geography\. It fits: team, project, cost_centre, value_stream, period\./,
      ),
    });
    expect(await problem(org, { metrics: ['effort_fte'], compareTo: plan.id })).toMatchObject({ code: 'VALIDATION', field: 'compareTo' });
    for (const compareTo of ['plan_ofnobody2345', await planOfAnother()])
      expect(await problem(org, { compareTo })).toMatchObject({ code: 'NOT_FOUND', field: 'compareTo' });
  });

  it('needs scenarios.read for a scenario, and budgets.read for a budget', async () => {
    const some: Permission[] = ['analytics.read', 'people.read', 'financials.read', 'compensation.read'];
    expect(await problem(org, { metrics: ['headcount'], compareTo: plan.id }, some)).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await problem(org, { metrics: ['cost_total'], compareTo: 'budget' }, some)).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringMatching(/budget_amount needs the permission budgets\.read/),
    });
  });

  it('gives no cost of a scenario to who may not see pay, whichever of the two is the scenario', async () => {
    for (const asked of [
      problem(plan, { metrics: ['cost_total'], planId: plan.id, compareTo: 'live' }, CONTROLLER),
      problem(org, { metrics: ['cost_total'], compareTo: plan.id }, CONTROLLER),
    ])
      expect(await asked).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringMatching(/cannot be read in a scenario/) });
    expect((await inPlan({ metrics: ['headcount'], compareTo: 'live' }, CONTROLLER)).rows.length).toBe(3);
    const budget = await ask(org, { metrics: ['cost_total'], dimensions: ['team'], period: MARCH, compareTo: 'budget' }, CONTROLLER);
    expect(rows(budget).map((row) => [row['cost_total'], row['cost_total_change']])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  async function planOfAnother(): Promise<string> {
    return (await TestPlan.create(bench, await bench.organization())).id;
  }
});
