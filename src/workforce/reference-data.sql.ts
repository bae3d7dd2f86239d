import { CLOCK, named } from './employees.sql';
import { CHECKPOINT, headcounts } from './headcounts.sql';
import { VACANCY_STATUS } from './vacancies.sql';

/** How one code list is read: from where, in which order, found by which text, shown how. */
interface CodeList {
  readonly from: string;
  readonly id: string;
  readonly text: string;
  /** Unique with the id; ascending. */
  readonly order?: string;
  /** Of row `r`, JSON. */
  readonly item: string;
  /** CTEs that the item reads. */
  readonly counts?: string;
}

/** A row that is switched off stays in the list, because history names it. */
const INACTIVE = `'active', case when r.active then null else false end`;

const simple = (table: string, name: string, more = ''): CodeList => ({
  from: table,
  id: 'r.id',
  text: name,
  item: `json_build_object('id', r.id, 'name', ${name}, ${more} ${INACTIVE})`,
});

/** People employed in the role on the day, where they may be counted. */
const HOLDERS = `case when $7::boolean then coalesce((select h.people from holders h where h.id = r.id), 0) end`;

/** Open positions for the role, and those on hold. */
const WANTED = `case when $8::boolean then (
      select count(*) from vacancy e where e.org_id = $1 and e.job_role_id = r.id and ${VACANCY_STATUS} in ('open', 'on_hold')) end`;

const CODE_LISTS = {
  geographies: simple(
    'geography',
    'r.name',
    `'country', r.country_code, 'region', r.region, 'currency', r.currency, 'timeZone', r.time_zone, 'costMultiplier', trim_scale(r.cost_multiplier)::text,`,
  ),
  job_roles: {
    ...simple('job_role', 'r.title', `'holders', ${HOLDERS}, 'vacancies', ${WANTED},`),
    counts: `${CHECKPOINT}, holders as materialized (${headcounts('job_role')}),`,
  },
  work_types: simple('work_type', 'r.name', `'overhead', trim_scale(r.overhead)::text,`),
  cost_centres: simple('cost_centre', `r.code || ' ' || r.name`),
  value_streams: simple('value_stream', 'r.name'),
  fx_rates: {
    from: 'fx_rate',
    id: 'r.id',
    text: `r.from_currency || '/' || r.to_currency`,
    order: `r.from_currency || r.to_currency || r.effective_from::text`,
    item: `json_build_object('name', r.from_currency || '/' || r.to_currency, 'rate', trim_scale(r.rate)::text, 'effectiveFrom', r.effective_from)`,
  },
  holidays: {
    from: 'holiday',
    id: 'r.geography_id',
    text: `r.name || ' ' || (select g.name from geography g where g.org_id = $1 and g.id = r.geography_id)`,
    order: 'r.day::text',
    item: `json_build_object('name', r.name, 'day', r.day, 'geography', ${named('geography', 'x.name', 'geography_id', 'r')})`,
  },
} as const satisfies Record<string, CodeList>;

export type CodeListName = keyof typeof CODE_LISTS;

/**
 * $1 organization · $2 day · $3 part of the name · $4 $5 place and id of the last row shown · $6 rows
 * · $7 whether people may be counted · $8 vacancies
 */
export function codeList(name: CodeListName): string {
  const { from, id, text, item, order = `fold(${text})`, counts = '' }: CodeList = CODE_LISTS[name];
  return `
  with ${CLOCK}, ${counts}
  given as (select $7::boolean, $8::boolean), -- a parameter that nothing uses has no type
  page as materialized (
    select r.*, (${order}) collate "C" as sort_key, ${id} collate "C" as row_id from ${from} r
    where r.org_id = $1 and ($3::text is null or strpos(fold(${text}), fold($3)) > 0)
      and ($4::text is null or ((${order}) collate "C", ${id} collate "C") > ($4, $5::text))
    order by sort_key, row_id limit $6
  )
  select r.sort_key as "sortKey", r.row_id as id, clock.day, json_strip_nulls(${item}) as item
  from page r cross join clock order by r.sort_key, r.row_id`;
}
