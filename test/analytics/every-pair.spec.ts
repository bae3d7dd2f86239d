import { DIMENSION_NAMES } from '../../src/analytics';
import { METRICS } from '../../src/analytics/metrics';
import { dimensionsOf } from '../../src/analytics/vocabulary';
import { DemoSeed } from '../../src/imports';
import { TestPlan } from '../scenarios/plan';
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

  it.each([undefined, ...DIMENSION_NAMES])('can be split by %s where it says so, and adds up where it says so', async (dimension) => {
    const fitting = METRICS.filter((metric) => dimension === undefined || dimensionsOf(metric).includes(dimension));
    for (let from = 0; from < fitting.length; from += 5) {
      const metrics = fitting.slice(from, from + 5);
      const answer = await ask(acme, {
        metrics: metrics.map(({ name }) => name),
        dimensions: dimension ? [dimension] : [],
        preset: 'last_3_months',
      });
      expect([dimension, answer.meta.hasMore]).toEqual([dimension, false]);
      for (const { name, unit, additive } of metrics) {
        const groups = rows(answer).map((row) => Number(row[name]));
        const apart = Math.abs(groups.reduce((total, one) => total + one, 0) - Number(totals(answer)[name]));
        expect([name, !additive || apart <= ROUNDING(unit) * (groups.length + 1)]).toEqual([name, true]);
      }
    }
  });

  it.each([undefined, 'team', 'project'] as const)('is the same in a scenario that changes nothing, split by %s', async (dimension) => {
    const plan = await TestPlan.create(bench, acme);
    const fitting = METRICS.filter((one) => !one.liveOnly && (dimension === undefined || dimensionsOf(one).includes(dimension)));
    for (let from = 0; from < fitting.length; from += 5) {
      const metrics = fitting.slice(from, from + 5).map(({ name }) => name);
      const query = { metrics, dimensions: dimension ? [dimension] : [], preset: 'last_3_months', compareTo: 'live' } as const;
      const answer = await ask(plan, { ...query, dimensions: [...query.dimensions], planId: plan.id });
      const changes = [totals(answer), ...rows(answer)].flatMap((row) => metrics.map((name) => Number(row[`${name}_change`] ?? 0)));
      expect([metrics, changes.filter((change) => change !== 0)]).toEqual([metrics, []]);
    }
  });

  it('can be split by month and compared', async () => {
    for (let from = 0; from < METRICS.length; from += 5) {
      const metrics = METRICS.slice(from, from + 5).map(({ name }) => name);
      const answer = await ask(acme, { metrics, granularity: 'month', preset: 'last_3_months', compareTo: 'previous_period' });
      expect([metrics, answer.rows.length, answer.columns.length]).toEqual([metrics, 3, 1 + 3 * metrics.length]);
    }
  });
});
