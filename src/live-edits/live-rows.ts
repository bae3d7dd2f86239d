import type { Permission } from '../permissions';

/** What can be named in a field, and how the one that is named is called. */
export const NAMED = {
  employee: `r.first_name || ' ' || r.last_name`,
  team: 'r.name',
  project: 'r.name',
  contractor: 'r.name',
  job_role: 'r.title',
  work_type: 'r.name',
  geography: 'r.name',
  cost_centre: `r.code || ' ' || r.name`,
  value_stream: 'r.name',
} as const;

export type NamedTable = keyof typeof NAMED;

/** Short enough to be offered as a list. */
export const LISTS: readonly NamedTable[] = ['job_role', 'work_type', 'geography', 'cost_centre', 'value_stream'];

export type FieldKind =
  | 'text'
  | 'prose'
  | 'email'
  | 'date'
  | 'number'
  | 'whole'
  | 'currency'
  | { readonly one: readonly string[] }
  | { readonly names: NamedTable };

export interface EditableField {
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Needed besides that of the row. */
  readonly permission?: Permission;
}

/** A table of live data, as far as people edit its rows by hand. The form, its checks and its statements follow from it. */
export interface EditableTable {
  readonly table: string;
  readonly noun: string;
  /** Which one of its kind the row `x` is; SQL. */
  readonly label: string;
  /** Columns by which it belongs to what has a page. */
  readonly of: readonly string[];
  readonly permission: Permission;
  readonly fields: Readonly<Record<string, EditableField>>;
  /** Its first day, where an edit can be in force from a later one on and make a row of its own. */
  readonly from?: { readonly column: string; readonly until?: string; readonly prefix: string };
  /** What else ends where the row ends: allocations by this column. */
  readonly ends?: string;
}

const field = (kind: FieldKind, permission?: Permission): EditableField => ({ kind, required: true, ...(permission && { permission }) });
const optional = (kind: FieldKind, permission?: Permission): EditableField => ({ ...field(kind, permission), required: false });
const one = (...words: string[]): FieldKind => ({ one: words });
const names = (table: NamedTable): FieldKind => ({ names: table });

const MONEY = 'financials.read';
const DATED = { label: `'from ' || x.effective_date`, from: { column: 'effective_date' } };
const TARGET = `coalesce((select t.name from team t where t.org_id = $1 and t.id = x.target_team_id), (select p.name from project p where p.org_id = $1 and p.id = x.target_project_id))`;

