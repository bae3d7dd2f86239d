import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { badCursor, Cursors, mustBeInOrder, type Page, toPage } from '../workforce';

export interface ActivitySearch {
  readonly from?: string;
  readonly to?: string;
  readonly userId?: string;
  readonly tool?: string;
  readonly outcome?: 'ok' | 'refused' | 'failed';
  readonly limit: number;
  readonly cursor?: string;
}

/** Something that was done, or tried, in the organization's name. */
export interface ActivityEntry {
  at: string;
  kind: string;
  outcome: 'ok' | 'refused' | 'failed';
  /** Without a name where they are no member any more; absent where nobody was known. */
  user?: { id: string; name?: string };
  /** What the program called itself. */
  client?: string;
  tool?: string;
  errorCode?: string;
}

/** $1 organization · $2 $3 first and last day, where the organization is · $4 user · $5 tool · $6 outcome · $7 last one shown · $8 rows */
const LIST = `
  select a.seq, a.at::date as day, jsonb_strip_nulls(jsonb_build_object(
    'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'kind', a.kind, 'outcome', a.outcome,
    'user', case when a.user_id is not null then jsonb_build_object('id', a.user_id,
      'name', (select m.name from member_name m where m.org_id = $1 and m.user_id = a.user_id)) end,
    'client', a.client_name, 'tool', a.tool, 'errorCode', a.error_code)) as item
  from organization o join activity a on a.org_id = o.id
  where o.id = $1 and a.org_id = $1
    and ($2::date is null or a.at >= $2::timestamp at time zone o.time_zone)
    and ($3::date is null or a.at < ($3::date + 1)::timestamp at time zone o.time_zone)
    and ($4::text is null or a.user_id = $4) and ($5::text is null or a.tool = $5) and ($6::text is null or a.outcome = $6)
    and ($7::bigint is null or (a.at, a.seq) < (select last.at, last.seq from activity last where last.org_id = $1 and last.seq = $7))
  order by a.at desc, a.seq desc limit $8`;

@Injectable()
export class ActivityService {
  /** Needs activity.read. Newest first; names and ids only, as the audit trail holds no more. */
  async search(ctx: CallContext, search: ActivitySearch): Promise<Page<ActivityEntry>> {
    mustBeInOrder(search);
    const cursors = new Cursors(ctx, 'activity', search, 1);
    const after = cursors.read(search.cursor);
    if (after && !/^\d{1,18}$/.test(after.key[0] ?? '')) throw badCursor();
    const rows = await ctx.db.query<{ seq: number; day: string; item: ActivityEntry }[]>(LIST, [
      ...[ctx.orgId, search.from, search.to, search.userId, search.tool, search.outcome],
      ...[after?.key[0], search.limit + 1],
    ]);
    return toPage(
      rows,
      search.limit,
      ({ item }) => item,
      ({ seq, day }) => cursors.write({ day, key: [String(seq)] }),
    );
  }
}
