import type { TestOrganization } from '../workforce/organization';
import { ImportBench } from './import-bench';

let desk: ImportBench;
let org: TestOrganization;
beforeAll(async () => {
  desk = await ImportBench.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  org = await desk.bench.organization();
});

describe('what exports compute from', () => {
  const spend = (tokens: string, net = '1'): string => `ada@example.test,Claude,opus,${tokens},5,${net}`;
  const HEADER = 'user_email,product,model,total_uncached_input_tokens,total_completion_tokens,total_net_spend_usd';

  it('is read however numbers are written, and refused by its column where it is none', async () => {
    const file = [HEADER, ...['"1,200,000"', '1.2E+06', '12.0', '', '-5', '1.5', 'abc'].map((tokens) => spend(tokens))].join('\n');
    const { lines, mapping } = await desk.bring(org, 'ai-usage', file, { answers: { day: '2026-09-27' } });
    expect(lines.slice(0, 3)).toEqual([
      'Line 6 refused: column total_uncached_input_tokens is no whole number from zero up.',
      'Line 7 refused: column total_uncached_input_tokens is no whole number from zero up.',
      'Line 8 refused: column total_uncached_input_tokens is no number of the format 1,234.56.',
    ]);
    expect(mapping).not.toContain('not read');
    const sums = 'select input_tokens::int as input, output_tokens::int as output from ai_usage_day where org_id = $1';
    expect(await desk.rows(org, sums)).toEqual([{ input: 2_400_012, output: 20 }]);
  });

  it('has credits count against what the day costs, whichever model that is of', async () => {
    const result = (amount: string, model: string | null): object => ({ currency: 'USD', amount, model, workspace_id: 'w' });
    const data = [
      { starting_at: '2026-08-08T00:00:00Z', results: [result('10000', 'opus'), result('500', 'haiku'), result('-4000', null)] },
      { starting_at: '2026-08-09T00:00:00Z', results: [result('100', 'opus'), result('-4000', 'opus')] },
    ];
    const { lines } = await desk.bring(org, 'ai-usage', JSON.stringify({ data }));
    expect(lines[0]).toBe(
      "Line 5 refused: cost (column cost (computed)) is a credit of more than the account's costs of the system on the day.",
    );
    const costs = `select day::text as day, model, trim_scale(cost)::text as cost from ai_usage_day where org_id = $1 order by 1, 2`;
    expect(await desk.rows(org, costs)).toEqual([
      { day: '2026-08-08', model: '', cost: '0' },
      { day: '2026-08-08', model: 'haiku', cost: '5' },
      { day: '2026-08-08', model: 'opus', cost: '60' },
      { day: '2026-08-09', model: 'opus', cost: '1' },
    ]);
  });

  it('has sessions count that used no model', async () => {
    const day = (sessions: number, models: object[]): object => ({
      date: '2026-08-08T00:00:00Z',
      actor: { email_address: 'ada@example.test' },
      core_metrics: { num_sessions: sessions },
      model_breakdown: models,
    });
    const used = { model: 'opus', tokens: { input: 1 }, estimated_cost: { currency: 'USD', amount: 1 } };
    await desk.bring(org, 'ai-usage', JSON.stringify({ data: [day(2, [used]), day(5, [])] }), { answers: { currency: 'USD' } });
    expect(await desk.rows(org, 'select model, sessions from ai_usage_day where org_id = $1 order by 1')).toEqual([
      { model: '', sessions: 5 },
      { model: 'opus', sessions: 2 },
    ]);
  });
});
