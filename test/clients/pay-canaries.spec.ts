import { onDatabase } from '../support/server';
import { connect, postJson } from '../support/oauth-flow';
import { Product, startProduct } from '../support/product';

interface Ranking {
  structuredContent: { items: { id: string; amount: string }[] };
}

/** The demo's real salaries, looked for in every byte that somebody without the right can get at. */
describe('salaries', () => {
  let product: Product;
  let salaries: string[];
  let ids: string[];
  beforeAll(async () => {
    product = await startProduct({ LOG_LEVEL: 'debug' });
    const { items } = (await call(await tokenOf('finance'), 'rank_employees', { by: 'salary', limit: 100 })).result.structuredContent;
    salaries = [...new Set(items.map(({ amount }) => amount))];
    ids = items.slice(0, 10).map(({ id }) => id);
  }, 90_000);
  afterAll(() => product.stop());

  const tokenOf = async (who: string): Promise<string> =>
    (await connect(product.origin('acme'), { email: `${who}@acme.example`, password: 'flowstate-demo' })).access_token;

  async function call(token: string, name: string, args: object): Promise<{ result: Ranking; text: string }> {
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
    const response = await postJson(`${product.origin('acme')}/api/mcp`, body, { authorization: `Bearer ${token}` });
    const text = await response.text();
    return { result: (JSON.parse(text) as { result: Ranking }).result, text };
  }

  /** As money is written, and as a number would be. */
  const found = (text: string): string[] =>
    salaries.filter((amount) => text.includes(amount) || text.includes(amount.replace(/\.00$/, '.0000')));

  it('MCP-10 reach nobody without compensation.read, and neither log nor audit trail', async () => {
    expect(salaries.length).toBeGreaterThan(20);
    const viewer = await tokenOf('viewer');
    const answers = [
      await call(viewer, 'rank_employees', { by: 'salary' }),
      await call(viewer, 'get_organization_context', {}),
      await call(viewer, 'search_employees', { limit: 50 }),
      ...(await Promise.all(ids.map((employeeId) => call(viewer, 'get_employee_details', { employeeId })))),
      await call(viewer, 'get_employee_details', { employeeId: salaries[0] }),
    ];
    expect(answers[0]?.text).toContain('PERMISSION_DENIED');
    expect(answers.flatMap(({ text }) => found(text))).toEqual([]);
    expect(found(product.output())).toEqual([]);
    if (product.databaseUrl === undefined) return;
    const trail = await onDatabase(product.databaseUrl, (client) => client.query('select * from platform.audit_event'));
    expect(trail.rows.length).toBeGreaterThan(10);
    expect(found(JSON.stringify(trail.rows))).toEqual([]);
  });
});
