import fc from 'fast-check';
import { METRICS } from '../../src/analytics/metrics';
import { dimensionsOf } from '../../src/analytics/vocabulary';
import { Bench, TestOrganization } from '../workforce/organization';
import { ask, rows, totals } from './desk';
import { Dice, FIRST, Generated, LAST } from './generated';
import { insertGenerated } from './insert-generated';
import { Contribution, Reference } from './reference';

type Span = readonly [string, string];
type Sums = Record<string, number>;

interface Expectation {
  readonly rows: (reference: Reference, span: Span, dimension: string | undefined) => Contribution[];
  /** The metric, of the sums of its group; undefined where there is none. */
  readonly value: (sums: Sums, group: readonly Contribution[]) => number | null;
}

const ratio = (above: number | undefined, below: number | undefined): number | null => (below ? (above ?? 0) / below : null);
const people = (value: Expectation['value']): Expectation => ({ rows: (reference, span) => reference.people(span), value });
const work = (value: Expectation['value']): Expectation => ({ rows: (reference, span) => reference.work(span), value });
const most = (name: string) => (_: Sums, group: readonly Contribution[]) =>
  Math.max(0, ...group.map(({ measures }) => measures[name] ?? 0));
const sum = (name: string) => (sums: Sums) => sums[name] ?? 0;
const effort = (value: Expectation['value']): Expectation => ({ rows: (reference, span) => reference.effort(span), value });
const BY_TEAM = ['team', 'parent_team', 'cost_centre'];
const usage = (value: Expectation['value']): Expectation => ({
  rows: (reference, span, dimension) => reference.usage(span, BY_TEAM.includes(dimension ?? '')),
  value,
});
const users = (group: readonly Contribution[]): number =>
  new Set(group.map((one) => (one as { user?: string | null }).user).filter((user) => user != null)).size;

/** Each metric but those of costs, which test/costs checks day by day. */
const EXPECTED: Readonly<Record<string, Expectation>> = {
  headcount: people(sum('headcount')),
  fte: people(sum('fte')),
  joiners: people(sum('joiners')),
  leavers: people(sum('leavers')),
  attrition_rate: people((sums) => ratio((sums['leavers'] ?? 0) * 2, (sums['opening'] ?? 0) + (sums['headcount'] ?? 0))),
  contractor_headcount: people(sum('contractors')),
  avg_day_rate: people((sums) => ratio(sums['rate'], sums['charging'])),
  span_of_control_avg: people((sums) => ratio(sums['managed'], sums['managers'])),
  span_of_control_max: people(most('most')),
  layers_max: people(most('level')),
  manager_ratio: people((sums) => ratio(sums['managers'], sums['headcount'])),
  vacancy_count: { rows: (reference, span) => reference.vacancies(span), value: sum('vacancies') },
  open_fte: { rows: (reference, span) => reference.vacancies(span), value: sum('openFte') },
  allocated_fte: work(sum('allocated')),
  capacity_fte: work(sum('capacity')),
  utilisation: work((sums) => ratio(sums['staffed'], sums['capacity'])),
  over_allocated_people: { rows: (reference, span) => reference.overload(span), value: sum('overloaded') },
  effort_fte: effort(sum('worked')),
  effort_coverage: effort((sums) => ratio(sums['handedIn'], sums['expected'])),
  plan_vs_actual_fte: {
    rows: (reference, span) => [...reference.work(span), ...reference.effort(span)],
    value: (sums) => (sums['staffed'] ?? 0) - (sums['onProjects'] ?? 0),
  },
  ai_actual_spend: usage(sum('spend')),
  ai_tokens_in: usage(sum('tokens')),
  ai_tokens_out: usage(sum('out')),
  ai_active_users: { rows: (reference, span) => reference.usage(span, false), value: (_, group) => users(group) },
  ai_spend_per_active_user: usage((sums, group) => ratio(sums['spendOfPeople'], users(group))),
  ai_adoption_rate: {
    rows: (reference, span) => reference.adopters(span),
    value: (sums) => ratio(sums['adopters'], sums['headcount']),
  },
  budget_amount: { rows: (reference, span, dimension) => reference.budgets(span, dimension ?? 'org'), value: sum('budget') },
};

