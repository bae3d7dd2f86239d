import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { seesCosts } from '../costs';
import { Cursors, type IdName, mustBeInOrder, type Page, rankedPage, type RankedRows, resolveReferences } from '../workforce';
import type { AboutEffort, EffortSearch } from './effort';
import { type EffortCost, effortCost, type MoneyRow } from './effort-money';
import { teamEffort } from './team-effort.sql';

interface TeamEffortRow {
  project: IdName;
  fte: number;
  /** Of all that the team worked. */
  share: number;
  cost?: string;
}

export interface TeamEffort extends Page<TeamEffortRow>, AboutEffort {
  totals: { fte: number; projectFte: number; nonProjectFte: number; unlinkedFte: number; people: number };
  cost?: EffortCost;
  redacted?: string[];
}

export interface TeamEffortSearch extends EffortSearch {
  readonly teamId: string;
  readonly includeSubteams: boolean;
}

@Injectable()
export class TeamEffortService {
  /**
   * Needs effort.read, teams.read and projects.read. Of the employees and contractors whose primary team it is, week by week.
   * @throws ToolError NOT_FOUND
   */
  async read(ctx: CallContext, search: TeamEffortSearch): Promise<TeamEffort> {
    const cursors = new Cursors(ctx, 'team effort', search, 1);
    const after = cursors.read(search.cursor);
    const { teamId } = await resolveReferences(ctx, [{ kind: 'team', field: 'teamId', given: search.teamId }]);
    type Row = Omit<TeamEffort, keyof Page<unknown>> & RankedRows<TeamEffortRow> & { money: MoneyRow | null };
    const [row] = await ctx.db.query<[Row]>(teamEffort(seesCosts(ctx)), [
      ...[ctx.orgId, search.from, after?.day ?? search.to, teamId, search.includeSubteams, after?.key[0], search.limit + 1],
    ]);
    const { rows, cursorKnown, money, ...about } = row;
    mustBeInOrder(about.period);
    const page = rankedPage(cursors, { rows, cursorKnown }, search.limit, about.period.to);
    return { ...about, ...page, ...effortCost(money) };
  }
}
