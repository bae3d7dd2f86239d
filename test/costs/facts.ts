import type { Row } from '../workforce/organization';

/** Days are YYYY-MM-DD, amounts decimal strings; the names are those of the tables' columns. */
export interface Facts {
  organization: { reporting_currency: string; hours_per_day: string };
  geography: { id: string; cost_multiplier: string }[];
  holiday: { geography_id: string; day: string }[];
  work_type: { id: string; overhead: string }[];
  fx_rate: { from_currency: string; to_currency: string; rate: string; effective_from: string }[];
  team: { id: string }[];
  project: { id: string }[];
  employee: { id: string; start_date: string; end_date: string | null }[];
  employment_terms: {
    employee_id: string;
    effective_from: string;
    effective_to: string | null;
    geography_id: string;
    work_type_id: string;
    contracted_fte: string;
  }[];
  salary_adjustment: { employee_id: string; effective_date: string; annual_salary: string; annual_bonus: string; currency: string }[];
  contractor: { id: string; geography_id: string; start_date: string; end_date: string | null }[];
  rate_adjustment: {
    contractor_id: string;
    effective_date: string;
    rate_type: 'hourly' | 'daily' | 'monthly';
    rate: string;
    currency: string;
  }[];
  vacancy: {
    id: string;
    status: 'open' | 'on_hold' | 'filled' | 'cancelled';
    fte: string;
    target_start_date: string;
    geography_id: string | null;
    work_type_id: string | null;
    salary_min: string | null;
    salary_max: string | null;
    currency: string | null;
    filled_by_employee_id: string | null;
    filled_by_contractor_id: string | null;
  }[];
  ai_agent: {
    id: string;
    seats: number;
    monthly_per_seat_price: string;
    planned_input_tokens_per_month: number;
    planned_output_tokens_per_month: number;
    included_input_tokens_per_month: number;
    included_output_tokens_per_month: number;
    price_per_million_input: string;
    price_per_million_output: string;
    currency: string;
    start_date: string;
    end_date: string | null;
  }[];
  allocation: Allocation[];
}

export interface Allocation {
  id: string;
  employee_id: string | null;
  contractor_id: string | null;
  vacancy_id: string | null;
  ai_agent_id: string | null;
  team_id: string | null;
  target_team_id: string | null;
  target_project_id: string | null;
  fte: string;
  start_date: string;
  end_date: string | null;
}

export type Table = Exclude<keyof Facts, 'organization'>;

/** In the order of their references. */
export const TABLES = [
  ...(['geography', 'holiday', 'work_type', 'fx_rate', 'team', 'project', 'employee', 'employment_terms', 'salary_adjustment'] as const),
  ...(['contractor', 'rate_adjustment', 'vacancy', 'ai_agent', 'allocation'] as const),
];

/** Everybody's. */
export const JOB_ROLE = 'role_aaaaaaaaaaaa';

/** Columns that costs do not depend on, as the tables want them. */
const REST: Partial<Record<Table, (row: Row, index: number) => Row>> = {
  geography: (_, index) => ({ name: `Place ${index}`, country_code: 'DE', time_zone: 'Europe/Berlin', currency: 'EUR' }),
  holiday: () => ({ name: 'Holiday' }),
  work_type: (_, index) => ({ name: `Type ${index}` }),
  team: (_, index) => ({ name: `Team ${index}` }),
  project: (_, index) => ({ name: `Project ${index}` }),
  employment_terms: () => ({ job_role_id: JOB_ROLE }),
  employee: () => ({ first_name: 'Ada', last_name: 'Test' }),
  contractor: () => ({ name: 'Contractor' }),
  vacancy: () => ({ role: 'Engineer' }),
  ai_agent: () => ({ name: 'Agent', provider: 'Provider' }),
};

export function completeRow(table: Table, row: Row, index: number): Row {
  return { ...row, ...REST[table]?.(row, index) };
}
