import { PLACES } from './segments';

/**
 * platform.cost_draws(org, teams): the rows of cost_draw for these teams. A team's projects take what they want of what
 * its members' own projects leave (the rows of cost_segment, split project, with this team_id), pro rata; where they want
 * more than there is, all get less and the rows say so. Needs the segments of the members, and like
 * platform.cost_segments reads the world of the search path.
 */
export const DRAWS = `
create or replace function platform.cost_draws(org text, teams text[]) returns table (
  org_id text, team_id text, project_id text, from_day date, to_day date, ratio numeric, short boolean
) language sql stable as $$
with wish as materialized (
  select t.id as team_id, a.project_id, a.fte, a.from_day, a.to_day
  from (select distinct id from unnest($2) id) t
  cross join lateral (
    select a.target_project_id as project_id, a.fte, a.start_date as from_day, coalesce(a.end_date, 'infinity') as to_day
    from allocation a where a.org_id = $1 and a.team_id = t.id offset 0
  ) a
),
change as (
  select t.team_id, d.day, d.fte
  from (select distinct team_id from wish) t
  cross join lateral (
    select s.fte, s.from_day, s.to_day from cost_segment s where s.org_id = $1 and s.team_id = t.team_id and s.split = 'project' offset 0
  ) s
  cross join lateral (values (s.from_day, s.fte), (s.to_day + 1, -s.fte)) d (day, fte)
  union all
  select w.team_id, d.day, 0 from wish w cross join lateral (values (w.from_day), (w.to_day + 1), ('-infinity')) d (day)
),
level as (
  select team_id, day, sum(sum(fte)) over (partition by team_id order by day) as free from change where day < 'infinity' group by team_id, day
),
-- Only days on which somebody wants something matter, and the first day after.
piece as materialized (
  select l.team_id, l.day as from_day, coalesce(lead(l.day) over (partition by l.team_id order by l.day) - 1, 'infinity') as to_day, l.free
  from level l
  where l.day = '-infinity' or exists (select from wish w where w.team_id = l.team_id and w.from_day <= l.day and w.to_day >= l.day - 1)
),
booked as (
  select p.team_id, p.from_day, p.to_day, p.free, w.project_id, sum(w.fte) as fte,
    sum(sum(w.fte)) over (whole order by w.project_id) as running, sum(sum(w.fte)) over whole as total
  from piece p join wish w on w.team_id = p.team_id and w.from_day <= p.from_day and w.to_day >= p.from_day
  group by p.team_id, p.from_day, p.to_day, p.free, w.project_id
  window whole as (partition by p.team_id, p.from_day)
),
drawn as (
  select b.*, case when free = 0 then 0 else round(running / greatest(total, free), ${PLACES}) - round((running - fte) / greatest(total, free), ${PLACES}) end as ratio
  from booked b
)
select $1, team_id, project_id, from_day, to_day, ratio, total > round(free, 6) from drawn
union all
select $1, p.team_id, null, p.from_day, p.to_day, 1 - coalesce(sum(d.ratio), 0), false
from piece p left join drawn d on d.team_id = p.team_id and d.from_day = p.from_day
group by p.team_id, p.from_day, p.to_day
$$;
`;
