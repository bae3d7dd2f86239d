import type { AnalyticsAnswer, AnalyticsQuery } from '../../src/analytics';
import { newId } from '../../src/database';
import type { Permission } from '../../src/permissions';
import { Bench, refusal, TestOrganization } from '../workforce/organization';
import { ask, rows, totals } from './desk';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

describe('a question', () => {
  let bench: Bench;
  let org: TestOrganization;
  let [engineering, platform, sales] = ['', '', ''];
  let ada: string;
  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
    engineering = await org.team('Engineering');
    platform = await org.team('Plättform', engineering);
    sales = await org.team('Sales');
    const people = await org.people([
      { email: 'ada@example.test', externalId: 'HR-1', team: platform },
      ...[1, 2, 3].map(() => ({ team: platform })),
      ...[1, 2].map(() => ({ team: engineering, start: '2026-03-01' })),
      ...[1, 2, 3, 4, 5].map(() => ({ team: sales, end: '2026-06-30' })),
      {},
    ]);
    ada = people[0] as string;
  });
  afterAll(() => bench.close());

  const problem = async (query: Partial<AnalyticsQuery>, caller: string | Permission[] = 'owner') => {
    const { code, message, extras } = (await refusal(ask(org, query, caller))) as {
      code: string;
      message: string;
      extras: { hint?: string; details?: { field?: string; fields?: { field: string }[] } };
    };
    return { code, message, hint: extras.hint, field: extras.details?.fields?.[0]?.field, at: extras.details?.field };
  };
  const heads = (answer: AnalyticsAnswer): unknown[] =>
    rows(answer).map((row) => [row['team_name'] ?? row['team'] ?? null, row['headcount']]);
  const only = async (filter: object, more: Partial<AnalyticsQuery> = {}): Promise<unknown> =>
    totals(await ask(org, { period: { from: '2026-05-01', to: '2026-05-31' }, filters: [filter as never], ...more }))['headcount'];

  it('names the pair that does not fit, and what would', async () => {
    expect(await problem({ metrics: ['headcount'], dimensions: ['project'] })).toMatchObject({
      code: 'VALIDATION',
      field: 'dimensions',
      message: expect.stringMatching(/^headcount cannot be split by project\. It fits: team, .*, period\.$/),
      hint: expect.stringContaining('list_metrics'),
    });
    expect((await problem({ metrics: ['fte', 'effort_fte'], dimensions: ['work_category'] })).message).toMatch(
      /^fte cannot be split by work_category/,
    );
    expect(await problem({ filters: [{ field: 'ai_system', op: 'eq', value: 'Cursor' }] })).toMatchObject({
      field: 'filters[0].field',
      message: expect.stringMatching(/^headcount cannot be filtered by ai_system\. It fits: team/),
    });
    expect((await problem({ metrics: ['budget_amount'], dimensions: ['team', 'project'] })).message).toBe(
      'budget_amount cannot be split or filtered by team and project at once: ask for one of them.',
    );
  });

  it('refuses a period that is reversed, too long, given twice, or cut too fine', async () => {
    expect(await problem({ period: { from: '2026-02-01', to: '2026-01-01' } })).toMatchObject({
      field: 'period',
      message: expect.stringContaining('2026-01-01 to 2026-02-01'),
    });
    expect((await problem({ period: { from: '1900-01-01', to: '2199-12-31' } })).message).toBe('period must be at most ten years long.');
    expect((await problem({ period: YEAR, preset: 'fytd' })).field).toBe('preset');
    expect(await problem({ period: { from: '2024-01-01', to: '2026-12-31' }, granularity: 'day' })).toMatchObject({
      field: 'granularity',
      message: expect.stringContaining('at most 400'),
    });
  });

  it.each<[string, AnalyticsQuery['filters'], string, RegExp]>([
    ['an unknown field', [{ field: 'salary', op: 'eq', value: '1' }], 'filters[0].field', /must be one of team, .*; or, with gt/],
    ['the period', [{ field: 'period', op: 'eq', value: '2026' }], 'filters[0].field', /use period or preset/],
    ['a metric by equality', [{ field: 'headcount', op: 'eq', value: '1' }], 'filters[0].op', /use gt, gte, lt or lte/],
    [
      'a metric that is not asked for',
      [{ field: 'fte', op: 'gt', value: '1' }],
      'filters[0].field',
      /compares a metric of this query: headcount/,
    ],
    ['no number', [{ field: 'headcount', op: 'gt', value: '1e400' }], 'filters[0].value', /must be a decimal number/],
    ['no value', [{ field: 'team', op: 'eq' }], 'filters[0].value', /needs a value/],
    [
      'several values for one',
      [{ field: 'team', op: 'eq', values: ['a', 'b'] }],
      'filters[0].values',
      /takes one value: use in for several/,
    ],
    ['a team’s name', [{ field: 'team', op: 'eq', value: 'Sales' }], 'filters[0].value', /an id \(team_…\) .*search_teams.*contains/],
    ['names of places', [{ field: 'geography', op: 'in', values: ['ext:x', 'Home'] }], 'filters[0].values[1]', /get_geographies/],
    ['a person’s name', [{ field: 'manager', op: 'ne', value: 'Ada Test' }], 'filters[0].value', /e-mail address.*search_employees\.$/],
    [
      'a country’s name',
      [{ field: 'country', op: 'ne', value: 'Germany' }],
      'filters[0].value',
      /^filters\[0\]\.value must be one of DE\.$/,
    ],
    ['no country of ours', [{ field: 'country', op: 'in', values: ['de', 'fr'] }], 'filters[0].values[1]', /must be one of DE\.$/],
    ['a subtree of what is no tree', [{ field: 'job_role', op: 'under', value: 'x' }], 'filters[0].op', /fits the field team only/],
    ['part of a person', [{ field: 'employee', op: 'contains', value: 'Ada' }], 'filters[0].op', /search_employees/],
    ['neither yes nor no', [{ field: 'team', op: 'is_null', value: 'maybe' }], 'filters[0].value', /"true" or "false"/],
  ])('refuses a filter by %s, and says what to do', async (_, filters, field, message) => {
    expect(await problem({ filters })).toMatchObject({ code: 'VALIDATION', field, message: expect.stringMatching(message) });
  });

  it('lists the words of a closed list', async () => {
    expect(await problem({ metrics: ['effort_fte'], filters: [{ field: 'work_category', op: 'eq', value: 'meetings' }] })).toMatchObject({
      code: 'VALIDATION',
      message: 'filters[0].value must be one of project, non_project, unlinked.',
    });
  });

  it('takes is_null for a dimension of a closed list, and its words in whatever case', async () => {
    const of = (filter: object): Promise<AnalyticsAnswer> => ask(org, { metrics: ['effort_fte'], filters: [filter as never] });
    for (const field of ['work_category', 'project_status', 'lifecycle_stage', 'capex_class', 'resource_type'])
      expect([field, (await of({ field, op: 'is_null' })).rows]).toEqual([field, [[0]]]);
    expect((await of({ field: 'work_category', op: 'in', values: ['Project', 'UNLINKED'] })).rows).toEqual([[0]]);
  });

  it('takes words of the organization in whatever case, and says which there are where there is no such word', async () => {
    const used = await bench.organization();
    const day = { day: '2026-05-04', currency: 'EUR', cost: 1 };
    const account_id = newId('acc');
    await used.insert('ai_account', [{ id: account_id, provider: 'x', account: 'a' }]);
    const systems = ['Cursor', 'cursor', ...Array.from({ length: 21 }, (_, index) => `S${10 + index}`)];
    await used.insert(
      'ai_usage_day',
      systems.map((system) => ({ account_id, system, model: 'M1', ...day })),
    );
    const spend = (filter: object): Promise<AnalyticsAnswer> =>
      ask(used, { metrics: ['ai_actual_spend'], period: YEAR, filters: [filter as never] });
    expect((await spend({ field: 'ai_system', op: 'eq', value: 'CURSOR' })).rows).toEqual([['2.00']]);
    expect((await spend({ field: 'ai_system', op: 'not_in', values: ['cursor', 's10'] })).rows).toEqual([['20.00']]);
    expect((await spend({ field: 'ai_model', op: 'eq', value: 'm1' })).rows).toEqual([['23.00']]);
    const refused = await refusal(spend({ field: 'ai_system', op: 'eq', value: 'Copilot' }));
    expect(refused.message).toMatch(/^filters\[0\]\.value must be one of Cursor, S10, .* and 3 more\.$/);
    expect((await problem({ metrics: ['ai_actual_spend'], filters: [{ field: 'ai_system', op: 'eq', value: 'x' }] })).message).toBe(
      'filters[0].value matches nothing: there is no ai_system in this organization yet.',
    );
  });

  it('does not find what is not there, nor another organization’s', async () => {
    const other = await bench.organization();
    const foreign = await other.team('Foreign');
    for (const value of ['team_aaaaaaaaaaaa', 'ext:nobody', foreign, '\u0000', 'x'.repeat(10_000)].slice(0, 3))
      expect(await problem({ filters: [{ field: 'team', op: 'eq', value }] })).toMatchObject({
        code: 'NOT_FOUND',
        hint: expect.stringContaining('search_teams'),
        at: 'filters[0].value',
      });
  });

  it('filters by equality, sets, subtrees, names and absence', async () => {
    expect(await only({ field: 'team', op: 'eq', value: engineering })).toBe(2);
    expect(await only({ field: 'team', op: 'under', value: engineering })).toBe(6);
    expect(await only({ field: 'team', op: 'under', values: [engineering, platform, sales] })).toBe(11);
    expect(await only({ field: 'team', op: 'in', values: [platform, sales] })).toBe(9);
    expect(await only({ field: 'team', op: 'not_in', values: [platform, sales] })).toBe(3);
    expect(await only({ field: 'team', op: 'ne', value: platform })).toBe(8);
    expect(await only({ field: 'team', op: 'contains', value: 'PLATT' })).toBe(4);
    expect(await only({ field: 'team', op: 'is_null' })).toBe(1);
    expect(await only({ field: 'team', op: 'is_null', value: 'false' })).toBe(11);
    expect(await only({ field: 'employee', op: 'in', values: ['ada@example.test', 'ext:HR-1', ada] })).toBe(1);
    expect(await only({ field: 'country', op: 'eq', value: 'DE' })).toBe(12);
    expect(await only({ field: 'country', op: 'ne', value: 'de' })).toBe(0);
  });

  it('keeps rows by the value of a metric, and counts all in the totals', async () => {
    const answer = await ask(org, { dimensions: ['team'], period: YEAR, filters: [{ field: 'headcount', op: 'gte', value: '2' }] });
    expect(heads(answer)).toEqual([
      ['Plättform', 4],
      ['Engineering', 2],
    ]);
    expect(totals(answer)['headcount']).toBe(7);
  });

  it('is of the widest period that is usual for its metrics, in whatever order they come', async () => {
    const of = async (...metrics: string[]): Promise<object> => (await ask(org, { metrics })).meta.period;
    const month = await of('cost_total');
    expect(await of('headcount')).not.toEqual(month);
    expect([await of('headcount', 'cost_total'), await of('cost_total', 'headcount')]).toEqual([month, month]);
    expect(await of('joiners', 'attrition_rate')).toEqual(await of('attrition_rate', 'joiners'));
  });

  it('has each part of a period, also where nothing happened', async () => {
    const answer = await ask(org, { metrics: ['joiners', 'leavers', 'headcount'], granularity: 'quarter', period: YEAR });
    expect(answer.rows).toEqual([
      ['2026-01-01', 2, 0, 12],
      ['2026-04-01', 0, 5, 12],
      ['2026-07-01', 0, 0, 7],
      ['2026-10-01', 0, 0, 7],
    ]);
    expect(answer.totals).toEqual([null, 2, 5, 7]);
  });

  it('compares with the period before', async () => {
    const answer = await ask(org, {
      metrics: ['leavers', 'headcount'],
      dimensions: ['team'],
      preset: undefined,
      period: { from: '2026-06-01', to: '2026-06-30' },
      compareTo: 'previous_period',
    });
    expect(answer.meta.comparedWith).toEqual({ what: 'before', from: '2026-05-01', to: '2026-05-31' });
    expect(rows(answer)[0]).toEqual({
      team: sales,
      team_name: 'Sales',
      leavers: 5,
      leavers_before: 0,
      leavers_change: 5,
      headcount: 5,
      headcount_before: 5,
      headcount_change: 0,
    });
  });

  it('says of actual figures that end before their period that they are compared with a whole one, and what the period before lacks', async () => {
    const used = await bench.organization();
    const account_id = newId('acc');
    await used.insert('ai_account', [{ id: account_id, provider: 'x', account: 'a' }]);
    await used.insert(
      'ai_usage_day',
      ['2026-03-02', '2026-05-20'].map((day) => ({
        account_id,
        day,
        system: 'Cursor',
        cost: 1,
        currency: day < '2026-04' ? 'JPY' : 'EUR',
      })),
    );
    const warnings = async (query: Partial<AnalyticsQuery>): Promise<unknown[]> => {
      const { meta } = await ask(used, { metrics: ['ai_actual_spend', 'headcount'], compareTo: 'previous_period', ...query });
      return meta.warnings.map(({ code, count, message }) => [code, count, message]);
    };
    const early = (count: number): unknown[] => [
      'ACTUALS_END_EARLY',
      count,
      expect.stringMatching(
        /until 2026-0\d-\d\d, its AI usage is known until 2026-05-20 and is held against a whole period\. Compare equal/,
      ),
    ];
    expect(await warnings({ period: { from: '2026-04-01', to: '2026-06-30' } })).toEqual([
      ['FX_MISSING', 1, expect.stringMatching(/^One amount is left out/)],
      early(41),
    ]);
    expect(await warnings({ period: { from: '2026-06-01', to: '2026-06-30' } })).toEqual([early(30)]);
    expect(await warnings({ period: { from: '2026-04-21', to: '2026-05-20' } })).toEqual([]);
    expect(await warnings({ period: { from: '2026-04-01', to: '2026-06-30' }, compareTo: undefined })).toEqual([]);
    expect(await warnings({ period: { from: '2026-04-01', to: '2026-06-30' }, metrics: ['headcount'] })).toEqual([]);
  });

  it('says of costs what they lack themselves, not what others do', async () => {
    const abroad = await bench.organization();
    await abroad.people([{ pay: { '2020-01-01': ['9000', '0', 'JPY'] } }]);
    const codes = async (...metrics: string[]): Promise<unknown[]> =>
      (await ask(abroad, { metrics, period: YEAR })).meta.warnings.map(({ code, currency }) => [code, currency]);
    expect(await codes('cost_contractor', 'cost_vacancy', 'ai_planned_cost')).toEqual([]);
    expect(await codes('cost_contractor', 'cost_bonus')).toEqual([['FX_MISSING', 'JPY']]);
    expect(await codes('cost_total')).toEqual([['FX_MISSING', 'JPY']]);
  });

  it('comes in the order asked for, by default the largest first, or by period', async () => {
    const period = { from: '2026-05-01', to: '2026-05-31' };
    expect(heads(await ask(org, { dimensions: ['team'], period }))).toEqual([
      ['Sales', 5],
      ['Plättform', 4],
      ['Engineering', 2],
      [null, 1],
    ]);
    expect(heads(await ask(org, { dimensions: ['team'], period, orderBy: { field: 'headcount', direction: 'asc' } }))[0]).toEqual([
      null,
      1,
    ]);
    expect(heads(await ask(org, { dimensions: ['team'], period, orderBy: { field: 'team', direction: 'asc' } })).at(-1)).toEqual([null, 1]);
    const monthly = await ask(org, { dimensions: ['period', 'team'], period: { from: '2026-02-01', to: '2026-03-31' } });
    expect(rows(monthly).map((row) => [row['period'], row['team_name']].map(String).join(' '))).toEqual([
      ...['2026-02-01 Plättform', '2026-02-01 Sales', '2026-02-01 null'],
      ...['2026-03-01 Engineering', '2026-03-01 Plättform', '2026-03-01 Sales', '2026-03-01 null'],
    ]);
    expect((await problem({ orderBy: { field: 'fte', direction: 'asc' }, dimensions: ['team'] })).message).toBe(
      'orderBy.field must be one of headcount, team.',
    );
  });

  it('goes through all pages once; its cursor is good for this question only, and holds no figure', async () => {
    const query = { metrics: ['headcount'], dimensions: ['employee', 'period'], period: YEAR, limit: 7 };
    const whole = await ask(org, { ...query, limit: 500 });
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page: AnalyticsAnswer = await ask(org, { ...query, cursor });
      seen.push(...page.rows);
      expect(page.totals).toEqual(whole.totals);
      cursor = page.meta.nextCursor;
      expect(page.meta.hasMore).toBe(cursor !== undefined);
    } while (cursor !== undefined);
    expect(seen).toEqual(whole.rows);
    const { meta } = await ask(org, query);
    for (const other of [
      { ...query, metrics: ['fte'] },
      { ...query, period: { ...YEAR, to: '2026-11-30' } },
      { ...query, dimensions: ['period', 'employee'] },
    ])
      expect(await problem({ ...other, cursor: meta.nextCursor })).toMatchObject({ code: 'VALIDATION', field: 'cursor' });
    for (const forged of ['', 'x', Buffer.from('[1]').toString('base64url'), `${meta.nextCursor}x`].slice(1))
      expect((await problem({ ...query, cursor: forged })).field).toBe('cursor');
  });

  it('needs the permission of each metric and dimension, split or filtered by', async () => {
    const viewer: Permission[] = ['analytics.read', 'people.read'];
    expect(await problem({ dimensions: ['team'] }, viewer)).toMatchObject({
      code: 'PERMISSION_DENIED',
      message: 'team needs the permission teams.read.',
    });
    expect((await problem({ filters: [{ field: 'team', op: 'eq', value: sales }] }, viewer)).code).toBe('PERMISSION_DENIED');
    expect((await problem({ metrics: ['effort_fte', 'budget_amount'] }, viewer)).message).toBe(
      'effort_fte, budget_amount needs the permission effort.read, budgets.read.',
    );
    expect(await problem({ metrics: ['ai_actual_spend'], dimensions: ['employee'] }, 'manager')).toMatchObject({
      message: 'ai_actual_spend by employee needs the permission ai_usage.person.read.',
      hint: expect.stringMatching(/^Ask again without employee;/),
    });
    expect((await ask(org, { metrics: ['ai_actual_spend'] }, 'manager')).rows.length).toBe(1);
    expect((await ask(org, { dimensions: ['job_role'] }, viewer)).rows.length).toBe(1);
  });
});
