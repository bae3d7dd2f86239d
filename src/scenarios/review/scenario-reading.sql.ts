const MOMENT = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Of who is no member any more only the id is left. */
const PERSON = (column: string): string =>
  `jsonb_strip_nulls(jsonb_build_object('id', ${column}, 'name', (select m.name from member_name m where m.org_id = $1 and m.user_id = ${column})))`;

/** $1 organization · $2 scenario. Which scenarios are visible at all is the database's rule. */
export const SCENARIO = `
  select jsonb_strip_nulls(jsonb_build_object(
    'id', p.id, 'title', p.title, 'type', p.type, 'description', p.description, 'status', p.status, 'rev', p.rev, 'contentHash', p.content_hash,
    'owner', ${PERSON('p.owner_id')}, 'submittedBy', case when p.submitted_by is not null then ${PERSON('p.submitted_by')} end,
    'sourcePlanId', p.source_plan_id, 'createdAt', ${MOMENT('p.created_at')}, 'updatedAt', ${MOMENT('p.updated_at')},
    'reversesPlanId', p.reverses_plan_id, 'mergedAt', ${MOMENT('p.merged_at')},
    'mergedLiveRev', (select m.live_rev from merge m where m.org_id = $1 and m.plan_id = p.id),
    'reversedBy', (select jsonb_agg(r.id order by r.created_at) from plan r where r.org_id = $1 and r.reverses_plan_id = p.id),
    'assignees', (select coalesce(jsonb_agg(${PERSON('a.user_id')} order by a.user_id), '[]') from plan_assignee a where a.org_id = $1 and a.plan_id = p.id),
    'decisions', (
      select coalesce(jsonb_agg(jsonb_build_object('act', r.act, 'by', ${PERSON('r.user_id')}, 'reason', r.reason, 'rev', r.rev, 'at', ${MOMENT('r.at')}) order by r.seq desc), '[]')
      from (select * from plan_review r where r.org_id = $1 and r.plan_id = p.id order by r.seq desc limit 50) r),
    'comments', (
      select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'by', ${PERSON('c.user_id')}, 'body', c.body, 'at', ${MOMENT('c.at')}) order by c.at desc, c.id), '[]')
      from (select * from plan_comment c where c.org_id = $1 and c.plan_id = p.id order by c.at desc limit 50) c)
  )) as scenario
  from plan p where p.org_id = $1 and p.id = $2`;

/** $1 organization · $2 scenario · $3 rows with a lower number only · $4 rows */
export const HISTORY = `
  with said as (
    select distinct on (1) coalesce(c.cause->>'undoes', c.cause->>'redoes') as step, coalesce(c.cause->>'step', c.id) as last, c.cause ? 'undoes' as undone
    from plan_change c where c.org_id = $1 and c.plan_id = $2 and c.cause ?| array['undoes', 'redoes'] order by 1, c.seq desc)
  select c.seq, jsonb_strip_nulls(jsonb_build_object('seq', c.seq, 'changeId', c.id, 'step', coalesce(c.cause->>'step', c.id),
    'undone', case when c.cause ?| array['undoes', 'redoes'] then
        not exists (select from said where said.last = coalesce(c.cause->>'step', c.id))
      else exists (select from said where said.step = coalesce(c.cause->>'step', c.id) and said.undone) end, 'op', c.op, 'entity', c.entity, 'id', c.entity_id,
    'fields', (select jsonb_agg(k order by k) from jsonb_object_keys(c.patch) k), 'reason', c.reason, 'tool', c.cause->>'tool',
    'by', ${PERSON(`c.cause->>'user'`)}, 'at', ${MOMENT('c.at')})) as change
  from plan_change c
  where c.org_id = $1 and c.plan_id = $2 and ($3::integer is null or c.seq < $3)
  order by c.seq desc limit $4`;

/**
 * $1 organization · $2 user · $3 whether the user may decide · $4 whether they may merge. What waits for the user and what was decided lately: at most 50
 * scenarios of each box, last changed first.
 */
export const INBOX = `
  with visible as materialized (
    select p.*, p.owner_id = $2 or exists (select from plan_assignee a where a.org_id = $1 and a.plan_id = p.id and a.user_id = $2) as mine,
      (select r.act from plan_review r where r.org_id = $1 and r.plan_id = p.id order by r.seq desc limit 1) as last_act,
      (select count(*) from plan_comment c where c.org_id = $1 and c.plan_id = p.id and c.user_id <> $2 and c.at > clock_timestamp() - interval '30 days') as remarks
    from plan p where p.org_id = $1
  ),
  boxed as (
    select 'drafts' as box, v.* from visible v where mine and status in ('DRAFT', 'REJECTED') and rev > 0
    union all select 'toDecide', v.* from visible v where $3 and not mine and status = 'PENDING_APPROVAL' and submitted_by is distinct from $2
    union all select 'toMerge', v.* from visible v where status = 'APPROVED' and ($4 or mine)
    union all select 'waiting', v.* from visible v where mine and status = 'PENDING_APPROVAL'
    union all select 'decided', v.* from visible v where mine and last_act in ('approve', 'reject', 'merge') and updated_at > clock_timestamp() - interval '90 days'
    union all select 'discussed', v.* from visible v where (mine or submitted_by = $2) and remarks > 0
  ),
  ranked as (select b.*, row_number() over (partition by box order by updated_at desc, id) as place, count(*) over (partition by box) as total from boxed b)
  select box, total, jsonb_build_object('id', b.id, 'title', b.title, 'status', b.status, 'owner', ${PERSON('b.owner_id')}, 'rev', b.rev,
    'remarks', b.remarks, 'updatedAt', ${MOMENT('b.updated_at')}) as item
  from ranked b where place <= 50 order by box, place`;
