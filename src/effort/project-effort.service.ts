import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { seesCosts } from '../costs';
import { Cursors, type IdName, mustBeInOrder, type Page, rankedPage, type RankedRows, resolveReferences } from '../workforce';
import type { AboutEffort, EffortSearch } from './effort';
import { type EffortCost, effortCost, type MoneyRow } from './effort-money';
import { projectEffort, type ProjectEffortGroup } from './project-effort.sql';

interface ProjectEffortRow {
  /** An employee, contractor or AI agent, by the prefix of the id. */
  who?: IdName;
  /** YYYY-MM; FTE are the mean of its own weeks. */
  month?: string;
  /** Absent, where rows are work items, for effort on none in particular. */
  workItem?: { id: string; key: string; title: string };
  fte: number;
  share: number;
  cost?: string;
}

export interface ProjectEffort extends Page<ProjectEffortRow>, AboutEffort {
  /** `fte` includes `aiAgentFte`; `plannedFte` has people and teams only. */
  totals: { fte: number; people: number; aiAgents: number; aiAgentFte: number; plannedFte?: number };
  cost?: EffortCost;
  redacted?: string[];
}

export interface ProjectEffortSearch extends EffortSearch {
  readonly projectId: string;
  readonly groupBy: ProjectEffortGroup;
}

@Injectable()
export class ProjectEffortService {
  /**
   * Needs effort.read, projects.read and the rights to read people. Coverage is that of the people who are allocated to it.
   * @throws ToolError NOT_FOUND
   */
  async read(ctx: CallContext, search: ProjectEffortSearch): Promise<ProjectEffort> {
    const cursors = new Cursors(ctx, 'project effort', search, 1);
    const after = cursors.read(search.cursor);
    const { projectId } = await resolveReferences(ctx, [{ kind: 'prj', field: 'projectId', given: search.projectId }]);
    type Row = Omit<ProjectEffort, keyof Page<unknown>> & RankedRows<ProjectEffortRow> & { money: MoneyRow | null };
    const [row] = await ctx.db.query<[Row]>(projectEffort(search.groupBy, seesCosts(ctx)), [
      ...[ctx.orgId, search.from, after?.day ?? search.to, projectId, after?.key[0], search.limit + 1],
    ]);
    const { rows, cursorKnown, money, ...about } = row;
    mustBeInOrder(about.period);
    const page = rankedPage(cursors, { rows, cursorKnown }, search.limit, about.period.to);
    return { ...about, ...page, ...effortCost(money) };
  }
}
