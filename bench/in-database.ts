import { Client } from 'pg';
import { type CallContext, callScope } from '../src/access';
import { permissionsOfRole } from '../src/permissions';
import { SESSION } from '../src/database/data-source';
import { pgTypes } from '../src/database/types';
import { callSettings } from '../src/database/scope';
import { type EmployeeSearch, EmployeesService, PayService } from '../src/workforce';
import { BENCH } from './population';
import { Sample, sample } from './workloads';

export interface Search {
  readonly name: string;
  /** Milliseconds that PostgreSQL needs to plan and run the statements of one search, as its own EXPLAIN ANALYZE says. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

interface Explained {
  'Planning Time': number;
  'Execution Time': number;
}

/** Prepared statements are planned anew for their first five runs; what counts is how they run from then on. */
const WARM_UP = 6;

/** What the searches cost in the database, under the login and the row policies of a tool call. */
export async function inDatabase(mcpUrl: string, databaseUrl: string): Promise<Search[]> {
  const people = await sample(databaseUrl);
  const client = new Client({ connectionString: mcpUrl, types: pgTypes, options: SESSION });
  await client.connect();
  try {
    const cases: readonly [string, (one: Sample, index: number) => Partial<EmployeeSearch>][] = [
      ['first name and beginning of the family name', (one) => ({ query: `${one.first_name} ${one.last_name.slice(0, 5)}` })],
      ['family name', (one) => ({ query: one.last_name })],
      ['first name', (one) => ({ query: one.first_name })],
      ['three letters', (one) => ({ query: one.last_name.slice(0, 3) })],
      ['skill', (one) => ({ skill: one.skill })],
      ['skill and name', (one) => ({ skill: one.skill, query: one.last_name })],
      ['manager', (one) => ({ managerId: one.manager_id })],
      ['team', (one) => ({ teamId: one.team_id })],
      ['geography', (one) => ({ geographyId: one.geography_id })],
      ['job role', (one) => ({ jobRoleId: one.job_role_id })],
      ['everybody', () => ({})],
    ];
    const results: Search[] = [];
    for (const [name, search] of cases) results.push(await timed(client, name, people.map(search)));
    return results;
  } finally {
    await client.end();
  }
}

async function timed(client: Client, name: string, searches: readonly Partial<EmployeeSearch>[]): Promise<Search> {
  const employees = new EmployeesService(new PayService());
  const times: number[] = [];
  for (const search of [...searches.slice(0, WARM_UP), ...searches]) {
    let milliseconds = 0;
    const query = async (text: string, values: unknown[]): Promise<unknown[]> => {
      const { rows } = await client.query({ name: statementName(text), text, values });
      milliseconds += await explained(client, statementName(text), values);
      return rows as unknown[];
    };
    const owner = new Set(permissionsOfRole('owner'));
    const scope = callScope({ orgId: BENCH.orgId, tenantId: BENCH.tenantId, userId: 'usr_bench', permissions: owner });
    await client.query(`START TRANSACTION; ${callSettings(scope)}`);
    const ctx = { orgId: BENCH.orgId, permissions: new Set(['people.read', 'teams.read']), db: { query } } as unknown as CallContext;
    await employees.search(ctx, { ...search, includeSubteams: true, status: 'active', limit: 20 });
    await client.query('commit');
    times.push(milliseconds);
  }
  const sorted = times.slice(WARM_UP).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] as number;
  return { name, p50: at(0.5), p95: at(0.95), max: at(1) };
}

const names: string[] = [];

function statementName(text: string): string {
  if (!names.includes(text)) names.push(text);
  return `bench_${names.indexOf(text)}`;
}

async function explained(client: Client, name: string, values: readonly unknown[]): Promise<number> {
  const literals = values.map((value) => (value == null ? 'null' : client.escapeLiteral(String(value as string | number | boolean))));
  const { rows } = await client.query<{ 'QUERY PLAN': Explained[] }>(
    `explain (analyze, timing off, format json) execute ${name} (${literals.join(', ')})`,
  );
  const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
  return (plan?.['Planning Time'] ?? NaN) + (plan?.['Execution Time'] ?? NaN);
}
