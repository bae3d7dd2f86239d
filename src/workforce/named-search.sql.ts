/** What is found by the words of its name: a table whose rows have search terms (migrations/portfolio/names.ts). */
export type Named = 'employee' | 'team' | 'contractor' | 'vacancy' | 'project' | 'ai_agent';

/**
 * The CTEs `word` and `wanted`: each word of the query begins a word of the name or, with an @, the e-mail address.
 *
 * @param query a parameter such as `$3`; must not be null
 */
export function wantedWords(named: Named, query: string): string {
  return `word as materialized (
    select '${named}.email' as kind, word from unnest(regexp_split_to_array(lower(${query}::text), '\\s+')) word where word like '%@%'
    union
    select '${named}.name', word from unnest(words(regexp_replace(${query}::text, '\\S*@\\S*', ' ', 'g'))) word
  ),
  wanted as materialized ( -- computed here: || is not leakproof, so no index would be bounded by it
    select kind, word as first, word || chr(1114111) as beyond, 1::bigint << (row_number() over (order by length(word)) - 1)::integer as bit from word
  ),`;
}

/** Whoever has one of some words, each of which is one range of the index; `offset 0` keeps the planner from joining the other way round. */
const HITS = `wanted w
      cross join lateral (
        select s.subject_id, s.sort_key from search_term s
        where s.org_id = $1 and s.kind = w.kind and s.term >= w.first and s.term < w.beyond
        offset 0
      ) found`;

/**
 * Who has all the words of {@link wantedWords}, as (subject_id, sort_key): of those who have the first one, each once, who has all
 * others. The first one is the shortest, which most are likely to have: they are only passed by, the others collected.
 */
export const FOUND_BY_WORDS = `
      select found.subject_id, min(found.sort_key) as sort_key
      from ${HITS}
      where w.bit = 1 and ((select count(*) from wanted) = 1 or found.subject_id in (
        select found.subject_id from ${HITS}
        where w.bit > 1
        group by found.subject_id having bit_or(w.bit) = (select bit_or(bit) - 1 from wanted)))
      group by found.subject_id`;

/** All rows of a table in the order of lists, as (subject_id, sort_key). */
export function everyNamed(named: Named): string {
  return `
      select s.subject_id, s.sort_key from search_term s where s.org_id = $1 and s.kind = '${named}.sort' and s.term = ''`;
}
