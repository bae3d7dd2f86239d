import { searchEmployees } from '../../src/workforce/employees.sql';
import { itOnServer } from '../support/database';
import { Bench } from './organization';

const PEOPLE = 20_000;
const SYLLABLES = ['ka', 'lo', 'mi', 'ru', 'sé', 'ta', 'vo', 'ny', 'bra', 'chi', 'dor', 'łun'];

type Asked = Parameters<typeof searchEmployees>[0];

const NOTHING: Asked = {
  ...{ query: false, skill: false, manager: false, team: false, jobRole: false, geography: false },
  ...{ next: false, status: 'active' },
};

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Node[];
}

describe('a search among 20,000 people, under row level security', () => {
  let bench: Bench;
  let org: Awaited<ReturnType<Bench['organization']>>;
  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
  });
  afterAll(() => bench.close());

  async function fill(): Promise<void> {
    const name = (seed: number) =>
      [0, 1, 2].map((part) => SYLLABLES[Math.floor(seed / SYLLABLES.length ** part) % SYLLABLES.length]).join('');
    for (let start = 0; start < PEOPLE; start += 2_000) {
      const people = Array.from({ length: 2_000 }, (_, index) => ({
        first: name((start + index) * 7),
        last: name((start + index) * 13 + 5),
        email: null,
        skills: (start + index) % 500 === 0 ? ['Rare', 'Common'] : ['Common'],
      }));
      await org.people(people);
    }
    await bench.test.admin('vacuum analyze');
  }

  /** The plan as it was run, with what it read. */
  async function explain(asked: Partial<Asked>, given: { query?: string; skill?: string }): Promise<Node> {
    const parameters = [org.id, '2026-06-15', given.query, null, given.skill, null, false, null, null, null, null, 26];
    const sql = searchEmployees({ ...NOTHING, ...asked });
    const rows = await org.as('viewer', (ctx) =>
      ctx.db.query<{ 'QUERY PLAN': [{ Plan: Node }] }[]>(`explain (analyze, buffers, format json) ${sql}`, parameters),
    );
    return (rows[0] as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan;
  }

  // On a server only: the embedded database would take a minute to fill.
  itOnServer(
    'reads a range of an index and the people of one page, whatever is asked for',
    async () => {
      await fill();
      const searches = {
        name: await explain({ query: true }, { query: 'kalo bra' }),
        'rare skill': await explain({ skill: true }, { skill: 'rare' }),
        'common skill': await explain({ skill: true }, { skill: 'common' }),
        everybody: await explain({}, {}),
      };
      const ranges = flatten(searches.name).filter((node) => node['Index Cond']?.includes('(term >='));
      const range = ['search_term_pkey', expect.stringContaining('(term < ')];
      expect(ranges.map((node) => [node['Index Name'], node['Index Cond']])).toEqual([range, range]);
      for (const [search, plan] of Object.entries(searches)) {
        const scans = flatten(plan).filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] > 100);
        expect([search, scans]).toEqual([search, []]);
        // 26 people, each with terms, team, manager and code lists: about 20 pages a person; a walk through all would read 100,000.
        expect([search, plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] < 1_500]).toEqual([search, true]);
        const looked = flatten(plan).filter((node) => node['Index Name'] === 'employee_pkey');
        expect([search, Math.max(...looked.map((node) => node['Actual Loops'])) < 100]).toEqual([search, true]);
      }
    },
    240_000,
  );
});

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
