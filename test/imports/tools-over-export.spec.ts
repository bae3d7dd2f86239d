import { readFileSync } from 'node:fs';
import type { Json } from '../mcp/wire';
import { connect, postJson } from '../support/oauth-flow';
import { createUser, type TestTenant } from '../support/people';
import { type Figures, figuresOf } from './figures';
import { hrExport } from './hr-export';
import { ImportDesk } from './import-desk';

/** A real export, where the environment names one; it is never part of the project. */
const realFile = process.env['HR_EXPORT'];
const FILES: [string, () => Buffer][] = [
  ['a generated twin of a real export', () => hrExport(400)],
  ...(realFile ? [['the real export', () => readFileSync(realFile)] as [string, () => Buffer]] : []),
];

let desk: ImportDesk;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());

/** The tools as an MCP client gets them: registered, signed in, consented. */
async function client(tenant: TestTenant): Promise<(tool: string, args?: object) => Promise<Json>> {
  const origin = desk.app.origin(tenant.slug);
  const { access_token: token } = await connect(origin, await createUser(desk.app.db, 'owner', tenant.orgId));
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-06-18' };
  return async (name, args = {}) => {
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
    const text = await (await postJson(`${origin}/api/mcp`, body, headers)).text();
    const message = JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text);
    const data = message['result']?.structuredContent;
    if (data === undefined || message['result'].isError) throw new Error(`${name} answered ${text}`);
    return data;
  };
}

/** Every page of a list. */
async function all(call: (tool: string, args?: object) => Promise<Json>, tool: string, args: object): Promise<Json[]> {
  const items: Json[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await call(tool, { ...args, limit: 100, ...(cursor && { cursor }) });
    items.push(...(page['items'] as Json[]));
    cursor = page['nextCursor'] as string | undefined;
    if (!cursor) return items;
  }
}

describe.each(FILES)('over %s', (_name, read) => {
  let figures: Figures;
  let call: (tool: string, args?: object) => Promise<Json>;
  let everybody: Json[];
  const numberOf = new Map<string, string>();

  beforeAll(async () => {
    const bytes = read();
    figures = figuresOf(bytes);
    const tenant = await desk.organization();
    const file = `${tenant.slug}.csv`;
    desk.put(file, bytes);
    expect((await desk.bring(tenant, file)).code).toBe(0);
    call = await client(tenant);
    everybody = await all(call, 'search_employees', { status: 'all' });
    // Lists have no employee numbers; asking for each person's details would take more than a minute's budget.
    const rows = await desk.app.db.admin<{ id: string; external_id: string }>('select id, external_id from employee');
    for (const { id, external_id: number } of rows) numberOf.set(id, number);
  });

  it('the tools count as many people as the file has', async () => {
    const { people } = await call('get_organization_context');
    expect(people).toMatchObject({ employed: figures.employed, departed: figures.departed, future: 0 });
    expect(everybody).toHaveLength(figures.employed + figures.departed);
  });

  it('the headcount of each department is that of the file', async () => {
    const { topTeams } = await call('get_organization_context');
    expect(Object.fromEntries((topTeams as Json[]).map(({ name, headcount }) => [name, headcount]))).toEqual(figures.headcount);
    for (const { id, name, headcount } of topTeams as Json[]) {
      const members = await all(call, 'search_employees', { teamId: id });
      expect([name, members.length]).toEqual([name, headcount]);
    }
  });

  it('people report to whom the file says', async () => {
    const reports: Record<string, string[]> = {};
    for (const { id, manager, status } of everybody) {
      if (status === 'departed' || !manager) continue;
      (reports[numberOf.get(manager.id as string)!] ??= []).push(numberOf.get(id as string)!);
    }
    for (const list of Object.values(reports)) list.sort();
    expect(reports).toEqual(figures.reports);
    for (const [manager, expected] of Object.entries(reports).slice(0, 30)) {
      const details = await call('get_employee_details', { employeeId: `ext:${manager}` });
      expect(details['reportCount']).toBe(expected.length);
      expect((details['reports'] as Json[]).map(({ id }) => numberOf.get(id as string)).sort()).toEqual(expected.slice(0, 50));
    }
  });

  it('the highest paid are those of the file, with the amounts of the file', async () => {
    const page = await call('rank_employees', { by: 'salary', limit: 100 });
    const ranked = (page['items'] as Json[]).map(({ id, amount }) => ({ number: numberOf.get(id as string)!, salary: Number(amount) }));
    const order = (list: readonly { number: string; salary: number }[]) =>
      [...list].sort((a, b) => b.salary - a.salary || (a.number < b.number ? -1 : 1));
    const least = figures.pay[Math.min(99, figures.pay.length - 1)]!.salary;
    // Who shares the last rank shown may be on the next page.
    const above = (list: readonly { number: string; salary: number }[]) => order(list).filter(({ salary }) => salary > least);
    expect(above(ranked)).toEqual(above(figures.pay));
    expect(page['total']).toBe(figures.pay.length);
    const missing = (page['warnings'] as Json[]).find(({ code }) => code === 'PAY_MISSING');
    expect(missing?.['count'] ?? 0).toBe(figures.withoutPay);
  });

  it('one person reads as their line of the file does', async () => {
    const best = figures.pay[0]!;
    const details = await call('get_employee_details', { employeeId: `ext:${best.number}` });
    expect(Number(details['salary'].annualSalary)).toBe(best.salary);
    expect(details['person'].externalId).toBe(best.number);
  });
});
