import { protect } from '../workforce/live-table';

/** Costs are money, not a person's pay: shown with financials.read (domain.md §7). */
function money(table: string): string {
  return `
    create policy money on live.${table} as restrictive for select to flowstate_mcp, flowstate_whatif
    using (current_setting('app.sees_money', true) = 'on');`;
}

/**
 * What costs are summed from; derived from the other tables, never edited. A day interval includes both ends, infinity = open.
 *
 * `cost_segment`: one row per subject, split, stretch of days without a change, and share. Each split holds the whole of
 * a subject's cost: its team shares and what is in no team, and again its project shares and what is in no project. In
 * the split `project` a row with a `team_id` is what the projects of that team may draw on, by `cost_draw`.
 *
 * Amounts are in the subject's own currency and per unit of `accrual`: a year (by its working days), a month (by its
 * working days), a working day, an hour of a working day, or a calendar month. Exchange rates, holidays, overhead, cost
 * multipliers and hours per day are applied when costs are read, so that a change of theirs rebuilds nothing.
 *
 * `cost_draw`: which part of such a row each project of the team takes; the row without a project is what is left. The
 * days of a team that has any cover all time.
 */
export const SEGMENT_TABLES = `
  create table live.cost_segment (
    org_id text not null,
    subject_id text not null,
    resource_type text not null check (resource_type in ('employee', 'contractor', 'vacancy', 'ai_agent')),
    split text not null,
    from_day date not null,
    to_day date not null check (to_day >= from_day),
    team_id text,
    project_id text,
    geography_id text,
    job_role_id text,
    work_type_id text,
    cost_centre_id text,
    manager_id text,
    fte numeric not null,
    currency text,
    accrual text not null check (accrual in ('year', 'month', 'day', 'hour', 'calendar_month')),
    base numeric,
    bonus numeric,
    contractor numeric,
    vacancy numeric,
    ai_seats numeric,
    ai_tokens numeric,
    price_missing boolean not null, -- no salary, rate or salary range on these days
    over_allocated boolean not null -- allocations above what is paid for: the shares are scaled down
  ) partition by list (split);
  create table live.cost_segment_team partition of live.cost_segment for values in ('team');
  create table live.cost_segment_project partition of live.cost_segment for values in ('project');
  create index on live.cost_segment (org_id, subject_id);
  create index on live.cost_segment (org_id, team_id) where team_id is not null;
  create index on live.cost_segment (org_id, project_id) where project_id is not null;
  create index on live.cost_segment (org_id) where price_missing or over_allocated;
  ${['cost_segment', 'cost_segment_team', 'cost_segment_project'].map((table) => protect(table) + money(table)).join('')}

  create table live.cost_draw (
    org_id text not null,
    team_id text not null,
    project_id text,
    from_day date not null,
    to_day date not null check (to_day >= from_day),
    ratio numeric not null,
    short boolean not null -- the team's projects want more than its members have left
  );
  create index on live.cost_draw (org_id, team_id);
  create index on live.cost_draw (org_id, project_id) where project_id is not null;
  ${protect('cost_draw')}${money('cost_draw')}

  -- Whose costs the transaction has touched; rebuilt and emptied when it commits.
  create table live.cost_dirty (
    org_id text not null references platform.organization (id),
    subject_id text not null, -- of a person, contractor, vacancy, AI agent, or of a team whose draws change
    primary key (org_id, subject_id)
  );
  ${protect('cost_dirty')}
  revoke select on live.cost_dirty from flowstate_mcp;
`;