/** By group, as text, and of all; the group of none is ''. */
function expected(name: string, reference: Reference, span: Span, dimension: string | undefined): Map<string, number | null> {
  const { rows: list, value } = EXPECTED[name]!;
  const groups = new Map<string, Contribution[]>();
  for (const one of list(reference, span, dimension)) {
    const key = dimension ? (one.facts[dimension] ?? '') : '';
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return new Map([...groups].map(([key, group]) => [key, value(sums(group), group)]));
}

function sums(group: readonly Contribution[]): Sums {
  const all: Sums = {};
  for (const { measures } of group) for (const [name, amount] of Object.entries(measures)) all[name] = (all[name] ?? 0) + amount;
  return all;
}

const near = (one: unknown, other: number | null): boolean =>
  one === null || other === null || other === undefined
    ? (one ?? null) === (other ?? null)
    : Math.abs(Number(one) - other) <= 0.0051 + Math.abs(other) * 1e-9;
const rounded = (unit: string, value: number | null): number | null =>
  value !== null && ['people', 'tokens', 'positions'].includes(unit) ? Math.round(value) : value;

describe('the metrics of generated organizations', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it('has a reckoning of its own for every metric but those of costs', () => {
    const costs = METRICS.filter(({ name }) => /cost|budget_variance/.test(name)).map(({ name }) => name);
    expect([...Object.keys(EXPECTED), ...costs].sort()).toEqual(METRICS.map(({ name }) => name).sort());
  });

  it('are what their rows come to day by day, by every dimension', async () => {
    const check = async (seed: number): Promise<void> => {
      const generated = new Generated(new Dice(seed));
      const org: TestOrganization = await bench.organization();
      await insertGenerated(org, generated);
      const today = (await ask(org, {})).meta.asOf;
      const reference = new Reference(generated, today);
      const dice = new Dice(seed + 1);
      for (const { name, unit, additive } of METRICS.filter((one) => one.name in EXPECTED)) {
        const metric = METRICS.find((one) => one.name === name)!;
        const [from, to] = dice.pick<Span>([
          [FIRST, LAST],
          ['2026-02-01', '2026-02-28'],
          ['2026-03-11', '2026-05-06'],
        ]);
        const dimension = dice.pick([
          undefined,
          ...dimensionsOf(metric).filter((one) => !['work_type', 'lifecycle_stage', 'ai_model'].includes(one)),
        ]);
        const answer = await ask(org, { metrics: [name], dimensions: dimension ? [dimension] : [], period: { from, to } });
        const wanted = expected(name, reference, [from, to], dimension);
        const problem = { seed, name, dimension, from, to };
        const none = additive || /span_of_control_max|layers|users/.test(name) ? 0 : null;
        for (const row of rows(answer)) {
          const key = dimension ? ((row[dimension] as string | null) ?? '') : '';
          const want = rounded(unit, wanted.get(key) ?? none);
          expect({ ...problem, key, value: near(row[name], want) ? 'as expected' : row[name], want }).toEqual({
            ...problem,
            key,
            value: 'as expected',
            want,
          });
          wanted.delete(key);
        }
        for (const [key, missing] of wanted) expect({ ...problem, key, missing: missing || 0 }).toEqual({ ...problem, key, missing: 0 });
        const whole = rounded(unit, expected(name, reference, [from, to], undefined).get('') ?? none);
        // Teams, cost centres and projects have budgets of their own, which need not add up to the organization's.
        if (name !== 'budget_amount')
          expect({ ...problem, total: near(totals(answer)[name], whole) ? 'as expected' : totals(answer)[name], whole }).toEqual({
            ...problem,
            total: 'as expected',
            whole,
          });
      }
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 30 }), check), {
      numRuns: Number(process.env['RUNS'] ?? 8),
      endOnFailure: true,
    });
  }, 120_000);
});
