import { type Dimension, DIMENSIONS } from '../../src/analytics/dimensions';
import { findingTool } from '../../src/workforce';
import { Marked, marked } from '../mcp/canaries';
import { World } from '../mcp/world';

/** The first day of a month before or after this one. */
function monthStart(offset: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
}

describe('query_analytics over MCP', () => {
  let world: World;
  let acme: Marked;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '100000' });
    acme = await marked(world, 'Analyticsong', '70707');
  });
  afterAll(() => world.close());

  it('counts heads by team and month', async () => {
    const args = { metrics: ['headcount'], dimensions: ['team', 'period'], preset: 'last_3_months' };
    const { result } = (await world.call(acme.owner, 'query_analytics', args)).json;
    const { columns, rows, totals } = result.structuredContent;
    expect(columns.map(({ key }: { key: string }) => key)).toEqual(['team', 'team_name', 'period', 'headcount']);
    expect(rows).toEqual([3, 2, 1].map((ago) => [acme.ids.team, 'ZzAnalyticsongteam', monthStart(-ago), 1]));
    expect(totals).toEqual([null, null, null, 1]);
  });

  it.each<[string, object, string]>([
    ['an unknown metric', { metrics: ['salaries'] }, 'metrics must be a list of 1 to 5, each once, of: headcount, fte, '],
    ['no metric', { metrics: [] }, 'metrics must be a list of 1 to 5'],
    ['the same metric twice', { metrics: ['fte', 'fte'] }, 'each once'],
    ['a metric that is no word', { metrics: [{}] }, 'metrics must be a list'],
    ['an unknown dimension', { metrics: ['fte'], dimensions: ['salary'] }, 'dimensions must be a list of 0 to 4'],
    ['an unknown argument', { metrics: ['fte'], groupBy: ['team'] }, 'There is no argument "groupBy".'],
    [
      'an unknown member',
      { metrics: ['fte'], filters: [{ field: 'team', op: 'eq', value: 'x', not: 1 }] },
      'There is no argument "filters[0].not".',
    ],
    ['a filter without a field', { metrics: ['fte'], filters: [{ op: 'eq' }] }, 'filters[0].field is required and must be text'],
    ['an unknown operator', { metrics: ['fte'], filters: [{ field: 'team', op: 'like' }] }, 'filters[0].op must be one of eq, ne, '],
    ['a filter that is none', { metrics: ['fte'], filters: ['team'] }, 'filters must be a list of at most 10 objects'],
    ['a number for text', { metrics: ['fte'], filters: [{ field: 'fte', op: 'gt', value: 10 }] }, 'filters[0].value must be text'],
    [
      '10,000 characters',
      { metrics: ['fte'], filters: [{ field: 'team', op: 'eq', value: 'x'.repeat(10_000) }] },
      'filters[0].value must be text of 1 to 200',
    ],
    ['a null byte', { metrics: ['fte'], filters: [{ field: 'team', op: 'eq', value: 'a\u0000' }] }, 'filters[0].value must be text'],
    ['half a period', { metrics: ['fte'], period: { from: '2026-01-01' } }, 'period.to is required and must be a date'],
    [
      'a day that is none',
      { metrics: ['fte'], period: { from: '2026-02-30', to: '2026-03-01' } },
      'period.from must be a date that exists',
    ],
    ['a period in words', { metrics: ['fte'], period: 'last year' }, 'period must be an object'],
    ['an unknown preset', { metrics: ['fte'], preset: 'yesterday' }, 'preset must be one of today, this_month'],
    ['too many rows', { metrics: ['fte'], limit: 501 }, 'limit must be a whole number from 1 to 500'],
    ['an unknown order', { metrics: ['fte'], orderBy: { field: 'fte', direction: 'up' } }, 'orderBy.direction must be one of asc, desc'],
  ])('refuses %s, and names the field', async (_, args, problem) => {
    const { result } = (await world.call(acme.owner, 'query_analytics', args)).json;
    const answer = JSON.parse(result.content[0].text);
    expect(answer).toMatchObject({ code: 'VALIDATION', retryable: true });
    expect(answer.message).toContain(problem);
    expect(answer.details.fields[0].field).toEqual(expect.any(String));
  });

  it('refuses a number that no number can hold', async () => {
    const body =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query_analytics","arguments":{"metrics":["fte"],"limit":1e400}}}';
    const { result } = (await world.post(acme.owner, body)).json;
    expect(JSON.parse(result.content[0].text)).toMatchObject({ code: 'VALIDATION', details: { fields: [{ field: 'limit' }] } });
  });

  it('sends who gives a name for an id to tools that there are', async () => {
    const { tools } = (await world.rpc(acme.owner, 'tools/list')).json.result;
    const names = tools.map(({ name }: { name: string }) => name);
    const finders = Object.values<Dimension>(DIMENSIONS).flatMap(({ ids }) => (ids ? (findingTool(ids.kind) ?? '') : []));
    expect(finders.filter((find) => !names.includes(find))).toEqual([]);
    const filters = [{ field: 'team', op: 'eq', value: 'ZzAnalyticsongteam' }];
    const { result } = (await world.call(acme.owner, 'query_analytics', { metrics: ['fte'], filters })).json;
    expect(JSON.parse(result.content[0].text)).toMatchObject({ code: 'VALIDATION', details: { fields: [{ field: 'filters[0].value' }] } });
  });

  it('tells what can be asked, by kind, and what one lacks the permission for', async () => {
    const viewer = await world.connect(acme.tenant, { role: 'viewer' });
    const { groups, splits, dimensions } = (await world.call(viewer, 'list_metrics')).json.result.structuredContent;
    type Listed = { name: string; splits: string; needs?: string[] };
    const metrics: Listed[] = groups.flatMap((group: { metrics: Listed[] }) => group.metrics);
    const of = (name: string): Listed => metrics.find((metric) => metric.name === name) as Listed;
    expect(of('headcount').needs).toBeUndefined();
    expect(of('cost_total').needs).toEqual(['financials.read']);
    const fitting = splits.find(({ name }: Listed) => name === of('headcount').splits).dimensions;
    expect(fitting).toContain('team');
    expect(fitting).not.toContain('project');
    expect(dimensions.find(({ name }: Listed) => name === 'capex_class').values).toEqual(['capex', 'opex', 'none']);
    const ai = (await world.call(viewer, 'list_metrics', { group: 'ai' })).json.result.structuredContent;
    expect(ai.groups.map(({ name }: Listed) => name)).toEqual(['ai']);
    const { contents } = (await world.rpc(viewer, 'resources/read', { uri: 'metrics://catalog' })).json.result;
    expect(JSON.parse(contents[0].text)).toEqual({ groups, splits, dimensions });
  });
});
