import { pageAfter, rankedRows, subtree } from '../workforce';
import { ABOUT, COVERAGE, EXPECTED, fte, PERSON, share, stays, WEEKS, workedInStays } from './effort-weeks.sql';
import { IN_TEAM } from './team-effort.sql';

export const BUCKETS = ['unlinked', 'non_project', 'not_submitted'] as const;

const ROW = `json_strip_nulls(json_build_object('bucket', page.bucket,
      'workItem', case when page.bucket = 'unlinked' then (
        select json_build_object('id', x.id, 'key', x.key, 'title', x.title) from work_item x where x.org_id = $1 and x.id = page.id) end,
      'who', case when page.bucket <> 'unlinked' then json_build_object('id', page.id, 'name', coalesce(
        (select x.first_name || ' ' || x.last_name from employee x where x.org_id = $1 and x.id = page.id),
        (select x.name from contractor x where x.org_id = $1 and x.id = page.id),
        (select x.name from ai_agent x where x.org_id = $1 and x.id = page.id))) end,
      'people', case when page.bucket = 'unlinked' then page.people end,
      'fte', case when page.bucket <> 'not_submitted' then ${fte('page.amount')} end,
      'weeks', case when page.bucket = 'not_submitted' then page.amount end))`;

const total = (bucket: string, figures: string): string => `(select json_build_object(${figures}) from entry where bucket = '${bucket}')`;
const ofEffort = `'fte', ${fte('sum(amount)')}, 'share', coalesce(${share('sum(amount)')}, 0)`;

/**
 * $1 organization · $2 $3 period · $4 team · $5 subteams too · $6 bucket · $7 key of the last row shown · $8 rows. One row.
 *
 * The largest of each bucket come first, then the second largest of each, and so on. AI agents, who are in no team, count among everybody's effort.
 */
export function unattributedEffort(ofTeam: boolean): string {
  return `
  with recursive ${WEEKS},
  ${ofTeam ? `${subtree('$4', '$5')},` : 'given as (select $4::text, $5::boolean),'}
  ${stays(ofTeam ? IN_TEAM : undefined)},
  ${EXPECTED},
  ${workedInStays(!ofTeam)},
  ${COVERAGE},
  entry as materialized (
    select 'unlinked' as bucket, coalesce(work_item_id, '') as id, sum(effort) as amount, count(distinct subject_id) filter (where ${PERSON}) as people
    from worked where category = 'unlinked' group by work_item_id
    union all
    select 'non_project', subject_id, sum(effort), case when ${PERSON} then 1 else 0 end from worked where category = 'non_project' group by subject_id
    union all
    select 'not_submitted', e.subject_id, e.weeks - coalesce(h.weeks, 0), 1
    from expected e left join handed_in h on h.subject_id = e.subject_id where e.weeks > coalesce(h.weeks, 0)
  ),
  placed as materialized (
    select e.*, e.nth * ${BUCKETS.length} + case e.bucket when 'unlinked' then 0 when 'not_submitted' then 1 else 2 end as place
    from (
      select e.*, e.bucket || ' ' || e.id as key, row_number() over (partition by e.bucket order by e.amount desc, e.id) as nth
      from entry e where $6::text is null or e.bucket = $6
    ) e
  ),
  ${pageAfter('$7', '$8')}
  select ${ABOUT},
    ${rankedRows('$7', ROW)},
    json_build_object(
      'unlinked', ${total('unlinked', `${ofEffort}, 'workItems', count(*) filter (where id <> ''), 'people', (select count(distinct subject_id) from worked where category = 'unlinked' and ${PERSON})`)},
      'nonProject', ${total('non_project', `${ofEffort}, 'people', coalesce(sum(people), 0)`)},
      'notSubmitted', ${total('not_submitted', `'weeks', coalesce(sum(amount), 0), 'people', count(*)`)}) as totals
  from weeks w cross join coverage`;
}
