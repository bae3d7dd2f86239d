import { searchEmployees } from '../../src/workforce/employees.sql';
import { itOnServer } from '../support/database';
import { Bench } from './organization';

const PEOPLE = 20_000;
const SYLLABLES = ['ka', 'lo', 'mi', 'ru', 'sé', 'ta', 'vo', 'ny', 'bra', 'chi', 'dor', 'łun'];

const nothing = { query: false, skill: false, team: false, status: 'active' } as const;

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  Plans?: Node[];
}

describe('a name search among 20,000 people', () => {
  let bench: Bench;
  beforeAll(async () => void (bench = await Bench.open()));
  afterAll(() => bench.close());

  // On a server only: the embedded database would take a minute to fill.
  itOnServer('is served by the index on search terms, under row level security', async () => {
    const org = await bench.organization();
    const name = (seed: number) =>
      [0, 1, 2].map((part) => SYLLABLES[Math.floor(seed / SYLLABLES.length ** part) % SYLLABLES.length]).join('');
    for (let start = 0; start < PEOPLE; start += 2_000) {
      await org.people(
        Array.from({ length: 2_000 }, (_, index) => ({
          first: name((start + index) * 7),
          last: name((start + index) * 13 + 5),
          email: null,
        })),
      );
    }
    await bench.test.admin('analyze');
    const parameters = (query: string | null) => [org.id, '2026-06-15', query, null, null, null, false, null, null, null, null, 26];
    const explain = async (sql: string, query: string | null) => {
      const rows = await org.as('viewer', (ctx) =>
        ctx.db.query<{ 'QUERY PLAN': [{ Plan: Node; 'Execution Time': number }] }[]>(
          `explain (analyze, format json) ${sql}`,
          parameters(query),
        ),
      );
      return (rows[0] as { 'QUERY PLAN': [{ Plan: Node; 'Execution Time': number }] })['QUERY PLAN'][0];
    };
    const named = await explain(searchEmployees({ ...nothing, query: true }), 'kalo bra');
    const ranges = flatten(named.Plan).filter(
      (node) => node['Index Name'] === 'search_term_pkey' && node['Index Cond']?.includes('(term >='),
    );
    expect(ranges.map((node) => node['Index Cond'])).toEqual([expect.stringContaining('(term < ')]);
    expect(flatten(named.Plan).filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] > 100)).toEqual([]);
    expect(named['Execution Time']).toBeLessThan(25);
    const plain = await explain(searchEmployees(nothing), null);
    expect(plain['Execution Time']).toBeLessThan(25);
  });
});

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
