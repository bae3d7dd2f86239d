/** What a scenario can change, and what people call one of each. */
const WORDS = {
  employee: 'employee',
  employment_terms: 'employment terms',
  salary_adjustment: 'pay',
  contractor: 'contractor',
  rate_adjustment: 'rate',
  vacancy: 'vacancy',
  ai_agent: 'AI agent',
  team: 'team',
  project: 'project',
  allocation: 'allocation',
  budget: 'budget',
} as const;

export type ScenarioEntity = keyof typeof WORDS;

export const SCENARIO_ENTITIES = Object.keys(WORDS) as ScenarioEntity[];

export function entityWords(entity: ScenarioEntity): string {
  return WORDS[entity];
}

/** `contracted_fte` → `contractedFte`, as the tools call it. */
export function fieldName(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Amounts. With a scenario they need compensation.read wherever they stand: what a plan changes in a total is one person's
 * pay soon enough (domain.md §7).
 */
export const MONEY_COLUMNS: ReadonlySet<string> = new Set([
  ...['annual_salary', 'annual_bonus', 'rate', 'salary_min', 'salary_max', 'estimated_cost', 'amount'],
  ...['monthly_per_seat_price', 'price_per_million_input', 'price_per_million_output'],
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
