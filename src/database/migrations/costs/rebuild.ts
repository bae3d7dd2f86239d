/** Which subjects a row of a live table concerns, by the columns that costs or headcounts depend on: an update of others touches nobody. */
interface Source {
  readonly table: string;
  readonly columns: readonly string[];
  /** SQL over `x`, the rows that changed. */
  readonly subjects: string;
}

const FILLED_BY = (column: string): string =>
  `select x.org_id, x.id from x union select v.org_id, v.id from x join vacancy v on v.org_id = x.org_id and v.${column} = x.id`;

const SOURCES: readonly Source[] = [
  { table: 'employee', columns: ['id', 'start_date', 'end_date', 'notice_date'], subjects: FILLED_BY('filled_by_employee_id') },
  {
    table: 'employment_terms',
    columns: [
      ...['employee_id', 'effective_from', 'effective_to', 'contracted_fte'],
      ...['manager_id', 'job_role_id', 'work_type_id', 'geography_id', 'cost_centre_id'],
    ],
    subjects: 'select x.org_id, x.employee_id from x',
  },
  {
    table: 'salary_adjustment',
    columns: ['employee_id', 'effective_date', 'annual_salary', 'annual_bonus', 'currency'],
    subjects: 'select x.org_id, x.employee_id from x',
  },
  {
    table: 'contractor',
    columns: ['id', 'start_date', 'end_date', 'manager_id', 'job_role_id', 'geography_id', 'cost_centre_id'],
    subjects: FILLED_BY('filled_by_contractor_id'),
  },
  {
    table: 'rate_adjustment',
    columns: ['contractor_id', 'effective_date', 'rate_type', 'rate', 'currency'],
    subjects: 'select x.org_id, x.contractor_id from x',
  },
  {
    table: 'vacancy',
    columns: [
      ...['id', 'status', 'fte', 'target_start_date', 'salary_min', 'salary_max', 'currency'],
      ...['job_role_id', 'work_type_id', 'geography_id', 'hiring_manager_id', 'filled_by_employee_id', 'filled_by_contractor_id'],
    ],
    subjects: 'select x.org_id, x.id from x',
  },
  {
    table: 'ai_agent',
    columns: [
      ...['id', 'seats', 'monthly_per_seat_price', 'currency', 'start_date', 'end_date'],
      ...['planned_input_tokens_per_month', 'planned_output_tokens_per_month', 'included_input_tokens_per_month'],
      ...['included_output_tokens_per_month', 'price_per_million_input', 'price_per_million_output'],
    ],
    subjects: 'select x.org_id, x.id from x',
  },
  {
    table: 'allocation',
    columns: [
      ...['employee_id', 'contractor_id', 'vacancy_id', 'ai_agent_id', 'team_id'],
      ...['target_team_id', 'target_project_id', 'fte', 'start_date', 'end_date', 'is_primary'],
    ],
    subjects: 'select x.org_id, coalesce(x.employee_id, x.contractor_id, x.vacancy_id, x.ai_agent_id, x.team_id) from x',
  },
];

function markFunction({ table, columns, subjects }: Source): string {
  const of = (rows: string): string => `select org_id, ${columns.join(', ')} from ${rows}`;
  const mark = (rows: string): string =>
    `insert into cost_dirty (org_id, subject_id) with x as (${rows}) ${subjects} on conflict do nothing;`;
  return `
  create or replace function live.mark_${table}_costs() returns trigger language plpgsql set search_path = live, platform as $$
  begin
    case tg_op
      when 'INSERT' then ${mark(of('added'))}
      when 'DELETE' then ${mark(of('removed'))}
      else ${mark(`(${of('removed')} except ${of('added')}) union all (${of('added')} except ${of('removed')})`)}
    end case;
    return null;
  end $$;`;
}

function markTriggers({ table }: Source): string {
  const trigger = (event: string, transition: string): string => `
  create trigger ${table}_costs_${event} after ${event} on live.${table}
    referencing ${transition} for each statement execute function live.mark_${table}_costs();`;
  return `
  ${trigger('insert', 'new table as added')}
  ${trigger('update', 'old table as removed new table as added')}
  ${trigger('delete', 'old table as removed')}`;
}

export const MARK_DIRTY = SOURCES.map(markFunction).join('');

/** The first of many rows does it for all; that its own row is gone tells the others so, without a look at all that were there. */
export const rebuildDirty = (...rebuilt: string[]): string => `
  create or replace function live.rebuild_dirty_costs() returns trigger language plpgsql set search_path = live, platform as $$
  declare ids text[];
  begin
    perform from cost_dirty where org_id = new.org_id and subject_id = new.subject_id;
    if not found then return null; end if;
    with dirty as (delete from cost_dirty where org_id = new.org_id returning subject_id) select array_agg(subject_id) into ids from dirty;
    perform ${rebuilt.map((what) => `rebuild_${what}(new.org_id, ids)`).join(', ')};
    return null;
  end $$;
`;

