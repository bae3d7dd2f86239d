import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Demo } from '../support/demo';

/**
 * Questions in plain words, each answered from the results of at most three calls: what a model would do stands in `js`,
 * what the answer has to be in `sql`, over the demo's rows and past the product. $1 is the organization, TODAY the day
 * where it is. In any order.
 */
interface Question {
  readonly text: string;
  readonly file: string;
  readonly code: string;
  readonly sql: string;
}

type Call = (tool: string, input?: object) => Promise<unknown>;
type Program = (call: Call) => Promise<unknown>;

const MOST_CALLS = 3;
const TODAY = `(now() at time zone 'Europe/Berlin')::date`;
const Program = Object.getPrototypeOf(async () => undefined).constructor as new (...source: string[]) => Program;

function questions(): Question[] {
  return readdirSync(__dirname)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const [, ...sections] = readFileSync(join(__dirname, file), 'utf8').split(/^## /m);
      return sections.map((section) => ({
        file,
        text: section.split('\n', 1)[0] as string,
        code: block(section, 'js'),
        sql: block(section, 'sql'),
      }));
    });
}

function block(section: string, language: string): string {
  const [, text] = new RegExp('```' + language + '\\n([^]*?)```').exec(section) ?? [];
  if (text === undefined) throw new Error(`No ${language} in: ${section}`);
  return text;
}

/** Numbers of PostgreSQL and of JSON alike; a row of one column is its value. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 && !Array.isArray(value[0]) ? plain(value[0]) : value.map(plain);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : (value ?? null);
}

const sorted = (list: unknown[]): unknown[] => list.map(plain).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe('a question in plain words', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await Demo.start();
  });
  afterAll(() => demo.close());

  it('is one of fifty', () => {
    expect(questions().length).toBeGreaterThanOrEqual(50);
  });

  it.each(questions())('$text', async ({ code, sql }) => {
    let calls = 0;
    const call: Call = async (tool, input) => {
      calls += 1;
      const { isError, data, text } = await demo.call('owner', tool, input);
      if (isError) throw new Error(`${tool} ${JSON.stringify(input)}: ${text}`);
      return data;
    };
    const told = (await new Program('call', code)(call)) as unknown[];
    const rows = await demo.rows<Record<string, unknown>>(sql.replaceAll('TODAY', TODAY));
    expect(calls).toBeLessThanOrEqual(MOST_CALLS);
    expect(rows.length).toBeGreaterThan(0); // a question about nothing would prove nothing
    expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
  });
});
