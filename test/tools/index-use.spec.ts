import { hash } from '@node-rs/argon2';
import { Client } from 'pg';
import { BENCH, populate } from '../../bench/population';
import { READ_CASES, sampleRows } from '../../bench/read-cases';
import { startApp, TestApp } from '../support/app';
import { itOnServer } from '../support/database';
import { answerOf, mcpClient } from '../support/mcp-client';
import { nodesOf, PlanNode, watchStatements } from '../support/statements';

const PEOPLE = 10_000;
/** Of 10,000 people, 14,000 terms, 40,000 allocations, 170,000 cost segments: what a page, its order and its counts may read of each. */
const MOST_ROWS = 4_000;
/** Tables with a row or more per person, or that grow with time. */
const GROWING =
  /^(employee|employment_terms|salary_adjustment|allocation|search_term|cost_segment\w*|effort_line|ai_usage_day|work_item|budget)$/;

/** These count everybody, whatever the page: an index would not spare a row. */
const COUNTS_EVERYBODY = ['get_organization_context', 'list_job_roles'];

/** Rows that a node has read of its table, thrown away ones included. */
function rowsRead(node: PlanNode): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

describe(`a look-up among ${PEOPLE} people, as the tools do it`, () => {
  let app: TestApp;
  afterAll(() => app?.close());

  // On a server only: that is what plans for large organizations are for.
  itOnServer(
    'reads each growing table by an index, and no more of it than the answer needs',
    async () => {
      app = await startApp({ RATE_LIMIT_PER_MINUTE: '100000' });
      await populate(app.db.url, PEOPLE, await hash('a password of this test'));
      const client = await mcpClient(app.origin(BENCH.slug), { email: BENCH.email, password: 'a password of this test' });
      const admin = new Client({ connectionString: app.db.url });
      await admin.connect();
      const [asked] = (await sampleRows(admin)).sort((a, b) => b.team.localeCompare(a.team)); // a team without teams below it
      await admin.end();
      const statements = watchStatements(app);
      const reasons: string[] = [];
      for (const { name, tool, input } of READ_CASES.filter((one) => !COUNTS_EVERYBODY.includes(one.tool))) {
        const from = statements.length;
        expect([name, (await answerOf(client, tool, input(asked!))).isError]).toEqual([name, false]);
        // A branch that its condition has kept from being carried out has read nothing.
        const read = statements.slice(from).flatMap(({ plan }) => nodesOf(plan).filter((node) => node['Actual Loops'] > 0));
        expect([name, read.length > 0]).toEqual([name, true]);
        for (const node of read.filter((one) => GROWING.test(one['Relation Name'] ?? ''))) {
          if (node['Node Type'] === 'Seq Scan') reasons.push(`${name}: all of ${node['Relation Name']}`);
          else if (rowsRead(node) > MOST_ROWS) reasons.push(`${name}: ${rowsRead(node)} rows of ${node['Relation Name']}`);
        }
      }
      await client.close();
      expect(reasons).toEqual([]);
    },
    240_000,
  );
});
