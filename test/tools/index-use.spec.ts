import { hash } from '@node-rs/argon2';
import { BENCH, populate } from '../../bench/population';
import { COSTS, READ_CASES, ReadCase, sampleRows } from '../../bench/read-cases';
import { withServer } from '../../bench/superuser';
import { startApp, TestApp } from '../support/app';
import { itOnServer } from '../support/database';
import { onServer } from '../support/server';
import { answerOf, mcpClient } from '../support/mcp-client';
import { nodesOf, PlanNode, Statement, watchStatements } from '../support/statements';

const PEOPLE = 10_000;
/** Of 10,000 people, 14,000 terms, 40,000 allocations, 170,000 cost segments: what a page, its order and its counts may read of each. */
const MOST_ROWS = 4_000;
/** Tables with a row or more per person, or that grow with time. */
const GROWING =
  /^(employee|employment_terms|salary_adjustment|allocation|search_term|cost_segment\w*|headcount_(step|part)|effort_line|ai_usage_day|work_item|budget)$/;

const TREE: ReadCase = { name: 'get_org_tree', tool: 'get_org_tree', target: 0, input: () => ({}) };

/** Rows that a node has read of its table, thrown away ones included. */
function rowsRead(node: PlanNode): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

describe(`a read among ${PEOPLE} people, as the tools do it`, () => {
  let app: TestApp;
  let client: Awaited<ReturnType<typeof mcpClient>>;
  let asked: Parameters<ReadCase['input']>[0];
  let statements: Statement[];

  // On a server only: that is what plans for large organizations are for.
  beforeAll(async () => {
    if (!onServer) return;
    app = await startApp({ RATE_LIMIT_PER_MINUTE: '100000' });
    await populate(app.db.url, PEOPLE, await hash('a password of this test'));
    client = await mcpClient(app.origin(BENCH.slug), { email: BENCH.email, password: 'a password of this test' });
    // A team without teams below it.
    asked = (await withServer(app.db.url, sampleRows)).sort((a, b) => b.team.localeCompare(a.team))[0]!;
    statements = watchStatements(app);
  }, 240_000);
  afterAll(async () => {
    await client?.close();
    await app?.close();
  });

  /** Where a case reads a growing table. A branch that its condition has kept from being carried out has read nothing. */
  async function growingRead({ name, tool, input }: ReadCase): Promise<PlanNode[]> {
    const from = statements.length;
    expect([name, (await answerOf(client, tool, input(asked))).isError]).toEqual([name, false]);
    const read = statements.slice(from).flatMap(({ plan }) => nodesOf(plan).filter((node) => node['Actual Loops'] > 0));
    expect([name, read.length > 0]).toEqual([name, true]);
    return read.filter((node) => GROWING.test(node['Relation Name'] ?? ''));
  }

  itOnServer(
    'looks up each growing table by an index, and no more of it than the answer needs',
    async () => {
      const reasons: string[] = [];
      for (const one of [...READ_CASES, TREE]) {
        for (const node of await growingRead(one)) {
          if (node['Node Type'] === 'Seq Scan') reasons.push(`${one.name}: all of ${node['Relation Name']}`);
          else if (rowsRead(node) > MOST_ROWS) reasons.push(`${one.name}: ${rowsRead(node)} rows of ${node['Relation Name']}`);
        }
      }
      expect(reasons).toEqual([]);
    },
    240_000,
  );

  itOnServer('reckons the cost of all teams by month from their own partition, read once', async () => {
    const all = await growingRead(COSTS);
    expect(new Set(all.map((node) => node['Relation Name']))).toEqual(new Set(['cost_segment_team']));
    // Its rows are summed in one scan; the warnings are found by an index.
    const wholly = all.filter((node) => node['Node Type'] === 'Seq Scan');
    expect(wholly.map((node) => node['Actual Loops'])).toEqual([1]);
    expect(all.filter((node) => !wholly.includes(node) && rowsRead(node) > MOST_ROWS)).toEqual([]);
  });
});
