import type { AnalyticsAnswer, AnalyticsQuery } from '../../src/analytics';
import { newId } from '../../src/database';
import { Permission, permissionsOfRole } from '../../src/permissions';
import { Bench, refusal, TestOrganization } from '../workforce/organization';
import { ask, rows, totals } from './desk';

/** Sees costs but nobody's pay. */
const CONTROLLER: Permission[] = permissionsOfRole('finance').filter((one) => one !== 'compensation.read');
const QUARTER = { from: '2026-01-01', to: '2026-03-31' };

describe('what people cost, to somebody who may see costs but not pay', () => {
  let bench: Bench;
  let org: TestOrganization;
  let teams: Record<'top' | 'large' | 'small' | 'other' | 'below', string>;
  let lone: string;
  let peer: string;

  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
    const top = await org.team('Top');
    const large = await org.team('Large', top);
    const [small, other, below] = [await org.team('Small', top), await org.team('Other', top), await org.team('Below', large)];
    teams = { top, large, small, other, below };
    const paid = (team: string, salary: number, bonus = '0') => ({
      team,
      pay: { '2020-01-01': [String(salary), bonus, 'EUR'] as [string, string, string] },
    });
    const [first] = await org.people([
      paid(small, 91_000),
      ...[1, 2, 3, 4, 5, 6].map((n) => paid(large, 50_000 + n)),
      ...[1, 2, 3, 4].map((n) => paid(other, 60_000 + n, n === 1 ? '7000' : '0')),
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => paid(below, 70_000 + n)),
    ]);
    lone = first as string;
    peer = await idOf(other, 60_002);
  });
  afterAll(() => bench.close());

  const idOf = async (team: string, salary: number): Promise<string> => {
    const [row] = await bench.test.admin<{ id: string }>(
      'select s.employee_id as id from salary_adjustment s join allocation a on a.employee_id = s.employee_id where a.target_team_id = $1 and s.annual_salary = $2',
      [team, salary],
    );
    return row!.id;
  };
  const cost = (query: Partial<AnalyticsQuery> = {}, caller: string | Permission[] = CONTROLLER): Promise<AnalyticsAnswer> =>
    ask(org, { metrics: ['cost_total'], period: QUARTER, ...query }, caller);
  const byTeam = (answer: AnalyticsAnswer): Record<string, unknown> =>
    Object.fromEntries(rows(answer).map((row) => [row['team_name'] ?? 'none', row['cost_total']]));

  it('hides a small team, and one more, so that the total does not give it away', async () => {
    const seen = await cost({ dimensions: ['team'] });
    const all = byTeam(await cost({ dimensions: ['team'] }, 'owner'));
    expect(byTeam(seen)).toEqual({ ...all, Small: null, Other: null });
    expect(totals(seen)['cost_total']).toBe(totals(await cost({}, 'owner'))['cost_total']);
    expect(seen.meta.suppressed).toBe(2);
    expect(byTeam(await cost({ dimensions: ['team'] }, 'finance'))).toEqual(all);
  });

  it('hides the same where the question is for one team, one subtree or one month', async () => {
    const of = async (op: 'eq' | 'under', team: string, more: Partial<AnalyticsQuery> = {}): Promise<unknown> =>
      totals(await cost({ filters: [{ field: 'team', op, value: team }], ...more }))['cost_total'];
    expect([await of('eq', teams.small), await of('under', teams.small), await of('eq', teams.other)]).toEqual([null, null, null]);
    expect(await of('eq', teams.small, { period: { from: '2026-02-01', to: '2026-02-28' } })).toBeNull();
    expect(await of('under', teams.top)).toEqual(expect.any(String));
    expect(await of('under', teams.large)).toEqual(expect.any(String));
    const monthly = await cost({ dimensions: ['period'], filters: [{ field: 'team', op: 'eq', value: teams.small }] });
    expect(rows(monthly).map((row) => row['cost_total'])).toEqual([null, null, null]);
  });

  it('hides it in comparisons, variances and components, and counts', async () => {
    const before = await cost({ dimensions: ['team'], compareTo: 'previous_period' });
    const small = rows(before).find((row) => row['team'] === teams.small)!;
    expect([small['cost_total'], small['cost_total_before'], small['cost_total_change']]).toEqual([null, null, null]);
    await org.insert('budget', [
      {
        id: newId('bud'),
        scope: 'team',
        team_id: teams.small,
        amount: 1_000_000,
        period: 'fiscal_year',
        currency: 'EUR',
        effective_date: '2025-01-01',
      },
    ]);
    const metrics = ['budget_variance', 'budget_variance_pct', 'cost_base', 'cost_overhead', 'cost_bonus'];
    const variance = await cost({ metrics, dimensions: ['team'] });
    const hidden = rows(variance).find((row) => row['team'] === teams.small)!;
    expect(metrics.map((name) => hidden[name])).toEqual(metrics.map(() => null));
    // Of the teams with a budget this one alone would be the total.
    expect(totals(variance)).toMatchObject({ budget_variance: null, budget_variance_pct: null });
    expect(totals(await cost({ dimensions: ['team'], compareTo: 'budget' }))['cost_total_change']).toBeNull();
    expect(totals(await cost({ metrics, dimensions: ['team'] }, 'owner'))['budget_variance']).toEqual(expect.any(String));
  });

  it('shows what cost is made of only where nobody alone has a bonus', async () => {
    await bench.test.admin(`update salary_adjustment set annual_bonus = 0 where org_id = $1 and annual_bonus > 0`, [org.id]);
    const metrics = ['cost_total', 'cost_base', 'cost_bonus'];
    const large = async (): Promise<unknown[]> => {
      const row = rows(await cost({ metrics, dimensions: ['team'] })).find(({ team }) => team === teams.below)!;
      return metrics.map((name) => row[name] !== null);
    };
    expect(await large()).toEqual([true, true, true]);
    const someone = await idOf(teams.below, 70_003);
    await org.write((db) => db.query('update salary_adjustment set annual_bonus = 9000 where employee_id = $1', [someone]));
    expect(await large()).toEqual([true, false, false]);
  });

  it('answers the same to the byte when two people of hidden groups change their pay with each other', async () => {
    const questions: Partial<AnalyticsQuery>[] = [
      { dimensions: ['team'] },
      { dimensions: ['team'], orderBy: { field: 'cost_total', direction: 'asc' } },
      { dimensions: ['team'], orderBy: { field: 'cost_total', direction: 'desc' }, limit: 3 },
      { dimensions: ['team', 'period'], metrics: ['cost_base', 'headcount'] },
      { dimensions: ['period'], compareTo: 'previous_period' },
      { filters: [{ field: 'team', op: 'under', value: teams.top }] },
      { filters: [{ field: 'team', op: 'eq', value: teams.small }] },
    ];
    const answers = async (): Promise<string> => JSON.stringify(await Promise.all(questions.map((question) => cost(question))));
    const swap = (): Promise<unknown> =>
      org.write(async (db) => {
        const pay = await db.query<{ id: string; annual_salary: string }[]>(
          'select employee_id as id, annual_salary from salary_adjustment where employee_id = any ($1)',
          [[lone, peer]],
        );
        const of = (id: string): string => pay.find((one) => one.id === id)!.annual_salary;
        for (const [id, salary] of [
          [lone, of(peer)],
          [peer, of(lone)],
        ])
          await db.query('update salary_adjustment set annual_salary = $2 where employee_id = $1', [id, salary]);
      });
    const [before, full] = [await answers(), JSON.stringify(await cost({ dimensions: ['team'] }, 'owner'))];
    await swap();
    // live_rev rises with each change of live data, whatever it is.
    const revision = /"liveRev":\d+/g;
    expect((await answers()).replace(revision, '')).toBe(before.replace(revision, ''));
    expect(JSON.stringify(await cost({ dimensions: ['team'] }, 'owner'))).not.toBe(full);
    await swap();
  });

  it.each<[string, Partial<AnalyticsQuery>]>([
    ['by employee', { dimensions: ['employee'] }],
    ['by manager', { dimensions: ['manager'] }],
    ['by country', { dimensions: ['country'] }],
    ['by two dimensions', { dimensions: ['team', 'job_role'] }],
    ['by one dimension within another', { dimensions: ['team'], filters: [{ field: 'job_role', op: 'eq', value: 'ROLE' }] }],
    ['of one employee', { filters: [{ field: 'employee', op: 'eq', value: 'LONE' }] }],
    ['of a set of teams', { filters: [{ field: 'team', op: 'in', values: ['SMALL', 'OTHER'] }] }],
    ['of several subtrees', { filters: [{ field: 'team', op: 'under', values: ['SMALL', 'OTHER'] }] }],
    ['of all teams but one', { filters: [{ field: 'team', op: 'ne', value: 'SMALL' }] }],
    ['of teams by a part of their name', { filters: [{ field: 'team', op: 'contains', value: 'mal' }] }],
    ['of whoever is in no team', { filters: [{ field: 'team', op: 'is_null' }] }],
    [
      'of one team twice over',
      {
        filters: [
          { field: 'team', op: 'under', value: 'TOP' },
          { field: 'team', op: 'eq', value: 'SMALL' },
        ],
      },
    ],
    ['by day', { granularity: 'day' }],
    ['by week', { granularity: 'week' }],
    ['of a part of a month', { period: { from: '2026-01-01', to: '2026-01-30' } }],
    ['above an amount', { dimensions: ['team'], filters: [{ field: 'cost_total', op: 'gt', value: '22750' }] }],
    ['of capital expenditure', { metrics: ['capex_cost'] }],
    ['of effort', { metrics: ['effort_cost'] }],
  ])('is not told %s', async (_, query) => {
    const named: Record<string, string> = { ROLE: org.jobRole, LONE: lone, SMALL: teams.small, OTHER: teams.other, TOP: teams.top };
    const filters = query.filters?.map((one) => ({
      ...one,
      ...(one.value !== undefined && { value: named[one.value] ?? one.value }),
      ...(one.values && { values: one.values.map((value) => named[value] ?? value) }),
    }));
    const asked = { ...query, ...(filters && { filters }) };
    expect(await refusal(cost(asked))).toMatchObject({ code: 'PERMISSION_DENIED', message: expect.stringContaining('compensation.read') });
    expect((await cost(asked, 'finance')).rows.length).toBeGreaterThanOrEqual(0);
  });

  it('is told what others than employees cost, however it is split', async () => {
    const answer = await cost({
      metrics: ['cost_contractor', 'cost_vacancy', 'ai_planned_cost'],
      dimensions: ['team', 'job_role'],
      granularity: 'day',
      preset: undefined,
      period: { from: '2026-01-01', to: '2026-01-02' },
    });
    expect(answer.columns.length).toBeGreaterThan(3);
  });

  it('is told nothing of costs without financials.read', async () => {
    for (const metric of ['cost_total', 'cost_base', 'cost_contractor', 'budget_variance', 'avg_day_rate', 'ai_planned_cost'])
      expect((await refusal(ask(org, { metrics: [metric] }, 'admin'))).code).toBe('PERMISSION_DENIED');
  });
});