/** By the beginning of their ids. */
export const EDITABLE: Readonly<Record<string, EditableTable>> = {
  emp: {
    ...{ table: 'employee', noun: 'person', label: NAMED.employee.replaceAll('r.', 'x.'), of: ['id'], permission: 'people.read' },
    fields: {
      first_name: field('text'),
      last_name: field('text'),
      email: optional('email'),
      notice_date: optional('date'),
      end_date: optional('date'),
    },
    ends: 'employee_id',
  },
  trm: {
    ...{ table: 'employment_terms', noun: 'terms', of: ['employee_id'], permission: 'people.read' },
    label: `'from ' || x.effective_from || coalesce(' to ' || x.effective_to, '')`,
    fields: {
      job_role_id: field(names('job_role')),
      manager_id: optional(names('employee')),
      work_type_id: field(names('work_type')),
      geography_id: field(names('geography')),
      cost_centre_id: optional(names('cost_centre')),
      contracted_fte: field('number'),
    },
    from: { column: 'effective_from', until: 'effective_to', prefix: 'trm' },
  },
  sal: {
    ...{ table: 'salary_adjustment', noun: 'pay', label: DATED.label, of: ['employee_id'], permission: 'compensation.read' },
    fields: { annual_salary: field('number'), annual_bonus: field('number'), currency: field('currency'), reason: optional('text') },
    from: { ...DATED.from, prefix: 'sal' },
  },
  alc: {
    ...{ table: 'allocation', noun: 'allocation', permission: 'allocations.read' },
    label: `'to ' || ${TARGET} || ' from ' || x.start_date`,
    of: ['employee_id', 'contractor_id', 'vacancy_id', 'ai_agent_id', 'team_id'],
    fields: { fte: field('number'), start_date: field('date'), end_date: optional('date') },
  },
  con: {
    ...{ table: 'contractor', noun: 'contractor', label: 'x.name', of: ['id'], permission: 'contractors.read' },
    fields: {
      name: field('text'),
      email: optional('email'),
      contractor_type: field(one('individual', 'company')),
      company_name: optional('text'),
      manager_id: optional(names('employee')),
      job_role_id: optional(names('job_role')),
      geography_id: field(names('geography')),
      cost_centre_id: optional(names('cost_centre')),
      start_date: field('date'),
      end_date: optional('date'),
    },
    ends: 'contractor_id',
  },
  rat: {
    ...{ table: 'rate_adjustment', noun: 'rate', label: DATED.label, of: ['contractor_id'], permission: MONEY },
    fields: { rate: field('number'), rate_type: field(one('hourly', 'daily', 'monthly')), currency: field('currency') },
    from: { ...DATED.from, prefix: 'rat' },
  },
  vac: {
    ...{ table: 'vacancy', noun: 'vacancy', label: 'x.role', of: ['id'], permission: 'vacancies.read' },
    fields: {
      role: field('text'),
      description: optional('prose'),
      status: field(one('open', 'on_hold', 'filled', 'cancelled')),
      fte: field('number'),
      target_start_date: field('date'),
      job_role_id: optional(names('job_role')),
      work_type_id: optional(names('work_type')),
      geography_id: optional(names('geography')),
      hiring_manager_id: optional(names('employee')),
      filled_by_employee_id: optional(names('employee')),
      filled_by_contractor_id: optional(names('contractor')),
      salary_min: optional('number', MONEY),
      salary_max: optional('number', MONEY),
      currency: optional('currency', MONEY),
    },
  },
  agt: {
    ...{ table: 'ai_agent', noun: 'AI agent', label: 'x.name', of: ['id'], permission: 'teams.read' },
    fields: {
      name: field('text'),
      provider: field('text'),
      seats: field('whole'),
      monthly_per_seat_price: field('number', MONEY),
      currency: field('currency', MONEY),
      start_date: field('date'),
      end_date: optional('date'),
    },
  },
  team: {
    ...{ table: 'team', noun: 'team', label: 'x.name', of: ['id'], permission: 'teams.read' },
    fields: {
      name: field('text'),
      team_type: optional('text'),
      description: optional('prose'),
      parent_team_id: optional(names('team')),
      manager_id: optional(names('employee')),
      cost_centre_id: optional(names('cost_centre')),
    },
  },
  prj: {
    ...{ table: 'project', noun: 'project', label: 'x.name', of: ['id'], permission: 'projects.read' },
    fields: {
      name: field('text'),
      description: optional('prose'),
      status: field(one('planning', 'active', 'completed', 'on_hold', 'cancelled')),
      lifecycle_stage: field(one('proposed', 'approved', 'in_progress', 'blocked', 'completed', 'rejected', 'cancelled')),
      owner_id: optional(names('employee')),
      value_stream_id: optional(names('value_stream')),
      cost_centre_id: optional(names('cost_centre')),
      capex_class: field(one('capex', 'opex', 'none')),
      estimated_cost: optional('number', MONEY),
      currency: optional('currency', MONEY),
      start_date: optional('date'),
      end_date: optional('date'),
    },
  },
  bud: {
    ...{ table: 'budget', noun: 'budget', label: DATED.label, of: ['team_id', 'project_id'], permission: 'budgets.read' },
    fields: { amount: field('number'), period: field(one('month', 'quarter', 'fiscal_year')), currency: field('currency') },
    from: { ...DATED.from, prefix: 'bud' },
  },
};

/** `job_role_id` → "Job role". */
export function fieldLabel(column: string): string {
  const words = column.replace(/_id$/, '').replaceAll('_', ' ').replace('fte', 'FTE');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
