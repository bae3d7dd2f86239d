import type { Permission } from '../permissions';

interface Declared {
  /** Of ids. */
  readonly prefix: string;
  /** What people call one of them. */
  readonly words: string;
  /** Without it nobody plans such a row, or takes its change back; allocations come along with what is allocated. */
  readonly needs?: Permission;
  /** The columns that name whom a row is about: one of them is given. */
  readonly of?: readonly string[];
}

/** What a scenario can change: tables of the domain, each row with an id (migrations/scenarios/entities.ts). */
const ENTITIES = {
  employee: { prefix: 'emp', words: 'employee', needs: 'people.write' },
  employment_terms: { prefix: 'trm', words: 'employment terms', needs: 'people.write', of: ['employee_id'] },
  salary_adjustment: { prefix: 'sal', words: 'pay', needs: 'compensation.write', of: ['employee_id'] },
  contractor: { prefix: 'con', words: 'contractor', needs: 'contractors.write' },
  rate_adjustment: { prefix: 'rat', words: 'rate', needs: 'contractors.write', of: ['contractor_id'] },
  vacancy: { prefix: 'vac', words: 'vacancy', needs: 'vacancies.write' },
  ai_agent: { prefix: 'agt', words: 'AI agent', needs: 'ai_agents.write' },
  team: { prefix: 'team', words: 'team', needs: 'teams.write' },
  project: { prefix: 'prj', words: 'project', needs: 'projects.write' },
  allocation: { prefix: 'alc', words: 'allocation', of: ['employee_id', 'contractor_id', 'vacancy_id', 'ai_agent_id', 'team_id'] },
  budget: { prefix: 'bud', words: 'budget', needs: 'budgets.write' },
} as const satisfies Record<string, Declared>;

export type Entity = keyof typeof ENTITIES;

export const ENTITY_NAMES = Object.keys(ENTITIES) as Entity[];

export function declared(entity: Entity): Declared {
  return ENTITIES[entity];
}

/** `contracted_fte` → `contractedFte`, as the tools call it. */
export function fieldName(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `contractedFte` → `contracted_fte`. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Amounts. With a scenario they need compensation.read wherever they stand: what a plan changes in a total is one person's
 * pay soon enough (domain.md §7).
 */
export const MONEY_COLUMNS: ReadonlySet<string> = new Set([
  ...['annual_salary', 'annual_bonus', 'rate', 'salary_min', 'salary_max', 'estimated_cost', 'amount'],
  ...['monthly_per_seat_price', 'price_per_million_input', 'price_per_million_output'],
]);

/** What no head, FTE or cost depends on, besides the silent ones. */
export const DESCRIPTIVE_COLUMNS: ReadonlySet<string> = new Set([
  ...['external_id', 'first_name', 'last_name', 'email', 'notice_date', 'skills', 'attributes', 'reason'],
  ...['name', 'role', 'description', 'company_name', 'contractor_type', 'provider'],
]);

/** Of no interest to who compares: identity, bookkeeping, the keys that the row's name says already. */
export const SILENT_COLUMNS: ReadonlySet<string> = new Set([
  'org_id',
  'id',
  'plan_id',
  'version',
  'created_at',
  'updated_at',
  'subject_id',
]);
