import { itOnServer } from '../support/database';
import { Bench, refusal } from '../workforce/organization';
import { AnalyticsService } from '../../src/analytics';

describe('a question that takes too long', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  itOnServer('is answered by what to ask instead', async () => {
    const org = await bench.organization();
    await org.people(Array.from({ length: 200 }, () => ({})));
    const asked = org.as('owner', async (ctx) => {
      await ctx.db.query(`select set_config('statement_timeout', '1', true)`);
      return new AnalyticsService().answer(ctx, {
        metrics: ['cost_total', 'headcount'],
        dimensions: ['employee', 'period'],
        granularity: 'day',
        preset: 'this_year',
        limit: 50,
      });
    });
    expect(await refusal(asked)).toMatchObject({ code: 'RESULT_TOO_LARGE', extras: { hint: expect.stringContaining('shorter period') } });
  });
});
