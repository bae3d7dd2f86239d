import type { CallContext } from '../access';
import { Cursors, Page, toPage } from './cursor';
import { CLOCK, subtree } from './employees.sql';
import { everyNamed, FOUND_BY_WORDS, Named, wantedWords } from './named-search.sql';
import { resolveReferences } from './references';

/** What every list of named things takes. */
export interface NamedSearch {
  readonly query?: string;
  readonly asOf?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A list of a table that is found by name: $1 organization · $2 day · $3 query · $7 team · $8 subteams too; $9 on are its own. */
export interface NamedList {
  readonly named: Named;
  /** Further conditions on the row `e` on the day `clock.day`. */
  readonly where?: string;
  /** Columns besides those of the row itself, for `item`. */
  readonly columns?: string;
  /** CTEs over the rows of `page`, for `item`. */
  readonly ofPage?: string;
  /** A row `e` as it is shown: an expression of JSON. */
  readonly item: string;
  /** The ids of the team's rows, a query over `subtree` and `clock`; where it can be asked by team. */
  readonly ofTeam?: string;
  /** The ids of the rows that may be found, a query, where they are few of many. */
  readonly among?: string;
}

interface Row<T> {
  id: string;
  sortKey: string;
  day: string;
  item: T;
}

/**
 * The rows are walked through in the order of lists until the page is full (docs/adr/0013). Rows of a team, and others that are few, are collected
 * first: these tables are small enough to be read whole, and a hash of ids costs less than a look at each row.
 */
function listSql(list: NamedList, asked: { query: boolean; next: boolean; team: boolean }): string {
  return `
  with recursive ${CLOCK},
  ${subtree('$7', '$8')},
  given as (select $3::text, $4::text, $5::text), -- a parameter that nothing uses has no type
  ${asked.query ? wantedWords(list.named, '$3') : ''}
  ${list.among === undefined ? '' : `among as materialized (${list.among}),`}
  ${asked.team ? `of_team as materialized (${list.ofTeam}),` : ''}
  page as materialized (
    select e.*, s.sort_key
    from (
      select s.* from (${asked.query ? FOUND_BY_WORDS : everyNamed(list.named)}
      ) s
      where true
      ${asked.next ? 'and (s.sort_key, s.subject_id) > ($4, $5)' : ''}
      ${asked.team ? 'and s.subject_id in (select id from of_team)' : ''}
      ${list.among === undefined ? '' : 'and s.subject_id in (select id from among)'}
      order by s.sort_key, s.subject_id offset 0
    ) s
    cross join lateral (
      select e.*, clock.day${list.columns === undefined ? '' : `, ${list.columns}`}
      from clock join ${list.named} e on e.org_id = $1 and e.id = s.subject_id
      where ${list.where ?? 'true'} offset 0
    ) e
    order by s.sort_key, s.subject_id
    limit $6
  )${list.ofPage === undefined ? '' : `,\n  ${list.ofPage}`}
  select e.sort_key as "sortKey", e.id, e.day, json_strip_nulls(${list.item}) as item from page e order by e.sort_key, e.id`;
}

/**
 * One page by name, then id.
 * @param search what was asked, as it was given: a cursor is good for the same question only
 * @param own values of the parameters from $9 on
 */
export async function listNamed<T>(
  ctx: CallContext,
  list: NamedList,
  search: NamedSearch,
  team: { readonly field: string; readonly given?: string; readonly below: boolean } | undefined,
  own: readonly unknown[] = [],
): Promise<Page<T>> {
  const cursors = new Cursors(ctx, list.named, search, 2);
  const after = cursors.read(search.cursor);
  const ids = await resolveReferences(ctx, team ? [{ kind: 'team', field: team.field, given: team.given }] : []);
  const asked = { query: search.query !== undefined, next: after !== undefined, team: team?.given !== undefined };
  const rows = await ctx.db.query<Row<T>[]>(listSql(list, asked), [
    ctx.orgId,
    after?.day ?? search.asOf,
    search.query,
    after?.key[0],
    after?.key[1],
    search.limit + 1,
    team && ids[team.field],
    team?.below ?? false,
    ...own,
  ]);
  return toPage(
    rows,
    search.limit,
    (row) => row.item,
    (row) => cursors.write({ day: row.day, key: [row.sortKey, row.id] }),
  );
}
