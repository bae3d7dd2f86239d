/** How long reads take in a scenario, beside the same ones of live data; how long it takes to write one, and live data below it. */
import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { Client } from 'pg';
import { SESSION } from '../src/database/data-source';
import { connect } from '../test/support/oauth-flow';
import { startProduct } from '../test/support/product';
import { Ask, asker, warmUp } from './client';
import { BENCH, populate } from './population';
import { AGGREGATES, READ_CASES, sampleRows } from './read-cases';
import { inputsOf, REQUESTS, Spread, spread } from './reads';
import { withServer } from './superuser';

/** Milliseconds. */
export interface ScenarioTimes {
  readonly people: number;
  readonly changes: number;
  readonly reads: readonly { readonly name: string; readonly whole: boolean; readonly live: Spread; readonly scenario: Spread }[];
  readonly create: Spread;
  readonly write: Spread;
  /** A change of live pay: of somebody whom no scenario touches, and of whom this one does. */
  readonly edit: Spread;
  readonly followed: Spread;
}

const ROUNDS = 3;
/** Of a case in a round, in both worlds. */
const TURN_MS = 4_000;
const SCENARIOS = 100;
const EDITS = 60;
/** Changes between two visits of autovacuum, which comes every minute: what it does is done here, as not every developer's server has it on. */
const A_MINUTES = 100;
const ANALYZE = `do $$ declare name text; begin
  for name in select relname from pg_class where relnamespace = 'overlay'::regnamespace and relkind = 'r' loop execute format('analyze overlay.%I', name); end loop;
end $$`;
/** Not measured, and of people whom nothing measured is about: each connection plans what it is asked first. */
export const WARM_UP = { scenarios: 50, changes: 100 } as const;

export async function measureScenario(people: number, changes: number, environment: Record<string, string>): Promise<ScenarioTimes> {
  const product = await startProduct(environment);
  try {
    const password = randomBytes(12).toString('hex');
    const databaseUrl = product.databaseUrl as string;
    await populate(databaseUrl, people, await hash(password));
    const { access_token: token } = await connect(product.origin(BENCH.slug), { email: BENCH.email, password });
    const ask = asker(product, token);
    const tell = (text: string): unknown => process.stderr.write(`\r\x1b[K${people} people: ${text}`);
    tell('warm-up');
    await warmUp(ask, await withServer(databaseUrl, sampleRows));
    tell('scenarios');
    const begin = (number: number): Promise<unknown> => call(ask, 'create_scenario', { title: `Plan ${number}`, reason: 'Measured' });
    const [other] = (await each(WARM_UP.scenarios, begin)).results as [{ planId: string }];
    const create = await each(SCENARIOS, begin);
    const { planId } = create.results[0] as { planId: string };
    const touched = await someone(databaseUrl, changes + WARM_UP.changes + EDITS);
    tell(`${changes} changes`);
    const write = async (plan: string, people: readonly Somebody[]): Promise<number[]> => {
      const { times } = await each(people.length, (number) => call(ask, ...change(plan, people[number] as Somebody, number)));
      await onDatabase(databaseUrl, (client) => client.query(ANALYZE));
      return times;
    };
    await write(other.planId, touched.slice(changes, changes + WARM_UP.changes));
    const written: number[] = [];
    for (let from = 0; from < changes; from += A_MINUTES) {
      written.push(...(await write(planId, touched.slice(from, Math.min(from + A_MINUTES, changes)))));
    }
    const [followed, edit] = await edits(databaseUrl, touched.slice(0, EDITS), touched.slice(-EDITS));
    await onDatabase(databaseUrl, (client) => client.query('set statement_timeout = 0; select platform.refresh_statistics()'));
    return {
      ...{ people, changes, edit, followed, create: spread(create.times), write: spread(written) },
      reads: await inTurns(ask, databaseUrl, planId, tell),
    };
  } finally {
    process.stderr.write('\r\x1b[K');
    await product.stop();
  }
}

interface Somebody {
  readonly employee: string;
  readonly allocation: string;
}

