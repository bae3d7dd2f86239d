import { Client } from 'pg';
import type { Load } from './load';
import { BENCH } from './population';

/** People to ask for, spread over the organization. */
export interface Sample {
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly skill: string;
  readonly manager_id: string;
  readonly team_id: string;
  readonly geography_id: string;
  readonly job_role_id: string;
}

export async function sample(databaseUrl: string): Promise<Sample[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Sample>(
    `select e.id, first_name, last_name, skills[1] as skill, t.manager_id, t.geography_id, t.job_role_id, a.target_team_id as team_id
     from live.employee e join live.employment_terms t on t.employee_id = e.id join live.allocation a on a.employee_id = e.id and a.is_primary and a.end_date is null
     where e.org_id = $1 and e.end_date is null and t.effective_to is null and t.manager_id is not null order by md5(e.id) limit 200`,
    [BENCH.orgId],
  );
  await client.end();
  return rows;
}

export interface Workload {
  readonly name: string;
  readonly bodies: readonly string[];
}

const message = (method: string, params: object): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
const call = (name: string, input: object): string => message('tools/call', { name, arguments: input });

export function workloads(people: readonly Sample[]): Workload[] {
  const byName = people.map(({ first_name, last_name }) =>
    call('search_employees', { limit: 20, query: `${first_name} ${last_name.slice(0, 5)}` }),
  );
  const bySkill = people.map(({ skill }) => call('search_employees', { limit: 20, skill }));
  return [
    { name: 'tools/list', bodies: [message('tools/list', {})] },
    { name: 'search_employees, by name', bodies: byName },
    { name: 'search_employees, by skill', bodies: bySkill },
    { name: 'get_employee_details', bodies: people.map(({ id }) => call('get_employee_details', { employeeId: id })) },
    { name: 'get_organization_context', bodies: [call('get_organization_context', {})] },
  ];
}

/** The same message as a 2026-07-28 client sends it: version and client in `_meta`, method and name mirrored in headers. */
export function modern({ name, bodies }: Workload): Workload {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const wrapped = bodies.map((body) => {
    const { params, ...rest } = JSON.parse(body) as { params: object };
    return JSON.stringify({ ...rest, params: { ...params, _meta: meta } });
  });
  return { name, bodies: wrapped };
}

export function legacyLoad({ bodies }: Workload, headers: Record<string, string>): Load {
  return { bodies, headers: { ...headers, 'mcp-protocol-version': '2025-11-25' } };
}

export function modernLoad(workload: Workload, headers: Record<string, string>): Load {
  const { bodies } = modern(workload);
  const { method, params } = JSON.parse(bodies[0] ?? '{}') as { method: string; params: { name?: string } };
  const mirrored = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...(params.name && { 'mcp-name': params.name }) };
  return { bodies, headers: { ...headers, ...mirrored } };
}
