import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import type { Permission } from '../permissions';
import type { IdName } from './allocation';
import { badCursor, Cursors, Page, toPage } from './cursor';
import { listNamed, NamedSearch } from './named-list';
import { resolveReferences } from './references';
import { redactItems, redactRecord } from './rights';
import { orgTree, teamDetails, TeamPart, TEAMS } from './teams.sql';

export interface TeamSearch extends NamedSearch {
  readonly parentTeamId?: string;
  /** Not only the teams directly below parentTeamId. */
  readonly includeDescendants: boolean;
  readonly teamType?: string;
}

export interface TeamSummary {
  id: string;
  name: string;
  teamType?: string;
  parent?: IdName;
  manager?: IdName;
  /** People whose primary team it is, or one below it. */
  headcount?: number;
}

/** At most 50 of `count`, by name. */
interface Listed<T> {
  count: number;
  items: T[];
}

export interface TeamDetails {
  asOf: string;
  /** That of the day; both days included. */
  fiscalYear: { from: string; to: string };
  team: IdName & { externalId?: string; teamType?: string; description?: string; parent?: IdName; costCentre?: IdName };
  manager?: IdName;
  headcount?: { own: number; withSubteams: number };
  members?: Listed<IdName & { jobRole: string; fte: number; isPrimary: boolean }>;
  /** The teams directly below; their headcounts hold all below them. */
  subteams?: Listed<IdName & { manager?: IdName; headcount?: number }>;
  vacancies?: Listed<{ id: string; role: string; status: string; fte: number; targetStartDate: string }>;
  contractors?: Listed<IdName & { fte: number; endDate?: string }>;
  projects?: Listed<IdName & { status: string; fte: number; startDate: string; endDate?: string }>;
  ai_agents?: Listed<IdName & { provider: string; seats: number }>;
}

export interface TreeQuestion {
  readonly teamId?: string;
  readonly depth: number;
  readonly asOf?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface TreeTeam {
  id: string;
  name: string;
  /** 0 = where the tree begins. */
  level: number;
  parentTeamId?: string;
  manager?: IdName;
  /** People whose primary team it is, or one below it. */
  headcount?: number;
  /** Teams directly below it, shown or not. */
  subteams: number;
}

interface TreeRow {
  asOf: string;
  total: number;
  cursorKnown: boolean;
  teams: TreeTeam[];
}

const OF_PEOPLE = { manager: 'people.read', headcount: 'people.read' } as const;

const PART_RIGHTS: Readonly<Record<TeamPart, readonly Permission[]>> = {
  members: ['people.read'],
  subteams: [],
  vacancies: ['vacancies.read'],
  contractors: ['contractors.read'],
  projects: ['projects.read', 'allocations.read'],
  ai_agents: [],
};

/** Needs teams.read. */
@Injectable()
export class TeamsService {
  /** Teams by name, then id. */
  async search(ctx: CallContext, search: TeamSearch): Promise<Page<TeamSummary> & { redacted?: string[] }> {
    const upper = { field: 'parentTeamId', given: search.parentTeamId, below: search.includeDescendants };
    return redactItems(ctx, await listNamed<TeamSummary>(ctx, TEAMS, search, upper, [search.teamType]), OF_PEOPLE);
  }

  /** @throws ToolError NOT_FOUND */
  async details(
    ctx: CallContext,
    given: string,
    include: readonly TeamPart[],
    asOf?: string,
  ): Promise<TeamDetails & { redacted?: string[] }> {
    const { teamId } = await resolveReferences(ctx, [{ kind: 'team', field: 'teamId', given }]);
    const readable = include.filter((part) => PART_RIGHTS[part].every((permission) => can(ctx, permission)));
    const [row] = await ctx.db.query<[{ details: TeamDetails }]>(teamDetails(readable), [ctx.orgId, asOf, teamId, can(ctx, 'people.read')]);
    const parts = Object.fromEntries(include.map((part) => [part, PART_RIGHTS[part]]));
    return redactRecord(ctx, row.details, { ...OF_PEOPLE, ...parts });
  }

  /** Teams with those below them, depth first. @throws ToolError NOT_FOUND */
  async tree(ctx: CallContext, question: TreeQuestion): Promise<Page<TreeTeam> & { asOf: string; total: number; redacted?: string[] }> {
    const cursors = new Cursors(ctx, 'tree', question, 1);
    const after = cursors.read(question.cursor);
    const { teamId } = await resolveReferences(ctx, [{ kind: 'team', field: 'teamId', given: question.teamId }]);
    const [row] = await ctx.db.query<[TreeRow]>(orgTree(can(ctx, 'people.read')), [
      ctx.orgId,
      after?.day ?? question.asOf,
      teamId,
      question.depth,
      after?.key[0],
      question.limit + 1,
    ]);
    const { asOf, total, cursorKnown, teams } = row;
    if (!cursorKnown) throw badCursor();
    const page = toPage(
      teams,
      question.limit,
      (team) => team,
      (team) => cursors.write({ day: asOf, key: [team.id] }),
    );
    return { asOf, total, ...redactItems(ctx, page, OF_PEOPLE) };
  }
}
