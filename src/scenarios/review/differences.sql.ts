import { ENTITY_NAMES, declared } from '../entities';

/** Whom the row `seen` is about. */
const ABOUT = ENTITY_NAMES.flatMap((entity) => {
  const columns = declared(entity).of?.map((column) => `seen->>'${column}'`);
  return columns ? [`when '${entity}' then coalesce(${columns.join(', ')})`] : [];
}).join(' ');

const liveRows = ENTITY_NAMES.map(
  (entity) =>
    `select x.id, to_jsonb(x) as live from state s join ${entity} x on x.org_id = $1 and x.id = s.id where s.entity = '${entity}'`,
);

/** What a person would call each kind of row, over `x`. */
const NAMES = {
  employee: `x.first_name || ' ' || x.last_name`,
  contractor: 'x.name',
  vacancy: 'x.role',
  team: 'x.name',
  project: 'x.name',
  ai_agent: 'x.name',
  job_role: 'x.title',
  geography: 'x.name',
  work_type: 'x.name',
  cost_centre: `x.code || ' ' || x.name`,
  value_stream: 'x.name',
} as const;

const names = Object.entries(NAMES).map(
  ([table, name]) => `select x.id, ${name} as name from mentioned m join ${table} x on x.org_id = $1 and x.id = m.id`,
);

/** Created rows are nowhere but in the scenario. */
const CREATED_NAMES = `select n.id, coalesce(n.patch->>'name', n.patch->>'role', concat_ws(' ', n.patch->>'first_name', n.patch->>'last_name')) as name
    from plan_row n where n.org_id = $1 and n.plan_id = $2 and n.op = 'create' and n.entity in ('employee', 'contractor', 'vacancy', 'team', 'project', 'ai_agent')`;

/**
 * What a scenario changes, against what is live now; of a merged one what it changed, against what was live before. Reads
 * the live world; a scenario's own rows are all in plan_row, whose policies hide pay from who may not see it.
 *
 * $1 organization · $2 scenario · $3 $4 kind and id of the last row shown · $5 rows · $6 only rows in conflict · $7 only these
 */
export const DIFFERENCES = `
  with state as materialized (
    select s.entity, s.id, s.op, s.patch, s.base, s.conflicts, s.merged, s.before from plan_row s
    where s.org_id = $1 and s.plan_id = $2 and (s.entity, s.id) > ($3, $4) and (not $6::boolean or s.conflicts <> '{}') and ($7::text[] is null or s.id = any ($7))
    order by s.entity, s.id limit $5
  ),
  live_row as materialized (${liveRows.join('\n    union all ')}),
  item as materialized (
    select s.*, case when s.merged then s.before else l.live end as live,
      case s.op when 'create' then s.patch else coalesce(l.live, s.base) || case s.op when 'update' then s.patch else '{}' end end as seen
    from state s left join live_row l on l.id = s.id
  ),
  subject as materialized (
    select i.*, case i.entity ${ABOUT} end as about
    from item i
  ),
  mentioned as materialized (
    select distinct v.value as id from subject s
    cross join lateral (
      select value from jsonb_each_text(s.patch || jsonb_build_object('about', s.about)) where key ~ '_id$' or key = 'about'
      union select value from jsonb_each_text(s.base) where key ~ '_id$'
      union select value from jsonb_each_text(s.live) where key ~ '_id$' and (s.patch ? key or s.op = 'delete')
      union select s.id
    ) v where v.value is not null
  ),
  name as materialized (select id, min(name) as name from (${[...names, CREATED_NAMES].join('\n    union all ')}) n group by id)
  select s.entity, s.id, s.op, s.patch, s.base, s.live, s.conflicts, s.about,
    coalesce((select name from name where id = s.id), s.seen->>'name', s.seen->>'role') as name,
    (select json_object_agg(n.id, n.name) from name n where n.id = s.about or n.id in (
      select value from jsonb_each_text(s.patch) union select value from jsonb_each_text(s.base) union select value from jsonb_each_text(s.live))) as names
  from subject s order by s.entity, s.id`;

/** $1 organization · $2 scenario. How many rows of each kind are created, updated and deleted, and how many of all are in conflict. */
export const DIFFERENCE_COUNTS = `
  select s.entity, count(*) filter (where s.op = 'create') as created, count(*) filter (where s.op = 'update') as updated,
    count(*) filter (where s.op = 'delete') as deleted, count(*) filter (where s.conflicts <> '{}') as conflicts
  from plan_row s where s.org_id = $1 and s.plan_id = $2 group by s.entity order by s.entity`;
