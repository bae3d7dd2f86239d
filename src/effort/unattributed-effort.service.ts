import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { expectMany } from '../costs';
import { Cursors, type IdName, mayFilter, mustBeInOrder, type Page, rankedPage, type RankedRows, resolveReferences } from '../workforce';
import type { AboutEffort, EffortSearch } from './effort';
import { BUCKETS, unattributedEffort } from './unattributed-effort.sql';

type Bucket = (typeof BUCKETS)[number];

interface UnattributedRow {
  bucket: Bucket;
  /** Of unlinked effort; absent where it was on no work item at all. */
  workItem?: { id: string; key: string; title: string };
  people?: number;
  /** An employee or contractor; of non-project effort also an AI agent. */
  who?: IdName;
  fte?: number;
  /** That were not handed in. */
  weeks?: number;
}

export interface UnattributedEffort extends Page<UnattributedRow>, AboutEffort {
  totals: {
    unlinked: { fte: number; share: number; workItems: number; people: number };
    nonProject: { fte: number; share: number; people: number };
    notSubmitted: { weeks: number; people: number };
  };
}

export interface UnattributedSearch extends EffortSearch {
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  readonly bucket?: Bucket;
}

@Injectable()
export class UnattributedEffortService {
  /** Needs effort.read and the rights to read people. Effort that is on no project, that of AI agents included unless a team is given; and weeks that people lack. */
  async read(ctx: CallContext, search: UnattributedSearch): Promise<UnattributedEffort> {
    mayFilter(ctx, 'teamId', search.teamId, 'teams.read');
    const cursors = new Cursors(ctx, 'unattributed effort', search, 1);
    const after = cursors.read(search.cursor);
    const { teamId } = await resolveReferences(ctx, [{ kind: 'team', field: 'teamId', given: search.teamId }]);
    if (teamId === undefined) await expectMany(ctx);
    type Row = Omit<UnattributedEffort, keyof Page<unknown>> & RankedRows<UnattributedRow>;
    const [row] = await ctx.db.query<[Row]>(unattributedEffort(teamId !== undefined), [
      ...[ctx.orgId, search.from, after?.day ?? search.to, teamId, search.includeSubteams, search.bucket, after?.key[0], search.limit + 1],
    ]);
    const { rows, cursorKnown, ...about } = row;
    mustBeInOrder(about.period);
    return { ...about, ...rankedPage(cursors, { rows, cursorKnown }, search.limit, about.period.to) };
  }
}
