import { BENCH } from './population';
import type { Sql } from './superuser';

/** Rows to ask for, spread over the organization. */
export interface Asked {
  readonly employee: string;
  readonly first: string;
  readonly last: string;
  readonly skill: string;
  readonly manager: string;
  readonly team: string;
  readonly teamName: string;
  readonly place: string;
  readonly job: string;
  readonly project: string;
  readonly projectName: string;
  readonly stream: string;
  readonly contractor: string;
  readonly contractorName: string;
  readonly vacancy: string;
}

const SAMPLE = `
  with picked as (select e.*, row_number() over (order by md5(e.id)) as number from live.employee e where e.org_id = $1 and e.end_date is null limit 400),
  project as (select *, row_number() over (order by md5(id)) as number from live.project where org_id = $1 and status = 'active'),
  contractor as (select *, row_number() over (order by md5(id)) as number from live.contractor where org_id = $1),
  vacancy as (select *, row_number() over (order by md5(id)) as number from live.vacancy where org_id = $1)
  select e.id as employee, e.first_name as first, e.last_name as last, e.skills[1] as skill, t.manager_id as manager, a.target_team_id as team,
    m.name as "teamName", t.geography_id as place, t.job_role_id as job, p.id as project, p.name as "projectName", p.value_stream_id as stream,
    c.id as contractor, c.name as "contractorName", v.id as vacancy
  from picked e
  join live.employment_terms t on t.org_id = e.org_id and t.employee_id = e.id and t.effective_to is null and t.manager_id is not null
  join live.allocation a on a.org_id = e.org_id and a.employee_id = e.id and a.is_primary and a.end_date is null
  join live.team m on m.org_id = a.org_id and m.id = a.target_team_id
  join project p on p.number = e.number % (select count(*) from project) + 1
  join contractor c on c.number = e.number % (select count(*) from contractor) + 1
  join vacancy v on v.number = e.number % (select count(*) from vacancy) + 1
  limit 200`;

export async function sampleRows(sql: Sql): Promise<Asked[]> {
  return (await sql<Asked>(SAMPLE, [BENCH.orgId])).rows;
}

export interface ReadCase {
  readonly name: string;
  readonly tool: string;
  /** p95 in milliseconds with 100,000 people. */
  readonly target: number;
  readonly input: (asked: Asked) => object;
}

const lookUp = (tool: string, about: string, input: ReadCase['input'] = () => ({})): ReadCase => ({
  ...{ name: about === '' ? tool : `${tool}, ${about}`, tool, target: 15, input },
});
const details = (tool: string, input: ReadCase['input']): ReadCase => ({ name: tool, tool, target: 25, input });

export const READ_CASES: readonly ReadCase[] = [
  lookUp('get_organization_context', ''),
  lookUp('search_employees', 'name', ({ first, last }) => ({ query: `${first} ${last.slice(0, 5)}` })),
  lookUp('search_employees', 'skill', ({ skill }) => ({ skill })),
  lookUp('search_employees', 'manager', ({ manager }) => ({ managerId: manager })),
  lookUp('search_employees', 'team', ({ team }) => ({ teamId: team })),
  lookUp('search_employees', 'place', ({ place }) => ({ geographyId: place })),
  lookUp('search_employees', 'job role', ({ job }) => ({ jobRoleId: job })),
  lookUp('search_employees', 'everybody'),
  lookUp('search_teams', 'name', ({ teamName }) => ({ query: teamName })),
  lookUp('search_projects', 'name', ({ projectName }) => ({ query: projectName.split(' ')[0] })),
  lookUp('search_projects', 'value stream', ({ stream }) => ({ valueStreamId: stream })),
  lookUp('search_projects', 'status', () => ({ status: 'active' })),
  lookUp('search_contractors', 'name', ({ contractorName }) => ({ query: contractorName.split(' ')[0] })),
  lookUp('search_contractors', 'team', ({ team }) => ({ teamId: team })),
  lookUp('search_vacancies', 'team', ({ team }) => ({ teamId: team })),
  lookUp('search_vacancies', 'all'),
  lookUp('search_ai_agents', ''),
  lookUp('get_geographies', ''),
  lookUp('list_job_roles', ''),
  lookUp('list_scenarios', ''),
  details('get_employee_details', ({ employee }) => ({ employeeId: employee })),
  details('get_team_details', ({ team }) => ({ teamId: team })),
  details('get_project_details', ({ project }) => ({ projectId: project })),
  details('get_contractor_details', ({ contractor }) => ({ contractorId: contractor })),
  details('get_vacancy_details', ({ vacancy }) => ({ vacancyId: vacancy })),
];

const overall = (name: string, target: number, input: object, tool = 'query_analytics'): ReadCase => ({
  name,
  tool,
  target,
  input: () => input,
});
const YEAR = { granularity: 'month', preset: 'last_12_months' };
/** A statement is ended after so long. */
const LIMIT = 5_000;

/** cost_total by team by month over the last twelve: the one question whose answer grows with the organization. */
export const COSTS = overall('query_analytics, cost_total by team by month, 12 months', 1_000, {
  ...{ metrics: ['cost_total'], dimensions: ['team', 'period'], ...YEAR },
});

/** Figures of the whole organization. */
export const AGGREGATES: readonly ReadCase[] = [
  COSTS,
  overall('query_analytics, cost_total by place by month', LIMIT, {
    metrics: ['cost_total'],
    dimensions: ['geography', 'period'],
    ...YEAR,
  }),
  overall('query_analytics, cost_total by project by month', LIMIT, {
    metrics: ['cost_total'],
    dimensions: ['project', 'period'],
    ...YEAR,
  }),
  overall('query_analytics, headcount and fte by place', LIMIT, { metrics: ['headcount', 'fte'], dimensions: ['geography'] }),
  overall('query_analytics, headcount by team by month', LIMIT, { metrics: ['headcount'], dimensions: ['team', 'period'], ...YEAR }),
  overall('query_analytics, joiners, leavers, attrition by month', LIMIT, { metrics: ['joiners', 'leavers', 'attrition_rate'], ...YEAR }),
];

/** They read what happened, and what is wrong now, all over the organization. */
export const OVERVIEWS: readonly ReadCase[] = [
  overall('get_org_tree', LIMIT, {}, 'get_org_tree'),
  overall('find_projects_with_issues', LIMIT, {}, 'find_projects_with_issues'),
  overall('get_budget_status', LIMIT, {}, 'get_budget_status'),
  overall('get_unattributed_effort', LIMIT, {}, 'get_unattributed_effort'),
  overall('get_ai_usage_summary', LIMIT, {}, 'get_ai_usage_summary'),
  overall('get_ai_spend_by_team', LIMIT, {}, 'get_ai_spend_by_team'),
];
