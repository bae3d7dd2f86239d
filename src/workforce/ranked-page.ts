import { badCursor, type Cursors, type Page, toPage } from './cursor';

/** What a statement found of a list that it has put in order: one row more than is shown, each with the key that its place is found by. */
export interface RankedRows<T> {
  readonly rows: readonly { readonly key: string; readonly item: T }[];
  /** Whether the row that the page follows is still there. */
  readonly cursorKnown: boolean;
}

/** CTE `page` of a CTE `placed (key, place, …)`: the rows after that of a key, as many as a number says. */
export function pageAfter(key: string, rows: string): string {
  return `page as (
    select * from placed where ${key}::text is null or place > (select place from placed where key = ${key}) order by place limit ${rows}
  )`;
}

/**
 * The columns of {@link RankedRows}, where pages are made by {@link pageAfter}.
 * @param item JSON of a row of `page`
 * @param joins what it needs besides
 */
export function rankedRows(key: string, item: string, joins = ''): string {
  return `${key}::text is null or exists (select from placed where key = ${key}) as "cursorKnown",
    (select coalesce(json_agg(json_build_object('key', page.key, 'item', ${item}) order by page.place), '[]') from page ${joins}) as rows`;
}

/** @param day what later pages take for the day of the list */
export function rankedPage<T>(cursors: Cursors, { rows, cursorKnown }: RankedRows<T>, limit: number, day: string): Page<T> {
  if (!cursorKnown) throw badCursor();
  return toPage(
    rows,
    limit,
    ({ item }) => item,
    ({ key }) => cursors.write({ day, key: [key] }),
  );
}
