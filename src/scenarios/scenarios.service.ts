import { Injectable } from '@nestjs/common';
import type { CallContext, PlanStatus } from '../access';
import { Cursors, type Page, toPage } from '../workforce';

export interface ScenarioSearch {
  readonly query?: string;
  readonly status?: PlanStatus;
  readonly mine?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ScenarioSummary {
  id: string;
  title: string;
  type: string;
  status: PlanStatus;
  /** Without a name where the owner is no member any more. */
  owner: { id: string; name?: string };
  rev: number;
  sourcePlanId?: string;
  updatedAt: string;
}

/**
 * $1 organization · $2 part of the title · $3 status · $4 owner · $5 id of the last one shown · $6 rows
 *
 * Which scenarios are visible at all is the database's rule (migrations/scenarios/plan-access.ts).
 */
const LIST = `
  select p.id, p.updated_at::date as day, jsonb_strip_nulls(jsonb_build_object(
    'id', p.id, 'title', p.title, 'type', p.type, 'status', p.status, 'rev', p.rev, 'sourcePlanId', p.source_plan_id,
    'owner', jsonb_build_object('id', p.owner_id, 'name', (select m.name from member_name m where m.org_id = $1 and m.user_id = p.owner_id)),
    'updatedAt', to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) as item
  from plan p
  where p.org_id = $1 and ($2::text is null or strpos(fold(p.title), fold($2)) > 0)
    and ($3::text is null or p.status = $3) and ($4::text is null or p.owner_id = $4)
    and ($5::text is null or (p.updated_at, p.id) < (select last.updated_at, last.id from plan last where last.org_id = $1 and last.id = $5))
  order by p.updated_at desc, p.id desc limit $6`;

@Injectable()
export class ScenariosService {
  /** Needs scenarios.read. Whatever the caller may see, last changed first; a query is part of the title, whatever its case and accents. */
  async search(ctx: CallContext, search: ScenarioSearch): Promise<Page<ScenarioSummary>> {
    const cursors = new Cursors(ctx, 'scenarios', search, 1);
    const after = cursors.read(search.cursor);
    const rows = await ctx.db.query<{ id: string; day: string; item: ScenarioSummary }[]>(LIST, [
      ctx.orgId,
      search.query,
      search.status,
      search.mine ? ctx.userId : undefined,
      after?.key[0],
      search.limit + 1,
    ]);
    return toPage(
      rows,
      search.limit,
      ({ item }) => item,
      ({ id, day }) => cursors.write({ day, key: [id] }),
    );
  }
}
