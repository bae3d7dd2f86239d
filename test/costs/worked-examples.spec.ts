import { readFileSync } from 'node:fs';
import { type CostQuestion, costRows, costWarnings } from '../../src/costs';
import { Bench, type Row } from '../workforce/organization';
import { type Facts, TABLES } from './facts';
import { CostOrganization, emptyOrganization } from './organization';

const PAGE = readFileSync('docs/costs.md', 'utf8');

/** Prefix of the ids that the names of a table stand for. */
const PREFIX: Record<string, string> = { geography: 'geo', work_type: 'wt', team: 'team', project: 'prj', employee: 'emp' };
Object.assign(PREFIX, { contractor: 'con', vacancy: 'vac', ai_agent: 'agt', allocation: 'alc' });

interface Figure {
  from: string;
  to: string;
  of: string;
  component: string;
  amount: string;
}

const SHARED = blockOf(PAGE.split('### Example')[0] as string);
const EXAMPLES = PAGE.split('### Example: ')
  .slice(1)
  .map((text) => text.split('\n## ')[0] as string);

describe('docs/costs.md', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  afterAll(() => bench.close());

  it('has an example of everything that costs', () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(10);
    expect(new Set(EXAMPLES.flatMap((text) => figuresOf(text).map(({ component }) => component)))).toEqual(
      new Set(['base', 'overhead', 'bonus', 'contractor', 'vacancy', 'ai_seats', 'ai_tokens', 'total', '']),
    );
  });

  it.each(EXAMPLES.map((text): [string, string] => [text.split('\n')[0] as string, text]))('says the truth about %s', async (_, text) => {
    const names = new Map<string, string>();
    const org = await emptyOrganization(bench);
    await org.load(factsOf(`${SHARED}\n${blockOf(text)}`, names));
    const figures = figuresOf(text);
    const found: Figure[] = [];
    for (const figure of figures) found.push({ ...figure, amount: await amountOf(org, figure, names) });
    expect(found).toEqual(figures);
  });
});

function blockOf(text: string): string {
  return /```facts\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
}

/** Lines of `table name: column value, column value`; a name as a value stands for its id. */
function factsOf(block: string, names: Map<string, string>): Facts {
  const facts = Object.fromEntries(TABLES.map((table): [string, Row[]] => [table, []]));
  for (const line of block.split('\n').filter(Boolean)) {
    const [, table, name, columns] = /^(\w+)(?: (\w+))?(?:: (.*))?$/.exec(line) as unknown as [string, string, string?, string?];
    const rows = facts[table] as Row[];
    const row: Row = Object.fromEntries((columns?.split(', ') ?? []).map((one) => one.split(' ') as [string, string]));
    for (const [column, value] of Object.entries(row)) if (names.has(value as string)) row[column] = names.get(value as string);
    if (PREFIX[table]) row['id'] = `${PREFIX[table]}_${'a'.repeat(11)}${'abcdefghijklmnopqrstuvwxyz'[rows.length]}`;
    if (name) names.set(name, row['id'] as string);
    rows.push(row);
  }
  return { ...(facts as unknown as Omit<Facts, 'organization'>), organization: { reporting_currency: 'EUR', hours_per_day: '8' } };
}

function figuresOf(text: string): Figure[] {
  return text
    .split('\n')
    .filter((line) => /^\| 20/.test(line))
    .map((line) => {
      const [from, to, of, component, amount] = line
        .split('|')
        .slice(1, 6)
        .map((cell) => cell.trim()) as [string, string, string, string, string];
      return { from, to, of, component, amount };
    });
}

const BUCKET = 'with bucket as (select 1 as key, $2::date as from_day, $3::date as to_day)';

async function amountOf(org: CostOrganization, { from, to, of, component }: Figure, names: Map<string, string>): Promise<string> {
  if (of === 'warnings') return warnings(org, from, to);
  const [kind, name] = of.split(' ') as [string, string];
  const id = names.get(name) ?? null;
  const question: CostQuestion = {
    split: of.includes('project') ? 'project' : 'team',
    keys: {},
    where:
      { team: 's.team_id = $4', project: 's.project_id = $4', resource: 's.subject_id = $4', no: `s.${name}_id is null` }[kind] ?? 'true',
    components: [component as 'total'],
  };
  const [row] = await org.ask<{ amount: string }>(
    `${BUCKET}, given as (select $4::text), ${costRows(question)} select coalesce((select cost_text(${component}) from cost), '0.00') as amount`,
    [from, to, id],
  );
  return (row as { amount: string }).amount;
}

async function warnings(org: CostOrganization, from: string, to: string): Promise<string> {
  const question: CostQuestion = { split: 'team', keys: {} };
  const both = [];
  for (const split of ['team', 'project'] as const) {
    const rows = await org.ask<{ text: string }>(
      `${BUCKET}, ${costRows({ ...question, split })}, ${costWarnings({ ...question, split })} select concat_ws(' ', code, currency, count) as text from cost_warning`,
      [from, to],
    );
    both.push(...rows.map((row) => row.text));
  }
  return [...new Set(both)].join(', ');
}
