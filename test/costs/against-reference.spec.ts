import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { COST_COMPONENTS, type CostQuestion, costRows, costWarnings } from '../../src/costs';
import { Bench } from '../workforce/organization';
import { facts as anyFacts, HALF_A_CENT, WINDOW } from './arbitrary-facts';
import type { Facts } from './facts';
import { CostOrganization, emptyOrganization } from './organization';
import { type Component, daysOf, type Part, Reference } from './reference';

/** Months of the window, and a stretch that neither begins nor ends with one. */
const BUCKETS = [...monthsOf(WINDOW.from, WINDOW.to), { key: 'odd', from: '2024-02-07', to: '2025-01-15' }];

const GROUPS: [name: string, question: CostQuestion, keyOf: (part: Part) => string | null][] = [
  ['team', { split: 'team', keys: { group_key: 's.team_id' } }, (part) => part.team],
  ['project', { split: 'project', keys: { group_key: 's.project_id' } }, (part) => part.project],
  ['geography', { split: 'team', keys: { group_key: 's.geography_id' } }, (part) => part.geography],
  ['resource', { split: 'project', keys: { group_key: 's.subject_id' } }, (part) => part.subject],
];

type Figures = Map<string, Record<string, string>>;

describe('costs in SQL', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it('agree to the cent with a reference that goes day by day, on organizations of every kind', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, async (facts) => {
        const org = await emptyOrganization(bench);
        await org.load(facts);
        const expected = expectedFigures(facts);
        for (const [name, question] of GROUPS) expect([name, await figures(org, question)]).toEqual([name, expected.get(name)]);
      }),
      { numRuns: 60, examples: [[HALF_A_CENT]] },
    );
  }, 600_000);

  it('report what is left out or scaled down, and how many', async () => {
    await fc.assert(
      fc.asyncProperty(anyFacts, async (facts) => {
        const org = await emptyOrganization(bench);
        await org.load(facts);
        const reference = new Reference(facts);
        const counts = expectedWarnings(daysOf(WINDOW.from, WINDOW.to).map((day) => reference.day(day).warnings));
        expect(await warnings(org, 'project')).toEqual(counts);
      }),
      { numRuns: 40 },
    );
  }, 600_000);
});

function monthsOf(from: string, to: string): { key: string; from: string; to: string }[] {
  const days = daysOf(from, to);
  return [...new Set(days.map((day) => day.slice(0, 7)))].map((month) => {
    const own = days.filter((day) => day.startsWith(month));
    return { key: month, from: own[0] as string, to: own.at(-1) as string };
  });
}

const BUCKET = `bucket as (select b.key, b."from"::date as from_day, b."to"::date as to_day from jsonb_to_recordset($2::jsonb) as b(key text, "from" text, "to" text))`;

async function figures(org: CostOrganization, question: CostQuestion): Promise<Figures> {
  const columns = COST_COMPONENTS.map((name) => `cost_text(${name}) as ${name}`).join(', ');
  const rows = await org.ask<Record<string, string>>(
    `with ${BUCKET}, ${costRows({ ...question, components: COST_COMPONENTS })} select bucket, group_key, ${columns} from cost`,
    [JSON.stringify(BUCKETS)],
  );
  return new Map(
    rows
      .map(({ bucket, group_key: key, ...amounts }): [string, Record<string, string>] => [`${bucket} ${key}`, nonZero(amounts)])
      .filter(([, amounts]) => Object.keys(amounts).length > 0)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

function nonZero(amounts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => Number(amount) !== 0));
}

function expectedFigures(facts: Facts): Map<string, Figures> {
  const reference = new Reference(facts);
  const sums = new Map(GROUPS.map(([name]) => [name, new Map<string, Map<string, Decimal>>()]));
  for (const day of daysOf(WINDOW.from, WINDOW.to)) {
    const { parts } = reference.day(day);
    for (const { key } of BUCKETS.filter((one) => one.from <= day && day <= one.to)) {
      for (const [name, { split }, keyOf] of GROUPS) {
        for (const part of parts.filter((one) => one.split === split))
          add(sums.get(name) as Map<string, Map<string, Decimal>>, `${key} ${keyOf(part)}`, part);
      }
    }
  }
  return new Map([...sums].map(([name, groups]) => [name, rounded(groups)]));
}

function add(groups: Map<string, Map<string, Decimal>>, key: string, part: Part): void {
  const group = groups.get(key) ?? new Map<string, Decimal>();
  groups.set(key, group);
  const components = Object.entries(part.amounts) as [Component, Decimal][];
  for (const [name, amount] of [...components, ...components.map(([, each]): [string, Decimal] => ['total', each])]) {
    group.set(name, (group.get(name) ?? new Decimal(0)).add(amount));
  }
}

function rounded(groups: Map<string, Map<string, Decimal>>): Figures {
  return new Map(
    [...groups]
      .map(([key, amounts]): [string, Record<string, string>] => [
        key,
        // A third of a cent three times is a cent: what fifty digits leave of it is no reason to round down.
        nonZero(Object.fromEntries([...amounts].map(([name, amount]) => [name, amount.toDecimalPlaces(20).toFixed(2)]))),
      ])
      .filter(([, amounts]) => Object.keys(amounts).length > 0)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

async function warnings(org: CostOrganization, split: CostQuestion['split']): Promise<Record<string, number>> {
  const question: CostQuestion = { split, keys: {} };
  const rows = await org.ask<{ code: string; currency: string | null; count: number }>(
    `with bucket as (select 1 as key, $2::date as from_day, $3::date as to_day), ${costRows(question)}, ${costWarnings(question)}
     select code, currency, count from cost_warning where $2 is not null`,
    [WINDOW.from, WINDOW.to],
  );
  return Object.fromEntries(rows.map(({ code, currency, count }) => [currency === null ? code : `${code} ${currency}`, count]));
}

function expectedWarnings(days: ReturnType<Reference['day']>['warnings'][]): Record<string, number> {
  const all = new Map<string, Set<string>>();
  const note = (code: string, what: string): void => void all.set(code, (all.get(code) ?? new Set()).add(what));
  for (const day of days) {
    for (const one of day.FX_MISSING) note(`FX_MISSING ${one.slice(0, 3)}`, one);
    for (const one of day.SALARY_MISSING) note('SALARY_MISSING', one);
    for (const one of day.OVER_ALLOCATED) if (one.startsWith('target_project_id')) note('OVER_ALLOCATED', one);
    for (const one of day.TEAM_SHORTFALL) note('TEAM_SHORTFALL', one);
  }
  return Object.fromEntries([...all].map(([code, whom]) => [code, whom.size]));
}
