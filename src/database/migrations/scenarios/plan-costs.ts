import { bySubjects, KEPT_PLAN } from '../costs/rebuild';
import { fewRows } from './follow';

/** Fields of an entity that no cost and no headcount depends on. */
const WITHOUT_COST = [
  ...['version', 'created_at', 'updated_at', 'external_id', 'first_name', 'last_name', 'email', 'skills', 'attributes'],
  ...['name', 'role', 'description', 'company_name', 'contractor_type', 'provider', 'reason'],
];

const COSTED = ['employee', 'employment_terms', 'salary_adjustment', 'contractor', 'rate_adjustment', 'vacancy', 'ai_agent', 'allocation'];

/** The first of many rows does it for all; that its own row is gone tells the others so, without a look at all that were there. */
export const rebuildDirtyOfPlan = (...rebuilt: string[]): string => `
  create or replace function overlay.rebuild_dirty_costs() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  declare
    ids text[];
    outer_rows text := current_setting('app.rows', true);
  begin
    perform from overlay.cost_dirty d where d.org_id = new.org_id and d.plan_id = new.plan_id and d.subject_id = new.subject_id;
    if not found then return null; end if;
    with dirty as (delete from overlay.cost_dirty d where d.org_id = new.org_id and d.plan_id = new.plan_id returning d.subject_id)
      select array_agg(subject_id) into ids from dirty;
    perform set_config('app.rows', ${fewRows('ids')}, true);
    perform ${rebuilt.map((what) => `overlay.rebuild_${what}(new.org_id, new.plan_id, ids)`).join(', ')};
    perform set_config('app.rows', coalesce(outer_rows, ''), true);
    return null;
  end $$;
`;

export const MARK_PLAN_COSTS = `
  -- Whose costs a row concerns, as it was and as it is.
  create or replace function overlay.mark_costs(org text, plan text, entity text, was jsonb, is_now jsonb) returns void language plpgsql set search_path = pg_catalog as $$
  begin
    if entity not in (${COSTED.map((entity) => `'${entity}'`).join(', ')})
      or was - array[${WITHOUT_COST.map((field) => `'${field}'`).join(', ')}] is not distinct from is_now - array[${WITHOUT_COST.map((field) => `'${field}'`).join(', ')}]
    then return; end if;
    insert into overlay.cost_dirty
    select org, plan, x.id from (
      select distinct case entity when 'employment_terms' then r->>'employee_id' when 'salary_adjustment' then r->>'employee_id' when 'rate_adjustment' then r->>'contractor_id'
        when 'allocation' then coalesce(r->>'employee_id', r->>'contractor_id', r->>'vacancy_id', r->>'ai_agent_id', r->>'team_id') else r->>'id' end as id
      from unnest(array[was, is_now]) r) x
    where x.id is not null on conflict do nothing;
  end $$;
`;

/** Whom of these the scenarios have costs of their own for; row by row, whatever the settings of who rebuilds, so that the index of overlay.hidden is used. */
const followed = (relation: string, subject: string): string => `
      insert into overlay.cost_dirty
      select x.org_id, h.plan_id, x.id from (select distinct org_id, ${subject} as id from moved where ${subject} is not null) x
        cross join lateral (
          select h.plan_id from overlay.hidden h where h.id = x.id and h.relation = '${relation}' and h.org_id = x.org_id offset 0) h
      on conflict do nothing;`;

export const FOLLOW_COSTS = `
  -- After live costs were rebuilt: those of the scenarios that have costs of their own for the same people and teams.
  create or replace function overlay.follow_costs() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
  begin
    if tg_table_name = 'cost_segment' then ${followed('cost_segment', 'subject_id')}
    end if;
    ${followed('cost_draw', 'team_id')}
    return null;
  end $$;
`;

export const REBUILD_PLAN_COSTS = `
  create or replace function overlay.rebuild_costs(org text, plan text, ids text[]) returns void language plpgsql security definer
    set search_path = scenario, platform, pg_temp ${KEPT_PLAN} as $$
  declare
    outer_org text := current_setting('app.org_id', true);
    outer_plan text := current_setting('app.plan_id', true);
    subjects text[] := array(select id from unnest(ids) id where id !~ '^team_');
    teams text[];
  begin
    perform set_config('app.org_id', org, true), set_config('app.plan_id', plan, true);
    subjects := subjects || array(select v.id from vacancy v where v.org_id = org and v.filled_by_employee_id = any (subjects)
      union select v.id from vacancy v where v.org_id = org and v.filled_by_contractor_id = any (subjects));
    ${bySubjects(
      (segments) => `with gone as (
      delete from overlay.cost_segment s where s.org_id = org and s.plan_id = plan and s.subject_id = any (subjects) returning s.split, s.team_id),
    fresh as (insert into overlay.hidden select org, plan, 'cost_segment', id from unnest(subjects) id on conflict do nothing returning id),
    added as (insert into overlay.cost_segment select s.*, plan from ${segments}(org, subjects) s returning split, team_id)
    select array(select id from unnest(ids) id where id ~ '^team_'
      union select team_id from (select * from gone union all select * from added) s where split = 'project' and team_id is not null
      union select s.team_id from fresh f cross join lateral (
        select l.team_id from live.cost_segment l where l.org_id = org and l.split = 'project' and l.subject_id = f.id and l.team_id is not null offset 0) s
    ) into teams`,
    )}
    delete from overlay.cost_draw d where d.org_id = org and d.plan_id = plan and d.team_id = any (teams);
    insert into overlay.hidden select org, plan, 'cost_draw', id from unnest(teams) id on conflict do nothing;
    insert into overlay.cost_draw select d.*, plan from cost_draws(org, teams) d;
    perform set_config('app.org_id', coalesce(outer_org, ''), true), set_config('app.plan_id', coalesce(outer_plan, ''), true);
  end $$;
`;

/**
 * Stored costs of a scenario: of whom it touches, computed from its world by the functions that compute those of live
 * (migrations/costs); everybody else's are live ones. Rebuilt at the end of a transaction that changes the scenario, or
 * that changes live data below it. Nobody reads them who may not see pay: a difference of two costs would be a salary.
 */
export const PLAN_COSTS = `
  create table overlay.cost_dirty (
    org_id text not null,
    plan_id text not null,
    subject_id text not null,
    primary key (org_id, plan_id, subject_id)
  );
  alter table overlay.cost_dirty enable row level security, force row level security;
  create policy owner on overlay.cost_dirty to flowstate_owner using (true) with check (true);

  create policy pay on live.cost_segment as restrictive for select to flowstate_whatif using (platform.setting('sees_pay') = 'on');
  create policy pay on overlay.cost_segment as restrictive for select to flowstate_whatif
    using (platform.setting('sees_pay') = 'on' and platform.setting('sees_money') = 'on');
  create policy pay on scenario.cost_draw as restrictive for select to flowstate_whatif using (platform.setting('sees_pay') = 'on');

${REBUILD_PLAN_COSTS}
${rebuildDirtyOfPlan('costs')}
  create constraint trigger rebuild after insert on overlay.cost_dirty
    deferrable initially deferred for each row execute function overlay.rebuild_dirty_costs();

${MARK_PLAN_COSTS}
${FOLLOW_COSTS}
  ${['cost_segment', 'cost_draw']
    .map(
      (table) => `
  create trigger ${table}_follow_added after insert on live.${table} referencing new table as moved for each statement execute function overlay.follow_costs();
  create trigger ${table}_follow_removed after delete on live.${table} referencing old table as moved for each statement execute function overlay.follow_costs();`,
    )
    .join('')}
`;
