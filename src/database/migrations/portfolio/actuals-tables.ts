import { liveTable, protect, reference } from '../workforce/live-table';
import { index } from './staffing-tables';

/**
 * What really happened: weekly effort and daily AI usage. Facts have no version and do not raise live_rev: whole weeks and
 * days are replaced, never edited.
 */
export const ACTUALS_TABLES = [
  liveTable({
    name: 'work_item',
    prefix: 'wi',
    columns: `
      source text not null check (source in ('jira', 'linear', 'ado', 'asana', 'other')),
      key text not null check (key <> '' and length(key) <= 100),
      title text not null check (length(title) <= 500),
      project_id text, -- none: linked to no project
      unique (org_id, source, key) deferrable,
      ${reference('project_id', 'project')}`,
  }),
  ...index('work_item', ['project_id']),
  `create table live.effort_line (
    org_id text not null,
    subject_id text not null generated always as (coalesce(employee_id, contractor_id, ai_agent_id)) stored,
    week_start date not null check (extract(isodow from week_start) = 1), -- Monday of an ISO week
    line smallint not null check (line between 1 and 200),
    employee_id text,
    contractor_id text,
    ai_agent_id text,
    category text not null check (category in ('project', 'non_project', 'unlinked')),
    project_id text,
    work_item_id text,
    fraction numeric(7, 6) not null check (fraction > 0 and fraction <= 1), -- of the person's week
    source text not null check (source <> '' and length(source) <= 50),
    primary key (org_id, subject_id, week_start, line),
    check (num_nonnulls(employee_id, contractor_id, ai_agent_id) = 1),
    check ((category = 'project') = (project_id is not null)),
    ${reference('employee_id', 'employee')},
    ${reference('contractor_id', 'contractor')},
    ${reference('ai_agent_id', 'ai_agent')},
    ${reference('project_id', 'project')},
    ${reference('work_item_id', 'work_item')}
  );`,
  protect('effort_line'),
  `revoke update on live.effort_line from flowstate_app;
  create index on live.effort_line (org_id, week_start);
  create index on live.effort_line (org_id, project_id, week_start) where project_id is not null;
  create index on live.effort_line (org_id, work_item_id) where work_item_id is not null;

  -- The lines of a week that was submitted make up the whole of it. Judged once per statement: a week is written by one insert.
  create function live.check_effort_weeks() returns trigger language plpgsql as $$
  declare broken record;
  begin
    select l.subject_id, l.week_start, sum(l.fraction) as total into broken
    from live.effort_line l join (select distinct org_id, subject_id, week_start from changed) c
      on c.org_id = l.org_id and c.subject_id = l.subject_id and c.week_start = l.week_start
    group by l.org_id, l.subject_id, l.week_start having abs(sum(l.fraction) - 1) > 0.0001 limit 1;
    if found then
      raise exception 'The effort of % in the week of % sums to % instead of 1', broken.subject_id, broken.week_start, broken.total
        using errcode = 'check_violation', constraint = 'effort_week_whole', schema = 'live', table = 'effort_line';
    end if;
    return null;
  end $$;
  create trigger effort_week_added after insert on live.effort_line
    referencing new table as changed for each statement execute function live.check_effort_weeks();
  create trigger effort_week_removed after delete on live.effort_line
    referencing old table as changed for each statement execute function live.check_effort_weeks();`,
  liveTable({
    name: 'ai_account',
    prefix: 'acc',
    columns: `
      provider text not null check (provider <> '' and length(provider) <= 100),
      account text not null check (account <> '' and length(account) <= 254), -- an e-mail address, or the provider's own name of it
      employee_id text, -- none: matched to nobody
      unique (org_id, provider, account) deferrable,
      ${reference('employee_id', 'employee')}`,
  }),
  ...index('ai_account', ['employee_id']),
  `create table live.ai_usage_day (
    org_id text not null,
    account_id text not null,
    day date not null,
    system text not null check (system <> '' and length(system) <= 100), -- the product: Cursor, Claude Code
    model text not null default '' check (length(model) <= 100), -- '' where the export does not tell
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    cached_tokens bigint not null default 0 check (cached_tokens >= 0),
    sessions integer not null default 0 check (sessions >= 0),
    cost numeric(18, 6) not null default 0 check (cost >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    primary key (org_id, account_id, day, system, model),
    ${reference('account_id', 'ai_account')}
  );
  create index on live.ai_usage_day (org_id, day);`,
  protect('ai_usage_day'),
].join('\n');
