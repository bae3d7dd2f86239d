/**
 * What the texts of a file can name: where it is, and how it is called in sentences. A list of codes is one whose names differ by a
 * point or a hyphen; names of people, teams and projects do not. Expressions are constants of this file.
 */
export const NAMED = {
  employee: {
    table: 'employee',
    prefix: 'emp',
    noun: 'employee',
    names: `first_name || ' ' || last_name`,
    email: 'email',
    since: 'start_date',
  },
  contractor: { table: 'contractor', prefix: 'con', noun: 'contractor', names: 'name', email: 'email', since: 'start_date' },
  vacancy: { table: 'vacancy', prefix: 'vac', noun: 'vacancy', names: 'role' },
  ai_agent: { table: 'ai_agent', prefix: 'agt', noun: 'AI agent', names: 'name' },
  team: { table: 'team', prefix: 'team', noun: 'team', names: 'name' },
  project: { table: 'project', prefix: 'prj', noun: 'project', names: 'name' },
  cost_centre: { table: 'cost_centre', prefix: 'cc', noun: 'cost centre', names: 'code, name', codes: true },
  value_stream: { table: 'value_stream', prefix: 'vs', noun: 'value stream', names: 'name', codes: true },
  geography: { table: 'geography', prefix: 'geo', noun: 'geography', names: 'name', group: 'country_code', codes: true },
  job_role: { table: 'job_role', prefix: 'role', noun: 'job role', names: 'title', codes: true },
  work_type: { table: 'work_type', prefix: 'wt', noun: 'work type', names: 'name', codes: true },
} as const;

export type NamedKind = keyof typeof NAMED;

/** "employee, contractor or team" */
export function nouns(kinds: readonly NamedKind[]): string {
  const words = kinds.map((kind) => NAMED[kind].noun);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
