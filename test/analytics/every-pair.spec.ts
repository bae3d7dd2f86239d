import { METRICS } from '../../src/analytics/metrics';
import { dimensionsOf } from '../../src/analytics/vocabulary';
import { DemoSeed } from '../../src/imports';
import { Bench, TestOrganization } from '../workforce/organization';
import { ask, rows, totals } from './desk';

/** What figures are rounded to may differ by as much per group. */
const ROUNDING = (unit: string): number => (unit === 'tokens' ? 0.5 : 0.005) + 1e-6;

describe('every metric of the demo', () => {
  let bench: Bench;
  let acme: TestOrganization;
  beforeAll(async () => {
    bench = await Bench.open();
    await new DemoSeed(bench.database).seedIfEmpty();
    const [row] = await bench.test.admin<{ id: string; tenant: string }>(
      `select id, tenant_id as tenant from organization where name = 'Acme'`,
    );
    acme = new TestOrganization(bench, { id: row!.tenant, slug: 'acme', orgId: row!.id, orgName: 'Acme' });
  }, 120_000);
  afterAll(() => bench.close());

  it.each(METRICS.map((metric) => [metric.name, metric] as const))(
    '%s can be split by all that it says, and adds up where it says so',
    async (name, metric) => {
      for (const dimension of [undefined, ...dimensionsOf(metric)]) {
        const answer = await ask(acme, { metrics: [name], dimensions: dimension ? [dimension] : [], preset: 'last_3_months' });
        const groups = rows(answer).map((row) => Number(row[name]));
        if (metric.additive && !answer.meta.hasMore) {
          const sum = groups.reduce((total, one) => total + one, 0);
          expect([dimension, Math.abs(sum - Number(totals(answer)[name])) <= ROUNDING(metric.unit) * (groups.length + 1)]).toEqual([
            dimension,
            true,
          ]);
        }
      }
      const monthly = await ask(acme, { metrics: [name], granularity: 'month', preset: 'last_3_months', compareTo: 'previous_period' });
      expect(monthly.rows.length).toBe(3);
    },
  );
});
