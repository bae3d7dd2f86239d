import { KEPT_PLAN } from '../costs/rebuild';

/** Days from one checkpoint to the next: so many days of steps are added up at most when today's count is read. */
const BETWEEN_CHECKPOINTS = 90;

const STARTED_AND_LEFT = `
      select p.id, 'started' as kind, '' as key, p.first_day as day, 1 as people from person p
      union all select p.id, 'left', '', p.last_day + 1, 1 from person p`;

/** Stretches of days on which somebody counts, as (id, kind, key, from_day, to_day). */
const STRETCHES = `
      select p.id, 'on_notice', '', greatest(p.first_day, p.notice_date), p.last_day from person p
      where p.notice_date is not null and p.last_day < 'infinity'
      union all
      select p.id, 'team', a.key, greatest(p.first_day, a.from_day), least(p.last_day, a.to_day) from person p cross join lateral (
        select a.target_team_id as key, a.start_date as from_day, coalesce(a.end_date, 'infinity') as to_day from allocation a
        where a.org_id = $1 and a.employee_id = p.id and a.is_primary and a.target_team_id is not null offset 0) a
      union all
      select p.id, 'job_role', t.key, greatest(p.first_day, t.from_day), least(p.last_day, t.to_day) from person p cross join lateral (
        select t.job_role_id as key, t.effective_from as from_day, coalesce(t.effective_to, 'infinity') as to_day from employment_terms t
        where t.org_id = $1 and t.employee_id = p.id offset 0) t`;

