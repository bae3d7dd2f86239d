import { ENTITY_NAMES } from '../entities';

const LIVE = ENTITY_NAMES.map(
  (entity) =>
    `select x.id from merge_row m join ${entity} x on x.org_id = $1 and x.id = m.id where m.org_id = $1 and m.plan_id = $2 and m.entity = '${entity}'`,
);

/**
 * What takes back each row of a merge: what it created is deleted, what it deleted created again under its id, what it
 * changed set to what it was. Not where nothing is to be done any more, or the row to be changed is gone (`left_out`).
 * $1 organization · $2 the merged scenario
 */
const INVERSE = `
  live_row as materialized (${LIVE.join('\n    union all ')}),
  merged as (
    select m.*, exists (select from live_row l where l.id = m.id) as there from merge_row m where m.org_id = $1 and m.plan_id = $2
  ),
  inverse as (
    select case m.op when 'create' then 'delete' when 'delete' then 'create' else 'update' end as op, m.entity, m.id,
      case m.op when 'create' then '{}'
        when 'update' then (select jsonb_object_agg(k, m.before->k) from jsonb_object_keys(m.patch) k)
        else (select jsonb_object_agg(key, value) from jsonb_each(m.before - array['id', 'version', 'created_at', 'updated_at']) where value <> 'null') end as patch
    from merged m where there = (op <> 'delete')
  )`;

export const COUNT = `
  with ${INVERSE}
  select (select count(*) from inverse)::integer as count,
    (select coalesce(json_agg(m.entity || ' ' || m.id order by m.entity, m.id), '[]') from merged m where m.op = 'update' and not m.there) as "leftOut"`;

/** $3 the reversal · $4 ids of its changes · $5 their cause */
export const APPEND = `
  with ${INVERSE}
  insert into plan_change (org_id, plan_id, id, op, entity, entity_id, patch, cause)
  select $1, $3, n.id, i.op, i.entity, i.entity_id, i.patch, $5::jsonb
  from (select op, entity, id as entity_id, patch, row_number() over (order by op = 'create' desc, op = 'update' desc, entity, id) as number from inverse) i
  join unnest($4::text[]) with ordinality n (id, number) using (number) order by number`;

/** $1 organization · $2 the merged scenario · $3 the reversal · $4 owner · $5 title · $6 description */
export const INSERT = `
  insert into plan (org_id, id, title, type, description, owner_id, reverses_plan_id)
  select $1, $3, $5, p.type, $6, $4, p.id from plan p where p.org_id = $1 and p.id = $2`;
