import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk, TODAY } from './desk';

/** Mondays to Fridays, both days included. */
function workdays(from: string, to: string): number {
  let count = 0;
  for (const day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) count += day.getUTCDay() % 6 === 0 ? 0 : 1;
  return count;
}

const YEAR = workdays('2026-01-01', '2026-12-31');
const PERIODS = {
  month: ['2026-06-01', '2026-06-30'],
  quarter: ['2026-05-01', '2026-07-31'],
  fiscal_year: ['2026-02-01', '2027-01-31'],
} as const;

describe('get_budget_status', () => {
  let world: World;
  let desk: Desk;
  const ids: Record<string, string> = {};
  /** Annual pay, with its share in teams and projects. */
  const pay: Record<string, number> = { ann: 50_000, ben: 60_000, cat: 70_000, dan: 80_000, eve: 90_000 };

  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    await world.db.admin('update platform.organization set fiscal_year_start_month = 2 where id = $1', [org.id]);
    await org.rate('USD', 'EUR', '0.5');
    await org.rate('USD', 'EUR', '0.9', '2026-06-15');
    [ids['research'], ids['sales']] = (await desk.add(
      'cost_centre',
      'cc',
      { code: '100', name: 'Research' },
      { code: '200', name: 'Sales' },
    )) as [string, string];
    [ids['growth']] = (await desk.add('value_stream', 'vs', { name: 'Growth', external_id: 'VS-1' })) as [string];
    const team = (name: string, parent: string | null, centre: string | null): Promise<string[]> =>
      desk.add('team', 'team', { name, parent_team_id: parent, cost_centre_id: centre });
    [ids['platform']] = (await team('Platform', null, ids['research'])) as [string];
    [ids['mobile']] = (await team('Mobile', ids['platform'], null)) as [string];
    [ids['harbour'], ids['pier']] = (await desk.add(
      'project',
      'prj',
      { name: 'Harbour', value_stream_id: ids['growth'] },
      { name: 'Pier', value_stream_id: ids['growth'] },
    )) as [string, string];
    for (const [first, salary] of Object.entries(pay)) {
      ids[first] = await org.person({ first, last: 'Worker', start: '2024-01-01', pay: { '2024-01-01': [String(salary), '0', 'EUR'] } });
      if (first === 'eve') continue;
      await desk.allocate({ employee_id: ids[first], target_team_id: first === 'ann' ? ids['mobile'] : ids['platform'], is_primary: true });
      if (first !== 'dan')
        await desk.allocate({ employee_id: ids[first], target_project_id: first === 'cat' ? ids['pier'] : ids['harbour'], fte: 0.5 });
    }
    await org.write((db) => db.query(`update employment_terms set cost_centre_id = $1 where employee_id = $2`, [ids['sales'], ids['ben']]));
    const none = { team_id: null, cost_centre_id: null, project_id: null, value_stream_id: null };
    const budget = (scope: string, target: object, amount: string, period: string, currency: string, day: string): object => ({
      ...{ id: newId('bud'), scope, ...none, ...target, amount, period, currency, effective_date: day },
    });
    await org.insert('budget', [
      budget('org', {}, '1000000', 'fiscal_year', 'EUR', '2025-01-01'),
      budget('org', {}, '400000', 'fiscal_year', 'EUR', '2026-01-01'),
      budget('org', {}, '2', 'fiscal_year', 'EUR', '2026-06-16'),
      budget('team', { team_id: ids['platform'] }, '40000', 'month', 'USD', '2026-01-01'),
      budget('team', { team_id: ids['mobile'] }, '10000', 'quarter', 'NOK', '2026-01-01'),
      budget('cost_centre', { cost_centre_id: ids['research'] }, '150000', 'fiscal_year', 'EUR', '2026-01-01'),
      budget('cost_centre', { cost_centre_id: ids['sales'] }, '0', 'fiscal_year', 'EUR', '2026-01-01'),
      budget('project', { project_id: ids['harbour'] }, '13000', 'quarter', 'EUR', '2026-01-01'),
      budget('value_stream', { value_stream_id: ids['growth'] }, '100000', 'fiscal_year', 'EUR', '2026-01-01'),
    ] as Record<string, unknown>[]);
  });
  afterAll(() => world.close());

  const ask = (who: string | Parameters<Desk['ask']>[0], args: object = {}): Promise<Json> =>
    desk.ask(who, 'get_budget_status', { asOf: TODAY, ...args });

  /** What people cost, each by a part, in a period and until the day; day by day, each year by its own working days. */
  function costOf(parts: Record<string, number>, [from, to]: readonly [string, string]): { planned: string; toDate: string } {
    const yearly = Object.entries(parts).reduce((sum, [name, part]) => sum + pay[name]! * part, 0);
    const until = (last: string): number => {
      const [now, next] = [workdays(from, last < '2026-12-31' ? last : '2026-12-31') / YEAR, workdays('2027-01-01', '2027-12-31')];
      return yearly * (now + (last > '2026-12-31' ? workdays('2027-01-01', last) / next : 0));
    };
    return { planned: until(to).toFixed(2), toDate: until(TODAY).toFixed(2) };
  }

  function row(
    scope: string,
    target: [string, string] | undefined,
    period: keyof typeof PERIODS,
    amount: number | undefined,
    parts: Record<string, number>,
  ) {
    const [from, to] = PERIODS[period];
    const { planned, toDate } = costOf(parts, [from, to]);
    const share = (part: string): number => Number((Number(part) / amount!).toFixed(4));
    return {
      ...{ id: expect.stringMatching(/^bud_/), scope, ...(target && { target: { id: ids[target[0]], name: target[1] } }) },
      ...{ period, from, to, effectiveDate: '2026-01-01', planned, toDate },
      ...(amount !== undefined && { amount: amount.toFixed(2), variance: (amount - Number(planned)).toFixed(2) }),
      ...(amount && { plannedShare: share(planned), toDateShare: share(toDate) }),
    };
  }

  it('holds what things cost against the budget in force, by scope', async () => {
    const everybody = { ann: 1, ben: 1, cat: 1, dan: 1, eve: 1 };
    const answer = await ask('owner');
    expect(answer).toEqual({
      ...{ asOf: TODAY, currency: 'EUR', hasMore: false, items: expect.any(Array) },
      warnings: [{ code: 'FX_MISSING', currency: 'NOK', count: 1, message: expect.stringContaining('1 budget has no amount in EUR') }],
    });
    expect(answer.items).toEqual([
      row('org', undefined, 'fiscal_year', 400_000, everybody),
      { ...row('team', ['mobile', 'Mobile'], 'quarter', undefined, { ann: 1 }), own: { amount: '10000.00', currency: 'NOK' } },
      {
        ...row('team', ['platform', 'Platform'], 'month', 20_000, { ann: 1, ben: 1, cat: 1, dan: 1 }),
        own: { amount: '40000.00', currency: 'USD' },
      },
      row('cost_centre', ['research', '100 Research'], 'fiscal_year', 150_000, { cat: 1, dan: 1 }),
      row('cost_centre', ['sales', '200 Sales'], 'fiscal_year', 0, { ben: 1 }),
      row('project', ['harbour', 'Harbour'], 'quarter', 13_000, { ann: 0.5, ben: 0.5 }),
      row('value_stream', ['growth', 'Growth'], 'fiscal_year', 100_000, { ann: 0.5, ben: 0.5, cat: 0.5 }),
    ]);
  });

  it('takes the newest budget on or before the day', async () => {
    const amounts = async (asOf: string): Promise<string[]> =>
      (await ask('manager', { scope: 'org', asOf })).items.map(({ amount }: Json) => amount);
    expect(await amounts('2024-12-31')).toEqual([]);
    expect(await amounts('2025-12-31')).toEqual(['1000000.00']);
    expect(await amounts('2026-06-15')).toEqual(['400000.00']);
    expect(await amounts('2026-06-16')).toEqual(['2.00']);
  });

  it('can be asked by scope and by what the scope is about, and over pages', async () => {
    const whole = (await ask('owner')).items;
    expect((await ask('owner', { scope: 'team' })).items).toEqual(whole.slice(1, 3));
    expect((await ask('owner', { scope: 'team', scopeId: ids['platform'] })).items).toEqual([whole[2]]);
    expect((await ask('owner', { scope: 'value_stream', scopeId: 'ext:VS-1' })).items).toEqual([whole[6]]);
    expect(await desk.pages('owner', 'get_budget_status', { asOf: TODAY, limit: 2 })).toEqual(whole);
  });

  it('shows amounts only to who may not see costs or pay', async () => {
    const money = ['planned', 'toDate', 'variance', 'plannedShare', 'toDateShare'];
    const amounts = (await ask('owner')).items.map(({ amount }: Json) => amount);
    for (const who of ['manager', ['budgets.read', 'financials.read', 'teams.read', 'projects.read']] as const) {
      const blind = await ask(who);
      expect([blind.redacted, blind.items.map(({ amount }: Json) => amount)]).toEqual([money, amounts]);
      for (const field of money) expect(JSON.stringify(blind.items)).not.toContain(`"${field}"`);
    }
    for (const role of ['viewer', 'member']) expect((await ask(role)).code).toBe('PERMISSION_DENIED');
  });

  it('names no team or project to who may not see them, nor filters by one', async () => {
    const answer = await ask(['budgets.read']);
    expect(answer.redacted[0]).toBe('target');
    expect(JSON.stringify(answer)).not.toMatch(/Platform|Harbour|team_|prj_/);
    expect(answer.items.filter((item: Json) => item.target).map(({ scope }: Json) => scope)).toEqual([
      'cost_centre',
      'cost_centre',
      'value_stream',
    ]);
    for (const [scope, scopeId] of [
      ['team', ids['platform']],
      ['project', ids['harbour']],
    ])
      expect((await ask(['budgets.read'], { scope, scopeId })).code).toBe('PERMISSION_DENIED');
  });

  it('takes no wrong or foreign ids', async () => {
    const other = await Desk.open(world);
    const foreign = await other.org.team('Foreign');
    for (const scopeId of [foreign, newId('team'), 'Platform'])
      expect((await ask('owner', { scope: 'team', scopeId })).code).toBe('NOT_FOUND');
    for (const args of [{ scopeId: ids['platform'] }, { scope: 'org', scopeId: ids['platform'] }, { scope: 'country' }])
      expect([args, (await ask('owner', args)).code]).toEqual([args, 'VALIDATION']);
    expect((await other.ask('owner', 'get_budget_status')).items).toEqual([]);
  });
});
