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
});
