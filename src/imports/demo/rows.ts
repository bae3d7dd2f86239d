/** One row to insert: column name → value. Arrays and objects are sent as JSON. */
export type Row = Record<string, unknown>;

export const LIVE_TABLES = [
  'geography',
  'holiday',
  'job_role',
  'work_type',
  'cost_centre',
  'value_stream',
  'fx_rate',
  'employee',
  'employment_terms',
  'salary_adjustment',
  'team',
  'contractor',
  'rate_adjustment',
  'vacancy',
  'ai_agent',
  'project',
  'allocation',
  'budget',
  'work_item',
  'effort_line',
  'ai_account',
  'ai_usage_day',
] as const;

export type LiveTable = (typeof LIVE_TABLES)[number];

/** What another system might call something of this name: `core-platform`. */
export function externalId(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
}

/** Rows of one organization, collected table by table. */
export class RowSet {
  readonly tables: Record<LiveTable, Row[]>;

  constructor(readonly orgId: string) {
    this.tables = Object.fromEntries(LIVE_TABLES.map((table) => [table, [] as Row[]])) as Record<LiveTable, Row[]>;
  }

  add(table: LiveTable, row: Row): void {
    this.tables[table].push({ org_id: this.orgId, ...row });
  }
}
