import type { EntityManager } from 'typeorm';
import type { CallContext } from '../../src/access';
import { type Cost, CostsService } from '../../src/costs';
import { newId } from '../../src/database';
import { itOnServer } from '../support/database';
import { Bench, TestOrganization } from '../workforce/organization';

const TEAMS = 40;
const PEOPLE = 4_000;
const PERIOD = { from: '2026-01-01', to: '2026-12-31' };

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  Plans?: Node[];
}

describe('the cost of one thing among 4,000 people', () => {
  let bench: Bench;
  let org: TestOrganization;
  beforeAll(async () => {
    bench = await Bench.open();
    org = await bench.organization();
  });
  afterAll(() => bench.close());

  /** Which scans of stored costs read more than what is asked for. */
  async function scans(ask: (ctx: CallContext) => Promise<Cost>): Promise<Node[]> {
    const nodes: Node[] = [];
    await org.as('owner', (ctx) => {
      const query = async (sql: string, parameters: unknown[]): Promise<unknown> => {
        const [plan] = await ctx.db.query<{ 'QUERY PLAN': [{ Plan: Node }] }[]>(`explain (analyze, format json) ${sql}`, parameters);
        nodes.push(...flatten((plan as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan));
        return ctx.db.query(sql, parameters);
      };
      return ask({ ...ctx, db: { query } as unknown as EntityManager });
    });
    const read = nodes.filter((node) => node['Relation Name']?.startsWith('cost_segment'));
    expect(read).not.toEqual([]);
    return read.filter((node) => node['Node Type'] === 'Seq Scan' || node['Actual Rows'] > (3 * PEOPLE) / TEAMS);
  }

  itOnServer(
    'reads its own segments by an index, those of a project also through the teams that work for it',
    async () => {
      const teams: string[] = [];
      for (let index = 0; index < TEAMS; index += 1) teams.push(await org.team(`Team ${index}`));
      const people = await org.people(
        Array.from({ length: PEOPLE }, (_, index) => ({
          team: teams[index % TEAMS] as string,
          pay: { '2020-01-01': ['50000', '0', 'EUR'] },
        })),
      );
      const [project, team] = [newId('prj'), teams[0] as string];
      await org.insert('project', [{ id: project, name: 'Ledger' }]);
      await org.insert('allocation', [{ id: newId('alc'), team_id: team, target_project_id: project, fte: 50, start_date: '2026-01-01' }]);
      await bench.test.admin('vacuum analyze');
      const costs = new CostsService();
      expect(await scans((ctx) => costs.team(ctx, team, PERIOD))).toEqual([]);
      expect(await scans((ctx) => costs.project(ctx, project, PERIOD))).toEqual([]);
      expect(await scans((ctx) => costs.resource(ctx, people[0] as string, PERIOD))).toEqual([]);
    },
    120_000,
  );
});

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
