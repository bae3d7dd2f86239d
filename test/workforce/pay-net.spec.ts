import { Bench, TestOrganization } from './organization';

/** The second net below the permission checks: a tool that forgot them would still find no pay. */
describe('pay rows in the transaction of a call', () => {
  let bench: Bench;
  let org: TestOrganization;
  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
    await org.person({ pay: { '2024-01-01': ['50000', '0', 'EUR'], '2025-01-01': ['55000', '0', 'EUR'] } });
  });
  afterAll(() => bench.close());

  const rowsSeenBy = (role: string): Promise<unknown> =>
    org.as(role, (ctx) => ctx.db.query('select count(*) as count from salary_adjustment'));

  it.each(['viewer', 'member', 'manager', 'admin'])('MCP-10 are invisible to a %s, whatever is asked', async (role) => {
    expect(await rowsSeenBy(role)).toEqual([{ count: 0 }]);
  });

  it.each(['finance', 'owner'])('are visible to %s', async (role) => {
    expect(await rowsSeenBy(role)).toEqual([{ count: 2 }]);
  });
});