export const HEADCOUNTS = `
  -- What these people add to the counts, computed afresh. Reads tables without a schema, so the search path decides the world.
  create function platform.headcount_changes(org text, ids text[]) returns table (subject_id text, kind text, key text, day date, people integer)
  language sql stable as $$
    with person as materialized (
      select e.id, e.start_date as first_day, coalesce(e.end_date, 'infinity') as last_day, e.notice_date
      from (select distinct id from unnest($2) id) s
      cross join lateral (select * from employee e where e.org_id = $1 and e.id = s.id offset 0) e
    ),
    stretch (id, kind, key, from_day, to_day) as (${STRETCHES}),
    change as (${STARTED_AND_LEFT}
      union all
      select s.id, s.kind, s.key, d.day, d.people from stretch s
      cross join lateral (values (s.from_day, 1), (s.to_day + 1, -1)) d (day, people) where s.from_day <= s.to_day
    )
    select id, kind, key, day, sum(people)::integer from change where day < 'infinity' group by id, kind, key, day having sum(people) <> 0
  $$;

  -- Adds up the changes until a day that is near enough for later reads.
  create function live.add_headcount_checkpoint(org text) returns void language plpgsql set search_path = live, platform as $$
  declare last date := (select coalesce(max(day), '-infinity') from headcount_checkpoint where org_id = org);
  begin
    if last > current_date - ${BETWEEN_CHECKPOINTS} then return; end if;
    insert into headcount_level (org_id, kind, day, key, people)
    select org, kind, current_date, key, sum(people) from (
      select kind, key, people from headcount_level where org_id = org and day = last
      union all select kind, key, people from headcount_step where org_id = org and day > last and day <= current_date
    ) everything group by kind, key having sum(people) <> 0;
    insert into headcount_checkpoint (org_id, day) values (org, current_date);
  end $$;

  -- Only what has changed is written: most of those whose costs are rebuilt count as they did.
  create function live.rebuild_headcounts(org text, ids text[]) returns void language plpgsql
    set search_path = live, platform ${KEPT_PLAN} as $$
  begin
    perform lock_rules(org);
    with fresh as materialized (select * from headcount_changes(org, ids)),
    part as materialized (
      select subject_id, array_agg(row (kind, key, day, people)::headcount_change order by kind, key, day) as changes from fresh group by subject_id
    ),
    kept as materialized (select p.subject_id, p.changes from headcount_part p where p.org_id = org and p.subject_id = any (ids)),
    moved as materialized (
      select kind, key, day, sum(people)::integer as people from (
        select kind, key, day, people from fresh
        union all select c.kind, c.key, c.day, -c.people from kept cross join lateral unnest(kept.changes) c
      ) both_ways group by kind, key, day having sum(people) <> 0
    ),
    written as (
      insert into headcount_part as p (org_id, subject_id, changes) select org, subject_id, changes from part
      on conflict (org_id, subject_id) do update set changes = excluded.changes where p.changes <> excluded.changes
    ),
    forgotten as (
      delete from headcount_part p where p.org_id = org and p.subject_id = any (ids) and not exists (select from part where part.subject_id = p.subject_id)
    ),
    stepped as (
      insert into headcount_step as s (org_id, kind, day, key, people) select org, kind, day, key, people from moved
      on conflict (org_id, kind, day, key) do update set people = s.people + excluded.people
    )
    insert into headcount_level as l (org_id, kind, day, key, people)
    select org, m.kind, c.day, m.key, sum(m.people) from moved m join headcount_checkpoint c on c.org_id = org and c.day >= m.day
    group by m.kind, c.day, m.key
    on conflict (org_id, kind, day, key) do update set people = l.people + excluded.people;
    perform add_headcount_checkpoint(org);
  end $$;

  -- Everything of an organization, for those who write past the triggers.
  create function live.rebuild_all_headcounts(org text) returns void language plpgsql
    set search_path = live, platform ${KEPT_PLAN} as $$
  declare batch text[];
  begin
    perform lock_rules(org);
    delete from headcount_level where org_id = org;
    delete from headcount_checkpoint where org_id = org;
    delete from headcount_step where org_id = org;
    delete from headcount_part where org_id = org;
    for batch in select array_agg(id) from (select id, row_number() over (order by id) / 2000 as number from employee where org_id = org) e group by number loop
      insert into headcount_part (org_id, subject_id, changes)
      select org, subject_id, array_agg(row (kind, key, day, people)::headcount_change order by kind, key, day) from headcount_changes(org, batch) group by subject_id;
    end loop;
    insert into headcount_step (org_id, kind, day, key, people)
    select org, c.kind, c.day, c.key, sum(c.people) from headcount_part p cross join lateral unnest(p.changes) c
    where p.org_id = org group by c.kind, c.day, c.key having sum(c.people) <> 0;
    perform add_headcount_checkpoint(org);
  end $$;

  -- What these people add in a scenario to what they add in live.
  create function overlay.rebuild_headcounts(org text, plan text, ids text[]) returns void language plpgsql security definer
    set search_path = scenario, platform, pg_temp ${KEPT_PLAN} as $$
  declare
    outer_org text := current_setting('app.org_id', true);
    outer_plan text := current_setting('app.plan_id', true);
  begin
    perform set_config('app.org_id', org, true), set_config('app.plan_id', plan, true);
    delete from overlay.headcount_step s where s.org_id = org and s.plan_id = plan and s.subject_id = any (ids);
    insert into overlay.headcount_step (org_id, plan_id, subject_id, kind, key, day, people)
    select org, plan, subject_id, kind, key, day, sum(people) from (
      select * from headcount_changes(org, ids)
      union all select p.subject_id, c.kind, c.key, c.day, -c.people from live.headcount_part p cross join lateral unnest(p.changes) c
        where p.org_id = org and p.subject_id = any (ids)
    ) both_worlds group by subject_id, kind, key, day having sum(people) <> 0;
    perform set_config('app.org_id', coalesce(outer_org, ''), true), set_config('app.plan_id', coalesce(outer_plan, ''), true);
  end $$;
`;

export const HEADCOUNTS_DOWN = `
  drop function overlay.rebuild_headcounts(text, text, text[]), live.rebuild_all_headcounts(text), live.rebuild_headcounts(text, text[]),
    live.add_headcount_checkpoint(text), platform.headcount_changes(text, text[]);
`;

const TABLES = [
  'platform.organization',
  ...['employee', 'employment_terms', 'allocation', 'headcount_part', 'headcount_step', 'headcount_checkpoint', 'headcount_level'].map(
    (table) => `live.${table}`,
  ),
];

/** Who is there already, and in scenarios. Row security is forced on the owner too, who here has to see all organizations. */
export const COUNT_EVERYBODY = `
  ${TABLES.map((table) => `alter table ${table} no force row level security;`).join('\n')}
  select live.rebuild_all_headcounts(id) from platform.organization;
  ${TABLES.map((table) => `alter table ${table} force row level security;`).join('\n')}
  select overlay.rebuild_headcounts(org_id, plan_id, array_agg(id)) from overlay.hidden where relation = 'cost_segment' group by org_id, plan_id;
`;
