import fc from 'fast-check';
import { callScope } from '../../src/access';
import { Database } from '../../src/database';
import { permissionsOfRole } from '../../src/permissions';
import { facts as anyFacts } from '../costs/arbitrary-facts';
import { CostOrganization } from '../costs/organization';
import type { Json } from '../mcp/wire';
import { type Connection, World } from '../mcp/world';
import { onServer } from '../support/server';
import type { Bench } from '../workforce/organization';
import { anyChange, type AnyChange, callOf, idsIn } from './any-change';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? (onServer ? 6 : 2));
const SEED = Number(process.env['PROPERTY_SEED'] ?? 26);

describe('the impact that a change answers with', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ RATE_LIMIT_PER_MINUTE: '1000000' });
  });
  afterAll(() => world.close());

  const call = async (connection: Connection, name: string, args: object): Promise<Json> => {
    const { result } = (await world.call(connection, name, args)).json;
    return { ...JSON.parse(result.content[0].text), isError: result.isError === true };
  };
  /** Cents of the first full month from the day on, and heads and thousandths of FTE on it. */
  const figures = async (connection: Connection, planId: string, day: string): Promise<number[]> => {
    const [year, month] = day.split('-').map(Number) as [number, number];
    const first = day.endsWith('-01') ? month - 1 : month;
    const [from, to] = [new Date(Date.UTC(year, first, 1)), new Date(Date.UTC(year, first + 1, 0))].map((one) =>
      one.toISOString().slice(0, 10),
    );
    const figure = async (metric: string, period: object): Promise<number> => {
      const { rows, message } = await call(connection, 'query_analytics', { planId, metrics: [metric], dimensions: [], period });
      expect(message).toBeUndefined();
      return Number(rows[0]?.[0] ?? 0);
    };
    const that = { from: day, to: day };
    return [await figure('cost_total', { from, to }), await figure('headcount', that), await figure('fte', that)];
  };

  it('is what query_analytics says after it, less what it said before', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anyFacts, fc.array(anyChange, { minLength: 4, maxLength: 14 }), async (facts, changes: AnyChange[]) => {
        const tenant = await world.tenant();
        await new CostOrganization({ database: world.app.app.get(Database) } as Bench, tenant).load(facts);
        const connection = await world.connect(tenant);
        const { planId } = await call(connection, 'create_scenario', { title: 'Any' });
        const scope = callScope(
          { ...{ orgId: tenant.orgId, tenantId: tenant.id, userId: 'usr_test' }, permissions: new Set(permissionsOfRole('owner')) },
          planId,
        );
        for (const change of changes) {
          const { tool, args } = callOf(change, await world.app.app.get(Database).call(scope, (db) => idsIn(db, tenant.orgId)));
          const { impact } = await call(connection, tool, { ...args, planId, dryRun: true });
          if (impact === undefined) continue;
          const before = await figures(connection, planId, impact.asOf);
          const done = await call(connection, tool, { ...args, planId });
          expect(done['impact']).toEqual(impact);
          const after = await figures(connection, planId, impact.asOf);
          const [cost, headcount, fte] = after.map((figure, at) => figure - before[at]!) as [number, number, number];
          // Each of the two figures is rounded by itself.
          expect([tool, args, Math.abs(cost - Number(impact.monthlyCost)) < 0.016 ? 0 : [cost, impact]]).toEqual([tool, args, 0]);
          expect([tool, args, impact.headcount, impact.fte]).toEqual([tool, args, headcount, Math.round(fte * 1000) / 1000]);
          compared += 1;
        }
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false },
    );
    expect(compared).toBeGreaterThan(2 * RUNS);
  }, 600_000);
});
