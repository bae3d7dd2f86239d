import { liveTable, reference } from '../workforce/live-table';

/** Who works besides the employees: contractors and what they charge, vacancies, and AI agents as planned cost lines. */
export const STAFFING_TABLES = [
  liveTable({
    name: 'contractor',
    prefix: 'con',
    columns: `
      name text not null check (name <> '' and length(name) <= 200),
      email text check (email like '%_@_%' and length(email) <= 254),
      contractor_type text not null default 'individual' check (contractor_type in ('individual', 'company')),
      company_name text check (company_name <> '' and length(company_name) <= 200),
      manager_id text,
      job_role_id text,
      geography_id text not null,
      cost_centre_id text,
      start_date date not null,
      end_date date check (end_date >= start_date),
      ${reference('manager_id', 'employee')},
      ${reference('job_role_id', 'job_role')},
      ${reference('geography_id', 'geography')},
      ${reference('cost_centre_id', 'cost_centre')}`,
  }),
  liveTable({
    name: 'rate_adjustment',
    prefix: 'rat',
    columns: `
      contractor_id text not null,
      effective_date date not null,
      rate_type text not null check (rate_type in ('hourly', 'daily', 'monthly')),
      rate numeric(18, 4) not null check (rate >= 0),
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      unique (org_id, contractor_id, effective_date) deferrable,
      ${reference('contractor_id', 'contractor')}`,
  }),
  liveTable({
    name: 'vacancy',
    prefix: 'vac',
    columns: `
      role text not null check (role <> '' and length(role) <= 200),
      description text check (length(description) <= 5000),
      status text not null default 'open' check (status in ('open', 'on_hold', 'filled', 'cancelled')),
      fte numeric(8, 3) not null default 1 check (fte > 0 and fte <= 2),
      target_start_date date not null,
      job_role_id text,
      work_type_id text,
      geography_id text,
      salary_min numeric(18, 4) check (salary_min >= 0), -- annual, at 1.0 FTE
      salary_max numeric(18, 4) check (salary_max >= salary_min),
      currency text check (currency ~ '^[A-Z]{3}$'),
      hiring_manager_id text,
      filled_by_employee_id text,
      filled_by_contractor_id text,
      check (num_nonnulls(salary_min, salary_max, currency) in (0, 3)),
      check (num_nonnulls(filled_by_employee_id, filled_by_contractor_id) = case status when 'filled' then 1 else 0 end),
      ${reference('job_role_id', 'job_role')},
      ${reference('work_type_id', 'work_type')},
      ${reference('geography_id', 'geography')},
      ${reference('hiring_manager_id', 'employee')},
      ${reference('filled_by_employee_id', 'employee')},
      ${reference('filled_by_contractor_id', 'contractor')}`,
  }),
  liveTable({
    name: 'ai_agent',
    prefix: 'agt',
    columns: `
      name text not null check (name <> '' and length(name) <= 200),
      provider text not null check (provider <> '' and length(provider) <= 100),
      seats integer not null default 0 check (seats between 0 and 1000000),
      monthly_per_seat_price numeric(18, 4) not null default 0 check (monthly_per_seat_price >= 0),
      planned_input_tokens_per_month bigint not null default 0 check (planned_input_tokens_per_month >= 0),
      planned_output_tokens_per_month bigint not null default 0 check (planned_output_tokens_per_month >= 0),
      included_input_tokens_per_month bigint not null default 0 check (included_input_tokens_per_month >= 0),
      included_output_tokens_per_month bigint not null default 0 check (included_output_tokens_per_month >= 0),
      price_per_million_input numeric(18, 6) not null default 0 check (price_per_million_input >= 0),
      price_per_million_output numeric(18, 6) not null default 0 check (price_per_million_output >= 0),
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      start_date date not null,
      end_date date check (end_date >= start_date)`,
  }),
  ...index('contractor', ['manager_id', 'job_role_id', 'geography_id', 'cost_centre_id']),
  ...index('vacancy', ['job_role_id', 'geography_id', 'hiring_manager_id', 'filled_by_employee_id', 'filled_by_contractor_id']),
  // Rates are money, not a person's pay: shown with financials.read (domain.md §7).
  `create policy money on live.rate_adjustment as restrictive for select to flowstate_mcp, flowstate_whatif
    using (current_setting('app.sees_money', true) = 'on');`,
].join('\n');

/** One index per foreign key that is asked by or may have to be looked up when its target goes. */
export function index(table: string, columns: readonly string[]): string[] {
  return columns.map((column) => `create index on live.${table} (org_id, ${column}) where ${column} is not null;`);
}