/** Changes of pay, FTE and allocations in turn. */
function change(planId: string, { employee, allocation }: Somebody, number: number): [string, object] {
  const common = { planId, reason: 'Measured' };
  if (number % 3 === 0) return ['update_employee', { ...common, employeeId: employee, annualSalary: String(70_000 + number) }];
  if (number % 3 === 1) return ['update_allocation', { ...common, allocationId: allocation, fte: 0.5 }];
  return ['update_employee', { ...common, employeeId: employee, contractedFte: 0.9 }];
}

async function call(ask: Ask, tool: string, input: object): Promise<unknown> {
  const { isError, structuredContent, content } = await ask('tools/call', { name: tool, arguments: input });
  if (isError) throw new Error(`${tool} ${JSON.stringify(input)}: ${JSON.stringify(content)}`);
  return structuredContent;
}

async function each(count: number, work: (number: number) => Promise<unknown>): Promise<{ times: number[]; results: unknown[] }> {
  const [times, results]: [number[], unknown[]] = [[], []];
  for (let number = 0; number < count; number += 1) {
    const started = performance.now();
    results.push(await work(number));
    times.push(performance.now() - started);
  }
  return { times, results };
}

async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, options: SESSION });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Employees with an allocation to a project that has not ended, spread over the organization. */
function someone(url: string, count: number): Promise<Somebody[]> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<Somebody>(
      `select e.id as employee, min(a.id) as allocation from live.employee e join live.allocation a on a.org_id = e.org_id and a.employee_id = e.id
       where e.org_id = $1 and e.end_date is null and a.target_project_id is not null and a.end_date is null group by e.id order by md5(e.id) limit $2`,
      [BENCH.orgId, count],
    );
    return rows;
  });
}

/** As pages and imports write: the login of the product, one transaction each, in turn. */
function edits(url: string, touched: readonly Somebody[], others: readonly Somebody[]): Promise<[Spread, Spread]> {
  return onDatabase(url, async (client) => {
    await client.query(
      `set search_path = live, platform; set role flowstate_app; select set_config('app.org_id', '${BENCH.orgId}', false)`,
    );
    const raise = ({ employee }: Somebody): Promise<unknown> =>
      client.query('update salary_adjustment set annual_bonus = annual_bonus + 1 where org_id = $1 and employee_id = $2', [
        BENCH.orgId,
        employee,
      ]);
    const times: [number[], number[]] = [[], []];
    for (let number = 0; number < touched.length; number += 1) {
      for (const [index, people] of [touched, others].entries()) {
        const { times: spent } = await each(1, () => raise(people[number] as Somebody));
        times[index]?.push(...spent);
      }
    }
    return [spread(times[0]), spread(times[1])];
  });
}

/** Live and in the scenario, request by request, so that what disturbs the machine disturbs both. */
async function inTurns(ask: Ask, url: string, planId: string, tell: (text: string) => unknown): Promise<ScenarioTimes['reads']> {
  const { tools } = (await ask('tools/list', {})) as { tools: { name: string; inputSchema: { properties?: object } }[] };
  const ofScenarios = new Set(tools.filter(({ inputSchema }) => 'planId' in (inputSchema.properties ?? {})).map(({ name }) => name));
  const cases = [...READ_CASES, ...AGGREGATES].filter(({ tool }) => ofScenarios.has(tool) && tool !== 'list_scenarios');
  const inputs = await inputsOf(url, cases);
  const times = new Map(cases.map((one) => [one, { live: [] as number[], scenario: [] as number[] }]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const one of cases) {
      tell(`round ${round} of ${ROUNDS}, ${one.name}`);
      const [own, spent] = [inputs.get(one) ?? [], times.get(one)];
      const until = performance.now() + TURN_MS;
      const warmUp = round === 1 ? 5 : 0;
      for (let number = 0; number < warmUp + 3 || (number < REQUESTS && performance.now() < until); number += 1) {
        const input = own[number % own.length] ?? {};
        const live = await each(1, () => call(ask, one.tool, input));
        const scenario = await each(1, () => call(ask, one.tool, { ...input, planId }));
        if (number < warmUp) continue;
        spent?.live.push(...live.times);
        spent?.scenario.push(...scenario.times);
      }
    }
  }
  return [...times].map(([one, { live, scenario }]) => ({
    ...{ name: one.name, whole: AGGREGATES.includes(one), live: spread(live), scenario: spread(scenario) },
  }));
}
