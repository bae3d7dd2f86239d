/** What a scenario can change: tables of the domain, each row an entity with an id. */
export const ENTITIES = [
  'employee',
  'employment_terms',
  'salary_adjustment',
  'contractor',
  'rate_adjustment',
  'vacancy',
  'ai_agent',
  'team',
  'project',
  'allocation',
  'budget',
] as const;

/** What follows from the entities: the table, and the column by which the rows of one of them are found. */
export const DERIVED = { search_term: 'subject_id', cost_draw: 'team_id' } as const;

/** What a scenario reads as it is live. */
export const PASSED = [
  'geography',
  'holiday',
  'job_role',
  'work_type',
  'cost_centre',
  'value_stream',
  'fx_rate',
  'work_item',
  'effort_line',
  'ai_account',
  'ai_usage_day',
] as const;
