import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import {
  type AskedPeriod,
  Cursors,
  type IdName,
  mustBeInOrder,
  type Page,
  rankedPage,
  type RankedRows,
  resolveReferences,
} from '../workforce';
import { spendByPerson, spendByTeam } from './ai-spend.sql';
import { type SpendWarning, spendWarnings, type Unrated } from './warnings';

export interface SpendSearch extends AskedPeriod {
  readonly system?: string;
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** Amounts are decimal strings in `currency`; days are YYYY-MM-DD, both included. */
interface About {
  period: { from: string; to: string };
  currency: string;
  warnings: SpendWarning[];
}

interface TeamUse {
  /** Absent where too few people are behind it for who may not see single persons' spend. */
  spend?: string;
  /** Whose primary team it was when they used AI. */
  activeUsers: number;
  /** Whose primary team it is on the last day. */
  headcount: number;
  /** Part of the headcount that used AI in the period. */
  adoptionRate?: number;
}

export interface TeamSpend extends Page<TeamUse & { team?: IdName }>, About {
  totals: TeamUse;
  unmatched: { accounts: number; spend: string };
  /** Rows without spend. */
  suppressed: number;
}

export interface PersonSpend
  extends Page<{ person: IdName; spend: string; inputTokens: number; outputTokens: number; sessions: number; systems: string[] }>, About {
  totals: { people: number; spend: string };
  unmatched: { accounts: number; spend: string; largest: { id: string; provider: string; account: string; spend: string }[] };
}

interface Found<A extends Page<unknown>> extends RankedRows<A['items'][number]> {
  readonly unrated: Unrated[];
}

@Injectable()
export class AiSpendService {
  /** Needs ai_usage.read and teams.read. Teams by spend, largest first; a row without a team is of people who are in none. */
  teams(ctx: CallContext, search: SpendSearch): Promise<TeamSpend> {
    return this.page<TeamSpend>(ctx, 'ai spend of teams', search, spendByTeam, [!can(ctx, 'ai_usage.person.read')]);
  }

  /** Needs ai_usage.person.read and people.read. People by spend, largest first; with a team the part of it that falls to the team. */
  people(ctx: CallContext, search: SpendSearch): Promise<PersonSpend> {
    return this.page<PersonSpend>(ctx, 'ai spend of people', search, spendByPerson, []);
  }

  private async page<A extends Page<unknown> & About>(
    ctx: CallContext,
    list: string,
    search: SpendSearch,
    sql: (ofTeam: boolean) => string,
    own: unknown[],
  ): Promise<A> {
    const cursors = new Cursors(ctx, list, search, 1);
    const after = cursors.read(search.cursor);
    const { teamId } = await resolveReferences(ctx, [{ kind: 'team', field: 'teamId', given: search.teamId }]);
    const to = after?.day ?? search.to;
    const [row] = await ctx.db.query<[Omit<A, keyof Page<unknown>> & Found<A>]>(sql(teamId !== undefined), [
      ...[ctx.orgId, search.from, to, search.system, teamId, search.includeSubteams, after?.key[0], search.limit + 1],
      ...own,
    ]);
    const { rows, unrated, cursorKnown, ...about } = row;
    mustBeInOrder(about.period);
    const page = rankedPage(cursors, { rows, cursorKnown }, search.limit, about.period.to);
    return { ...about, ...page, warnings: spendWarnings(unrated, about.currency) } as unknown as A;
  }
}
