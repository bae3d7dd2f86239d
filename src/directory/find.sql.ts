import { CLOCK } from '../workforce';

/** How many things one question finds, and how many of its words count. */
const MOST = 20;
const WORDS = 12;
/** Shorter words are looked for as they are, longer ones as beginnings: "in" is not the beginning of Ingrid. */
const SHORT = 2;

/** Title and kind of what was found, by the kind of its search terms. */
const FOUND_ROWS = [
  `select f.score, 1 as place, t.id, t.name || ' (team)' as title from found f join team t on f.named = 'team' and t.org_id = $1 and t.id = f.id`,
  `select f.score, 2, e.id, e.first_name || ' ' || e.last_name || case when e.end_date < clock.day then ' (former employee)'
      when e.start_date > clock.day then ' (future employee)' else ' (employee)' end
    from found f join employee e on f.named = 'employee' and e.org_id = $1 and e.id = f.id cross join clock`,
  `select f.score, 3, p.id, p.name || ' (project)' from found f join project p on f.named = 'project' and p.org_id = $1 and p.id = f.id`,
  `select f.score, 4, c.id, c.name || ' (contractor)' from found f join contractor c on f.named = 'contractor' and c.org_id = $1 and c.id = f.id`,
  `select f.score, 5, v.id, v.role || ' (vacancy)' from found f join vacancy v on f.named = 'vacancy' and v.org_id = $1 and v.id = f.id`,
];

/**
 * $1 organization · $2 day · $3 question in plain words · $4 which of the named tables · $5 whether scenarios too
 *
 * Whoever asks writes sentences: what has more of their words comes first, whole words before beginnings. Each word is one
 * range of the index of search terms; the best are found before anything is joined.
 */
export const FIND = `
  with ${CLOCK},
  word as materialized (
    select word, row_number() over (order by length(word) desc, word) as number
    from (select distinct word from unnest(words(regexp_replace($3::text, '\\S*@\\S*', ' ', 'g'))) word) w
    order by number limit ${WORDS}
  ),
  wanted as materialized (
    select named, named || '.name' as kind, number, word as first, word || case when length(word) > ${SHORT} then chr(1114111) else '' end as last
    from unnest($4::text[]) named cross join word
    union all
    select named, named || '.email', 100, email, email || chr(1114111)
    from unnest($4::text[]) named cross join regexp_split_to_table(lower($3), '\\s+') email where email like '%_@_%'
  ),
  hit as (
    select w.named, h.subject_id as id, h.sort_key, w.number, max(case when h.term = w.first then 3 else 2 end) as points
    from wanted w
    cross join lateral (
      select s.subject_id, s.sort_key, s.term from search_term s
      where s.org_id = $1 and s.kind = w.kind and s.term >= w.first and s.term <= w.last offset 0
    ) h
    group by w.named, h.subject_id, h.sort_key, w.number
  ),
  found as materialized (
    select named, id, sum(points) as score from hit group by named, id, sort_key order by score desc, sort_key, id limit ${MOST}
  ),
  scenario as (
    select sum(case when strpos(title.words, ' ' || w.word || ' ') > 0 then 3 else 2 end) as score, 6 as place, p.id, p.title || ' (scenario)' as title
    from plan p cross join lateral (select ' ' || array_to_string(words(p.title), ' ') || ' ' as words) title
    join word w on strpos(title.words, ' ' || w.word || case when length(w.word) > ${SHORT} then '' else ' ' end) > 0
    where $5::boolean and p.org_id = $1 group by p.id, p.title
  )
  select id, title from (${FOUND_ROWS.join('\n    union all ')}
    union all select score, place, id, title from scenario) one
  order by score desc, place, title, id limit ${MOST}`;

/** $1 organization · $2 scenario. Row policies show those that the caller may see. */
export const SCENARIO = `
  select jsonb_strip_nulls(jsonb_build_object('id', p.id, 'title', p.title, 'type', p.type, 'status', p.status, 'description', p.description, 'rev', p.rev,
    'owner', (select m.name from member_name m where m.org_id = $1 and m.user_id = p.owner_id),
    'updatedAt', to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) as scenario
  from plan p where p.org_id = $1 and p.id = $2`;
