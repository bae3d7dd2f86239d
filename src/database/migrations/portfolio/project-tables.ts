import { liveTable, reference } from '../workforce/live-table';
import { index } from './staffing-tables';

/** What people work on, and what may be spent. */
export const PROJECT_TABLES = [
  liveTable({
    name: 'project',
    prefix: 'prj',
    columns: `
      name text not null check (name <> '' and length(name) <= 200),
      description text check (length(description) <= 5000),
      status text not null default 'planning' check (status in ('planning', 'active', 'completed', 'on_hold', 'cancelled')),
      lifecycle_stage text not null default 'proposed'
        check (lifecycle_stage in ('proposed', 'approved', 'in_progress', 'blocked', 'completed', 'rejected', 'cancelled')),
      owner_id text,
      value_stream_id text,
      cost_centre_id text,
      capex_class text not null default 'none' check (capex_class in ('capex', 'opex', 'none')),
      estimated_cost numeric(18, 2) check (estimated_cost >= 0),
      currency text check (currency ~ '^[A-Z]{3}$'),
      start_date date,
      end_date date check (end_date >= start_date),
      check (estimated_cost is null or currency is not null),
      ${reference('owner_id', 'employee')},
      ${reference('value_stream_id', 'value_stream')},
      ${reference('cost_centre_id', 'cost_centre')}`,
  }),
  ...index('project', ['owner_id', 'value_stream_id', 'cost_centre_id']),
  liveTable({
    name: 'budget',
    prefix: 'bud',
    columns: `
      scope text not null check (scope in ('org', 'team', 'cost_centre', 'project', 'value_stream')),
      team_id text,
      cost_centre_id text,
      project_id text,
      value_stream_id text,
      amount numeric(18, 2) not null check (amount >= 0), -- per period
      period text not null default 'fiscal_year' check (period in ('month', 'quarter', 'fiscal_year')),
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      effective_date date not null, -- the newest row on or before a day is in force
      check (num_nonnulls(team_id, cost_centre_id, project_id, value_stream_id) = case scope when 'org' then 0 else 1 end
        and case scope when 'team' then team_id is not null when 'cost_centre' then cost_centre_id is not null
          when 'project' then project_id is not null when 'value_stream' then value_stream_id is not null else true end),
      constraint budget_scope_date unique nulls not distinct (org_id, scope, team_id, cost_centre_id, project_id, value_stream_id, effective_date) deferrable,
      ${reference('team_id', 'team')},
      ${reference('cost_centre_id', 'cost_centre')},
      ${reference('project_id', 'project')},
      ${reference('value_stream_id', 'value_stream')}`,
  }),
  ...index('budget', ['team_id', 'cost_centre_id', 'project_id', 'value_stream_id']),
].join('\n');

/** An allocation has one subject and one target, each a typed key. A team can only be allocated to a project. */
export const ALLOCATION_COLUMNS = `
  alter table live.allocation
    add column contractor_id text,
    add column vacancy_id text,
    add column ai_agent_id text,
    add column team_id text,
    add column target_project_id text,
    drop constraint allocation_subject,
    drop constraint allocation_target,
    drop constraint allocation_fte_check,
    add constraint allocation_subject check (num_nonnulls(employee_id, contractor_id, vacancy_id, ai_agent_id, team_id) = 1),
    add constraint allocation_target check (num_nonnulls(target_team_id, target_project_id) = 1),
    add constraint allocation_team_to_project check (team_id is null or target_project_id is not null),
    add constraint allocation_primary_team check (not is_primary or target_team_id is not null),
    add constraint allocation_fte_check check (fte > 0 and fte <= case when team_id is null then 2 else 10000 end),
    add ${reference('contractor_id', 'contractor')},
    add ${reference('vacancy_id', 'vacancy')},
    add ${reference('ai_agent_id', 'ai_agent')},
    add ${reference('team_id', 'team')},
    add ${reference('target_project_id', 'project')};
  ${index('allocation', ['contractor_id', 'vacancy_id', 'ai_agent_id', 'team_id', 'target_project_id']).join('\n')}
  create unique index allocation_one_open_primary_other on live.allocation (org_id, (coalesce(contractor_id, vacancy_id, ai_agent_id)))
    where is_primary and end_date is null and employee_id is null;
`;

export const ALLOCATION_COLUMNS_DOWN = `
  delete from live.allocation where employee_id is null or target_team_id is null;
  alter table live.allocation
    drop constraint allocation_fte_check,
    drop constraint allocation_primary_team,
    drop constraint allocation_team_to_project,
    drop constraint allocation_target,
    drop constraint allocation_subject,
    drop column contractor_id, drop column vacancy_id, drop column ai_agent_id, drop column team_id, drop column target_project_id,
    add constraint allocation_subject check (num_nonnulls(employee_id) = 1),
    add constraint allocation_target check (num_nonnulls(target_team_id) = 1),
    add constraint allocation_fte_check check (fte > 0 and fte <= 2);
`;