/** The planner takes the few thousand rows of a CTE for a few: no loops over them where hashing is possible. Compiling takes longer than running. */
const TOGETHER = `set enable_nestloop = off set enable_mergejoin = off set work_mem = '64MB' set jit = off`;

/**
 * For one person, planning cost_segments takes ten times as long as running it, so it is planned once per session: without
 * settings of its own it becomes part of the statement that calls it, whose plan a function keeps. The tables may be empty when that is, and filled by a
 * long import then: no scan of a whole table is taken where there is an index.
 */
export const KEPT_PLAN = `${TOGETHER} set enable_seqscan = off set plan_cache_mode = force_generic_plan`;

/** A statement over `subjects`, with the smaller of two plans where all of them are employees. */
export const bySubjects = (statement: (segments: string) => string): string => `
    if exists (select from unnest(subjects) id where id !~ '^emp_') then
    ${statement('cost_segments')};
    else
    ${statement('employee_cost_segments')};
    end if;`;

const REBUILD_COSTS = `
  -- Rebuilds the segments of these subjects and the draws of the teams that they are in, or were, and of these teams.
  -- Under a lock of the organization until the commit: of two that rebuild one team's draws, the second has to see the first's.
  create or replace function live.rebuild_costs(org text, ids text[]) returns void language plpgsql
    set search_path = live, platform ${KEPT_PLAN} as $$
  declare
    subjects text[] := array(select id from unnest(ids) id where id !~ '^team_');
    teams text[];
  begin
    perform live.lock_rules(org);
    ${bySubjects(
      (segments) => `with gone as (
      delete from cost_segment s where s.org_id = org and s.split in ('team', 'project') and s.subject_id = any (subjects) returning s.split, s.team_id),
    added as (insert into cost_segment select * from ${segments}(org, subjects) returning split, team_id)
    select array(select id from unnest(ids) id where id ~ '^team_'
      union select team_id from (select * from gone union all select * from added) s where split = 'project' and team_id is not null) into teams`,
    )}
    delete from cost_draw d where d.org_id = org and d.team_id = any (teams);
    insert into cost_draw select * from cost_draws(org, teams);
  end $$;
`;

const REBUILD_ALL_COSTS = `
  -- Everything of an organization, for those who write past the triggers; returns the number of segments.
  create or replace function live.rebuild_all_costs(org text) returns bigint language plpgsql
    set search_path = live, platform ${TOGETHER} as $$
  declare batch text[];
  begin
    perform live.lock_rules(org);
    delete from cost_segment where org_id = org;
    delete from cost_draw where org_id = org;
    for batch in
      select array_agg(id) from (
        select id, (row_number() over (order by id) - 1) / 2000 as number from (
          select id from employee where org_id = org union all select id from contractor where org_id = org
          union all select id from vacancy where org_id = org union all select id from ai_agent where org_id = org) everybody
      ) numbered group by number
    loop
      insert into cost_segment select * from cost_segments(org, batch);
    end loop;
    insert into cost_draw select * from cost_draws(org, array(select distinct team_id from allocation where org_id = org and team_id is not null));
    delete from cost_dirty where org_id = org;
    return (select count(*) from cost_segment where org_id = org);
  end $$;
`;

/** The functions that later migrations write anew. */
export const REBUILDING = REBUILD_COSTS + REBUILD_ALL_COSTS;

/**
 * Live writes note whom they concern in cost_dirty; when the transaction commits (or says `set constraints all
 * immediate`), these are rebuilt, once. Statement by statement, so that an import of thousands stays set-based.
 */
export const REBUILD = `
${REBUILD_COSTS}
${REBUILD_ALL_COSTS}
${rebuildDirty('costs')}
  create constraint trigger rebuild after insert on live.cost_dirty
    deferrable initially deferred for each row execute function live.rebuild_dirty_costs();
  ${MARK_DIRTY}
  ${SOURCES.map(markTriggers).join('')}
`;

export const REBUILD_DOWN = `
  ${SOURCES.map(({ table }) => `drop function live.mark_${table}_costs() cascade;`).join('\n')}
  drop table live.cost_dirty, live.cost_draw, live.cost_segment;
  drop function live.rebuild_dirty_costs(), live.rebuild_all_costs(text), live.rebuild_costs(text, text[]),
    platform.cost_segments(text, text[]), platform.employee_cost_segments(text, text[]), platform.cost_draws(text, text[]),
    platform.cost_text(numeric), platform.weekdays_until(date);`;

const READ = ['employee', 'employment_terms', 'salary_adjustment', 'contractor', 'rate_adjustment', 'vacancy', 'ai_agent', 'allocation'];
const TABLES = ['platform.organization', ...[...READ, 'cost_segment', 'cost_draw', 'cost_dirty'].map((table) => `live.${table}`)];

/** What is there already. Row security is forced on the owner too, who here has to see all organizations. */
export const REBUILD_EVERYTHING = `
  ${TABLES.map((table) => `alter table ${table} no force row level security;`).join('\n')}
  select live.rebuild_all_costs(id) from platform.organization;
  ${TABLES.map((table) => `alter table ${table} force row level security;`).join('\n')}
`;
