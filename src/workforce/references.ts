import { type CallContext, ToolError } from '../access';

/** What can be named by an id: prefix of the id, its table, its noun, and the tool that finds it. */
const KINDS = {
  emp: { table: 'employee', noun: 'employee', find: 'search_employees' },
  con: { table: 'contractor', noun: 'contractor', find: 'search_contractors' },
  vac: { table: 'vacancy', noun: 'vacancy', find: 'search_vacancies' },
  agt: { table: 'ai_agent', noun: 'AI agent', find: 'search_ai_agents' },
  team: { table: 'team', noun: 'team', find: 'search_teams' },
  prj: { table: 'project', noun: 'project', find: 'search_projects' },
  geo: { table: 'geography', noun: 'geography', find: 'get_geographies' },
  role: { table: 'job_role', noun: 'job role', find: 'list_job_roles' },
  wt: { table: 'work_type', noun: 'work type', find: 'get_reference_data' },
  cc: { table: 'cost_centre', noun: 'cost centre', find: 'get_reference_data' },
  vs: { table: 'value_stream', noun: 'value stream', find: 'get_reference_data' },
  alc: { table: 'allocation', noun: 'allocation', find: 'get_employee_details or get_project_details' },
} as const;

export type ReferenceKind = keyof typeof KINDS;

/** The tool that finds the ids with a prefix, where they are ids of something that can be named. */
export function findingTool(prefix: string): string | undefined {
  return (KINDS as Readonly<Partial<Record<string, { readonly find: string }>>>)[prefix]?.find;
}

/** A reference as the caller gave it: `emp_…`, `ext:<externalId>`, or for an employee an e-mail address. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly field: string;
  readonly given: string | undefined;
}

/**
 * Ids of the references that were given, by field, in one statement.
 * @throws ToolError NOT_FOUND, the same for an unknown id and for another organization's
 */
export async function resolveReferences(ctx: CallContext, references: readonly Reference[]): Promise<Record<string, string>> {
  const asked = references.filter((one): one is Reference & { given: string } => one.given !== undefined);
  if (asked.length === 0) return {};
  const columns = asked.map((one, index) => `(${lookUp(one, `$${index + 2}`)}) as r${index}`);
  const values = asked.map(({ given }) => (given.startsWith('ext:') ? given.slice(4) : given));
  const [row] = await ctx.db.query<Record<string, string | null>[]>(`select ${columns.join(', ')}`, [ctx.orgId, ...values]);
  return Object.fromEntries(
    asked.map((one, index) => {
      const id = row?.[`r${index}`];
      if (!id) throw notFound(one);
      return [one.field, id];
    }),
  );
}

/** The statement is made of this file's constants; what the caller gave is a parameter. */
function lookUp({ kind, given }: Reference & { given: string }, parameter: string): string {
  const { table } = KINDS[kind];
  if (given.startsWith('ext:')) return `select id from ${table} where org_id = $1 and external_id = ${parameter}`;
  if (kind === 'emp' && given.includes('@')) return byEmail(parameter);
  return `select id from ${table} where org_id = $1 and id = ${parameter}`;
}

/** An address can be used again after its holder left: whoever is or was employed last has it, a future starter only if nobody else. */
function byEmail(parameter: string): string {
  return `select e.id from search_term t join employee e on e.org_id = t.org_id and e.id = t.subject_id
    where t.org_id = $1 and t.kind = 'employee.email' and t.term = lower(${parameter})
    order by e.start_date <= current_date desc, e.start_date desc limit 1`;
}

/** What was sent is not repeated: it may be anything, and the model knows it. */
function notFound({ kind, field }: Reference): ToolError {
  const { noun, find } = KINDS[kind];
  return new ToolError('NOT_FOUND', `There is no such ${noun} in this organization.`, {
    hint: `Find the right ${noun} with ${find}.`,
    details: { field },
  });
}
