import fc from 'fast-check';
import { type CostQuestion, costRows } from '../../src/costs';
import { Bench } from '../workforce/organization';
import { facts as anyFacts, WINDOW } from './arbitrary-facts';
import { CostOrganization, emptyOrganization } from './organization';

const TEAM = 'left join team t on t.org_id = $1 and t.id = s.team_id';
const PROJECT = 'left join project p on p.org_id = $1 and p.id = s.project_id';

/** Every way to group; what belongs to no group has a key that is null. */
const DIMENSIONS: [string, Omit<CostQuestion, 'keys'>][] = [
  ['null::text', { split: 'team' }],
  ['s.team_id', { split: 'team' }],
  ['coalesce(t.parent_team_id, t.id)', { split: 'team', joins: TEAM }],
  ['coalesce(s.cost_centre_id, t.cost_centre_id)', { split: 'team', joins: TEAM }],
  ['s.project_id', { split: 'project' }],
  ['p.value_stream_id', { split: 'project', joins: PROJECT }],
  ['p.status', { split: 'project', joins: PROJECT }],
  ...['subject_id', 'resource_type', 'geography_id', 'job_role_id', 'work_type_id', 'manager_id'].flatMap(
    (column): [string, Omit<CostQuestion, 'keys'>][] => [
      [`s.${column}`, { split: 'team' }],
      [`s.${column}`, { split: 'project' }],
    ],
  ),
];

/** The whole, and the same in pieces of 17 days. */
const BUCKET = `bucket as (
  select 'whole' as key, $2::date as from_day, $3::date as to_day
  union all select 'part', d::date, least(d::date + 16, $3::date) from generate_series($2::date, $3::date, interval '17 days') d)`;

describe('Σ groups + unallocated = total', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it('holds exactly for every dimension, in both splits, in one period and in the sum of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, async (facts) => {
        const org = await emptyOrganization(bench);
        await org.load(facts);
        const totals = new Set<string>();
        for (const [key, question] of DIMENSIONS) for (const total of await unrounded(org, key, question)) totals.add(total);
        expect([...totals]).toHaveLength(1);
      }),
      { numRuns: 25 },
    );
  }, 600_000);
});

async function unrounded(org: CostOrganization, key: string, question: Omit<CostQuestion, 'keys'>): Promise<string[]> {
  const rows = await org.ask<{ total: string }>(
    `with ${BUCKET}, ${costRows({ ...question, keys: { group_key: key } })}
     select trim_scale(coalesce(sum(cost.total), 0))::text as total from (values ('whole'), ('part')) b (key) left join cost on cost.bucket = b.key group by b.key`,
    [WINDOW.from, WINDOW.to],
  );
  expect(rows).toHaveLength(2);
  return rows.map((row) => row.total);
}
