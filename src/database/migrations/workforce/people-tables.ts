import { liveTable, protect, reference } from './live-table';

/** People, what they work under, what they earn, and the teams that they are allocated to. Day intervals include both ends; no end = open. */
export const PEOPLE_TABLES = [
  liveTable({
    name: 'employee',
    prefix: 'emp',
    columns: `
      first_name text not null check (first_name <> '' and length(first_name) <= 100),
      last_name text not null check (last_name <> '' and length(last_name) <= 100),
      email text check (email like '%_@_%' and length(email) <= 254),
      start_date date not null,
      end_date date check (end_date >= start_date),
      notice_date date,
      skills text[] not null default '{}' check (cardinality(skills) <= 100),
      attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object')`,
  }),
  `create index on live.employee (org_id, end_date) where end_date is not null;`, // who left, and who is leaving
  liveTable({
    name: 'employment_terms',
    prefix: 'trm',
    columns: `
      employee_id text not null,
      effective_from date not null,
      effective_to date check (effective_to >= effective_from),
      manager_id text check (manager_id <> employee_id),
      job_role_id text not null,
      work_type_id text not null,
      geography_id text not null,
      cost_centre_id text,
      contracted_fte numeric(8, 3) not null default 1 check (contracted_fte > 0 and contracted_fte <= 2),
      unique (org_id, employee_id, effective_from) deferrable,
      ${reference('employee_id', 'employee')},
      ${reference('manager_id', 'employee')},
      ${reference('job_role_id', 'job_role')},
      ${reference('work_type_id', 'work_type')},
      ${reference('geography_id', 'geography')},
      ${reference('cost_centre_id', 'cost_centre')}`,
  }),
  ...['manager_id', 'job_role_id', 'work_type_id', 'geography_id', 'cost_centre_id'].map(
    (column) => `create index on live.employment_terms (org_id, ${column});`,
  ),
  liveTable({
    name: 'salary_adjustment',
    prefix: 'sal',
    columns: `
      employee_id text not null,
      effective_date date not null,
      annual_salary numeric(18, 4) not null check (annual_salary >= 0), -- at 1.0 FTE
      annual_bonus numeric(18, 4) not null default 0 check (annual_bonus >= 0),
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      reason text check (length(reason) <= 500),
      unique (org_id, employee_id, effective_date) deferrable,
      ${reference('employee_id', 'employee')}`,
  }),
  liveTable({
    name: 'team',
    prefix: 'team',
    columns: `
      name text not null check (name <> '' and length(name) <= 200),
      team_type text check (length(team_type) <= 50),
      description text check (length(description) <= 2000),
      parent_team_id text check (parent_team_id <> id),
      manager_id text,
      cost_centre_id text,
      constraint team_name_among_siblings unique nulls not distinct (org_id, parent_team_id, name) deferrable,
      ${reference('parent_team_id', 'team')},
      ${reference('manager_id', 'employee')},
      ${reference('cost_centre_id', 'cost_centre')}`,
  }),
  `create index on live.team (org_id, manager_id);`,
  `create index on live.team (org_id, cost_centre_id);`,
  // Exactly one subject and one target; contractors, vacancies, agents and projects add their columns to the two checks.
  liveTable({
    name: 'allocation',
    prefix: 'alc',
    columns: `
      employee_id text,
      target_team_id text,
      fte numeric(8, 3) not null check (fte > 0 and fte <= 2),
      start_date date not null,
      end_date date check (end_date >= start_date),
      is_primary boolean not null default false,
      constraint allocation_subject check (num_nonnulls(employee_id) = 1),
      constraint allocation_target check (num_nonnulls(target_team_id) = 1),
      ${reference('employee_id', 'employee')},
      ${reference('target_team_id', 'team')}`,
  }),
  `create index on live.allocation (org_id, employee_id);`,
  `create index on live.allocation (org_id, target_team_id);`,
  `create unique index allocation_one_open_primary on live.allocation (org_id, employee_id)
    where is_primary and end_date is null and target_team_id is not null;`,
  // A second net below the permission checks: without the right to see pay the database itself shows an MCP call none.
  `create policy pay on live.salary_adjustment as restrictive for select to flowstate_mcp, flowstate_whatif
    using (current_setting('app.sees_pay', true) = 'on');`,
  // Collation "C" and plain comparison: ILIKE and lower() are not leakproof, so no index serves them below a row policy.
  `create table live.search_term (
    org_id text not null references platform.organization (id),
    kind text not null,
    term text collate "C" not null,
    subject_id text not null,
    primary key (org_id, kind, term, subject_id)
  );
  create index on live.search_term (org_id, subject_id);`,
  protect('search_term'),
].join('\n');
