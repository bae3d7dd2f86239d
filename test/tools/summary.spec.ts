import { newId } from '../../src/database';
import type { Json } from '../mcp/wire';
import { World } from '../mcp/world';
import { Desk } from './desk';

/** The figures of all parts by metric; of metrics that two parts have, the month's first. */
const figures = ({ parts }: Json, name: 'value' | 'baseline' | 'change' = 'value'): Record<string, unknown> =>
  Object.fromEntries(
    [...parts].reverse().flatMap((part: Json) => part.figures.map((figure: Json) => [figure.metric, figure[name]] as const)),
  );

describe('org_summary and org_unit_metrics', () => {
  let world: World;
  let desk: Desk;
  let ids: Record<'top' | 'crew' | 'ada' | 'plan', string>;

  /** Top (Ada, who manages) above Crew (three people, a contractor, a vacancy). The plan lets Ada go and raises one of the crew. */
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    desk = await Desk.open(world);
    const { org } = desk;
    const top = await org.team('Top');
    const crew = await org.team('Crew', top);
    await desk.world.db.admin('update live.team set external_id = $2 where id = $1', [crew, 'T-9']);
    const paid = (salary: string) => ({ pay: { '2020-01-01': [salary, '0', 'EUR'] as [string, string, string] } });
    const ada = await org.person({ team: top, ...paid('90000') });
    await org.people(['50000', '50000', '60000'].map((salary) => ({ team: crew, manager: ada, ...paid(salary) })));
    const base = { geography_id: org.place, start_date: '2024-01-01' };
    const [contractor] = await desk.add('contractor', 'con', { ...base, name: 'Saw Ltd' });
    await desk.allocate({ contractor_id: contractor, target_team_id: crew, is_primary: true });
    const [vacancy] = await desk.add('vacancy', 'vac', { role: 'Joiner', target_start_date: '2099-01-01', fte: 0.5 });
    await desk.allocate({ vacancy_id: vacancy, target_team_id: crew, start_date: '2099-01-01', is_primary: true });
    const budget = { amount: '1200000', period: 'fiscal_year', currency: 'EUR', effective_date: '2020-01-01' };
    await desk.add('budget', 'bud', { scope: 'org', ...budget }, { scope: 'team', team_id: crew, ...budget, amount: '7' });
    const plan = (await desk.ask('owner', 'create_scenario', { title: 'Without Ada' })).planId;
    await desk.ask('owner', 'terminate_employees', { planId: plan, employeeIds: [ada], endDate: '2026-01-31' });
    ids = { top, crew, ada, plan };
  });
  afterAll(() => world.close());

  it('tell the whole organization by what it is, what it costs this month, and what has become of the year', async () => {
    const answer = await desk.ask('owner', 'org.summary');
    expect(answer.parts.map(({ figures: all }: Json) => all.map(({ metric }: Json) => metric))).toEqual([
      ['headcount', 'fte', 'contractor_headcount', 'vacancy_count', 'open_fte', 'span_of_control_avg', 'layers_max'],
      ['cost_total', 'utilisation', 'over_allocated_people'],
      ['joiners', 'leavers', 'cost_total', 'budget_amount', 'budget_variance'],
    ]);
    expect(figures(answer)).toMatchObject({
      ...{ headcount: 4, fte: 4, contractor_headcount: 1, vacancy_count: 1, open_fte: 0.5, span_of_control_avg: 3, layers_max: 2 },
      ...{ joiners: 0, leavers: 0, budget_amount: '1200000.00', utilisation: 0, over_allocated_people: 0 },
    });
    expect(answer).toMatchObject({ currency: 'EUR', asOf: answer.parts[0].from });
    expect(answer).not.toHaveProperty('baseline');
    expect(answer).not.toHaveProperty('redacted');
    expect(answer.parts[2].figures[2]).toEqual({ metric: 'cost_total', unit: 'money', value: expect.stringMatching(/^2\d{5}\.\d\d$/) });
    expect(answer.parts[1].from.slice(0, 7)).toBe(answer.asOf.slice(0, 7));
  });

  it('tell one team with all below it, by id or external id', async () => {
    const crew = await desk.ask('owner', 'org.unit.metrics', { teamId: 'ext:T-9' });
    expect(crew.unit).toEqual({ id: ids.crew, name: 'Crew' });
    expect(figures(crew)).toMatchObject({ headcount: 3, contractor_headcount: 1, vacancy_count: 1 });
    expect(figures(crew)).not.toHaveProperty('budget_amount');
    const top = await desk.ask('owner', 'org_unit_metrics', { teamId: ids.top });
    expect(figures(top)).toMatchObject({ headcount: 4, contractor_headcount: 1, vacancy_count: 1 });
    expect(await desk.ask('owner', 'org_unit_metrics', { teamId: newId('team') })).toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'teamId' },
    });
  });

  it('show a scenario beside live, and live beside a scenario', async () => {
    const answer = await desk.ask('owner', 'org_summary', { planId: ids.plan });
    expect(answer).toMatchObject({ planId: ids.plan, baseline: { what: 'live' } });
    expect([figures(answer)['headcount'], figures(answer, 'baseline')['headcount'], figures(answer, 'change')['headcount']]).toEqual([
      3, 4, -1,
    ]);
    expect(Number(figures(answer, 'change')['cost_total'])).toBeCloseTo(-Number(figures(answer, 'baseline')['cost_total']) * (90 / 250), 0);
    const other = await desk.ask('owner', 'org_unit_metrics', { teamId: ids.top, baseline: ids.plan });
    expect(other).toMatchObject({ baseline: { what: 'scenario', planId: ids.plan, planRev: expect.any(Number) } });
    expect(other).not.toHaveProperty('planId');
    expect([figures(other)['headcount'], figures(other, 'change')['headcount']]).toEqual([4, 1]);
    const crew = await desk.ask('owner', 'org_unit_metrics', { teamId: ids.crew, planId: ids.plan });
    expect([figures(crew, 'change')['headcount'], figures(crew, 'change')['cost_total']]).toEqual([0, '0.00']);
    expect(await desk.ask('owner', 'org_summary', { planId: ids.plan, baseline: ids.plan })).toMatchObject({
      code: 'VALIDATION',
      details: { fields: [{ field: 'baseline' }] },
    });
    expect(await desk.ask('owner', 'org_summary', { baseline: 'plan_ofnobody2345' })).toMatchObject({
      code: 'NOT_FOUND',
      details: { field: 'baseline' },
    });
  });

  it('tell of any day, also what a scenario changes later', async () => {
    const [, month] = (await desk.ask('owner', 'org_summary', { asOf: '2025-02-10' })).parts;
    expect([month.from, month.to]).toEqual(['2025-02-01', '2025-02-28']);
    const planId = (await desk.done('create_scenario', { title: 'Later' })).planId;
    await desk.done('terminate_employees', { planId, employeeIds: [ids.ada], endDate: '2030-03-31' });
    for (const [tool, args] of [
      ['org_summary', {}],
      ['org_unit_metrics', { teamId: ids.top }],
    ] as const) {
      const change = async (asOf?: string) => figures(await desk.done(tool, { planId, asOf, ...args }), 'change');
      expect(await change()).toMatchObject({ headcount: 0, cost_total: '0.00' });
      expect(await change('2030-03-31')).toMatchObject({ headcount: 0, cost_total: '0.00', leavers: 1 });
      expect(await change('2030-04-01')).toMatchObject({ headcount: -1, cost_total: expect.stringMatching(/^-7\d{3}\./), leavers: 1 });
    }
    expect(await desk.done('org_summary', { planId, asOf: '2030-04-01' })).toMatchObject({ asOf: '2030-04-01' });
  });

  it('leave out and name what the caller may not read', async () => {
    const money = ['cost_total', 'budget_amount', 'budget_variance'];
    expect((await desk.ask('viewer', 'org_summary')).redacted).toEqual(money);
    expect((await desk.ask('manager', 'org_summary')).redacted).toEqual(['cost_total', 'budget_variance']);
    expect((await desk.ask('finance', 'org_summary')).redacted).toBeUndefined();
    const bare = await desk.ask(['analytics.read', 'people.read'], 'org_summary');
    expect([bare.parts.length, bare.redacted]).toEqual([
      2,
      [
        'contractor_headcount',
        'vacancy_count',
        'open_fte',
        'cost_total',
        'utilisation',
        'over_allocated_people',
        'budget_amount',
        'budget_variance',
      ],
    ]);
    expect(await desk.ask(['analytics.read', 'people.read'], 'org_unit_metrics', { teamId: ids.top })).toMatchObject({
      code: 'PERMISSION_DENIED',
    });
    expect(await desk.ask(['org.read'], 'org_summary')).toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it('give no cost of few people or of a scenario to who may see money but not pay', async () => {
    const who = ['analytics.read', 'people.read', 'teams.read', 'financials.read', 'scenarios.read', 'scenarios.read_all'] as const;
    const whole = await desk.ask(who, 'org_summary');
    expect(Number(figures(whole)['cost_total'])).toBeGreaterThan(0);
    expect(whole.redacted).not.toContain('cost_total');
    expect(figures(await desk.ask(who, 'org_unit_metrics', { teamId: ids.crew }))['cost_total']).toBeUndefined();
    for (const args of [{ planId: ids.plan }, { baseline: ids.plan }]) {
      const answer = await desk.ask(who, 'org_summary', args);
      expect([figures(answer)['cost_total'], answer.redacted.includes('cost_total')]).toEqual([undefined, true]);
      expect(JSON.stringify(answer)).not.toMatch(/"money"/);
    }
  });
});
