import { PayRanking } from '../../src/workforce';
import { Bench, refusal, TestOrganization } from './organization';

const TODAY = '2026-06-15';

describe('rank_employees', () => {
  let bench: Bench;
  beforeAll(async () => void (bench = await Bench.open()));
  afterAll(() => bench.close());

  const rank = (org: TestOrganization, wish: Partial<PayRanking> = {}) =>
    org.as('finance', (ctx) =>
      bench.pay.rank(ctx, { by: 'salary', order: 'highest', limit: 25, includeSubteams: false, asOf: TODAY, ...wish }),
    );
  const paid = (first: string, salary: string, currency = 'EUR', bonus = '0') => ({
    first,
    pay: { '2020-01-01': [salary, bonus, currency] as [string, string, string] },
  });
  const lines = (page: { items: { rank: number; name: string; amount: string }[] }) =>
    page.items.map(({ rank, name, amount }) => `${rank} ${name.split(' ')[0]} ${amount}`);

  it('compares in one currency, directly or by the inverse rate, and shows the own one too', async () => {
    const org = await bench.organization();
    await org.people([paid('Euro', '50000'), paid('Dollar', '60000', 'USD'), paid('Pound', '40000', 'GBP', '9000')]);
    await org.rate('USD', 'EUR', '0.5');
    await org.rate('USD', 'EUR', '0.9', '2026-06-15');
    await org.rate('USD', 'EUR', '0.1', '2026-06-16');
    await org.rate('EUR', 'GBP', '0.8');
    const page = await rank(org);
    expect(page).toMatchObject({ currency: 'EUR', total: 3, warnings: [], asOf: TODAY, hasMore: false });
    expect(lines(page).sort()).toEqual(['1 Dollar 54000.00', '2 Euro 50000.00', '2 Pound 50000.00']);
    expect(page.items[0]).toMatchObject({ ownAmount: '60000.00', ownCurrency: 'USD' });
    expect(lines(await rank(org, { by: 'total' }))).toEqual(['1 Pound 61250.00', '2 Dollar 54000.00', '3 Euro 50000.00']);
    expect(lines(await rank(org, { order: 'lowest', by: 'bonus', limit: 3 })).at(-1)).toBe('3 Pound 11250.00');
    expect(lines(await rank(org, { currency: 'USD', limit: 1 }))).toEqual(['1 Dollar 60000.00']);
  });

  it('leaves out and reports who has no rate or no pay: never 0, never 1', async () => {
    const org = await bench.organization();
    await org.people([paid('Euro', '50000'), paid('Franc', '990000', 'CHF'), paid('Franc2', '1', 'CHF'), { first: 'Unpaid' }]);
    const page = await rank(org);
    expect(lines(page)).toEqual(['1 Euro 50000.00']);
    expect(page.warnings).toEqual([
      { code: 'FX_MISSING', currency: 'CHF', count: 2, message: '2 people are left out: there is no exchange rate between CHF and EUR.' },
      { code: 'PAY_MISSING', count: 1, message: 'One person is left out: no pay is recorded for the day.' },
    ]);
    expect(JSON.stringify(await rank(org, { currency: 'XXX' }))).not.toMatch(/50000|990000/);
  });

  it('orders by unrounded amounts and rounds half-even on output', async () => {
    const org = await bench.organization();
    await org.people([paid('A', '100.005'), paid('B', '100.015'), paid('C', '100.0051'), paid('D', '100.0049')]);
    expect(lines(await rank(org))).toEqual(['1 B 100.02', '2 C 100.01', '3 A 100.00', '4 D 100.00']);
  });

  it('ranks who is employed on the day, by the pay of the day', async () => {
    const org = await bench.organization();
    await org.people([
      { first: 'Gone', end: '2026-06-14', pay: { '2020-01-01': ['1', '0', 'EUR'] } },
      { first: 'Soon', start: '2026-06-16', pay: { '2026-06-16': ['2', '0', 'EUR'] } },
      { first: 'Here', pay: { '2020-01-01': ['3', '0', 'EUR'], '2026-06-15': ['4', '0', 'EUR'], '2026-06-16': ['5', '0', 'EUR'] } },
    ]);
    expect(lines(await rank(org))).toEqual(['1 Here 4.00']);
    expect(lines(await rank(org, { asOf: '2026-06-16' }))).toEqual(['1 Here 5.00', '2 Soon 2.00']);
  });

  it('goes through all pages once, ties included, and its cursor holds no amount', async () => {
    const org = await bench.organization();
    await org.people(Array.from({ length: 23 }, (_, index) => paid(`P${index}`, String(77_000 + (index % 4)))));
    const seen: { id: string; rank: number }[] = [];
    let cursor: string | undefined;
    do {
      const page = await rank(org, { limit: 5, cursor });
      if (page.nextCursor) expect(Buffer.from(page.nextCursor, 'base64url').toString()).not.toContain('7700');
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(23);
    expect(seen.map((one) => one.rank)).toEqual([...Array(5).fill(1), ...Array(6).fill(6), ...Array(6).fill(12), ...Array(6).fill(18)]);
  });

  it('keeps to a team and what is below it', async () => {
    const org = await bench.organization();
    const upper = await org.team('Upper');
    const lower = await org.team('Lower', upper);
    await org.people([{ ...paid('Up', '2'), team: upper }, { ...paid('Low', '3'), team: lower }, paid('None', '4')]);
    expect(lines(await rank(org, { teamId: upper }))).toEqual(['1 Up 2.00']);
    expect(lines(await rank(org, { teamId: upper, includeSubteams: true }))).toEqual(['1 Low 3.00', '2 Up 2.00']);
  });

  it('is refused by the service, too, without compensation.read', async () => {
    const org = await bench.organization();
    const id = await org.person(paid('A', '77001'));
    const wish = { by: 'salary', order: 'highest', limit: 5, includeSubteams: true } as const;
    expect((await refusal(org.as('admin', (ctx) => bench.pay.rank(ctx, wish)))).code).toBe('PERMISSION_DENIED');
    expect((await refusal(org.as('admin', (ctx) => bench.pay.history(ctx, id, TODAY)))).code).toBe('PERMISSION_DENIED');
  });

  it('refuses a cursor that points at somebody who is not in the ranking', async () => {
    const org = await bench.organization();
    const [first] = await org.people([paid('A', '1'), paid('B', '2')]);
    const { nextCursor } = await rank(org, { limit: 1, order: 'lowest' });
    await org.write((db) => db.query(`update employee set end_date = '2026-01-01' where id = $1`, [first]));
    expect((await refusal(rank(org, { limit: 1, order: 'lowest', cursor: nextCursor }))).code).toBe('VALIDATION');
  });
});
