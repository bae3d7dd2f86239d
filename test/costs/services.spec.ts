import { newId } from '../../src/database';
import { CostsService } from '../../src/costs';
import { Bench, refusal, TestOrganization } from '../workforce/organization';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

describe('the cost of one thing', () => {
  const costs = new CostsService();
  let bench: Bench;
  let org: TestOrganization;
  let team: string;
  let ada: string;

  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
    team = await org.team('Platform');
    ada = await org.person({ team, fte: 0.8, pay: { '2020-01-01': ['100000', '12000', 'EUR'] } });
  });
  afterAll(() => bench.close());

  it('is a year of a part-time salary and the whole bonus', async () => {
    const cost = await org.as('owner', (ctx) => costs.resource(ctx, ada, YEAR));
    expect(cost).toMatchObject({ amount: '92000.00', currency: 'EUR', period: YEAR, warnings: [] });
  });

  it('is that of the team and the teams below it', async () => {
    const below = await org.team('Below', team);
    await org.person({ team: below, pay: { '2020-01-01': ['50000', '0', 'EUR'] } });
    const cost = await org.as('owner', (ctx) => costs.team(ctx, team, YEAR));
    expect(cost.amount).toBe('142000.00');
  });

  it('is refused to who may not see costs, and to who may not see pay', async () => {
    const others: Parameters<typeof org.as>[0][] = ['viewer', ['financials.read'], ['compensation.read']];
    for (const who of others)
      expect(await refusal(org.as(who, (ctx) => costs.team(ctx, team, YEAR)))).toMatchObject({ code: 'PERMISSION_DENIED' });
  });

  it('of a project holds its part of the teams that work for it', async () => {
    const project = newId('prj');
    await org.insert('project', [{ id: project, name: 'Ledger' }]);
    await org.insert('allocation', [{ id: newId('alc'), team_id: team, target_project_id: project, fte: 0.4, start_date: '2026-01-01' }]);
    const cost = await org.as('owner', (ctx) => costs.project(ctx, project, YEAR));
    expect(cost.amount).toBe('46000.00');
  });
});
