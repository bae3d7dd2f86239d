import { Injectable } from '@nestjs/common';
import { type CallContext, can, missingPermissions } from '../access';
import { expectMany } from '../costs';
import type { Permission } from '../permissions';
import { Cursors, type FieldRights, type IdName, type Page, redactItems, toPage } from '../workforce';
import type { LifecycleStage, ProjectStatus } from './project';
import { PROJECT_ISSUES, type ProjectIssue, projectsWithIssues } from './project-issues.sql';

export interface IssueSearch {
  readonly issues?: readonly ProjectIssue[];
  readonly asOf?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** A project, what is wrong with it, and the figures that say so. */
export interface ProjectWithIssues {
  id: string;
  name: string;
  status: ProjectStatus;
  lifecycleStage: LifecycleStage;
  endDate?: string;
  issues: ProjectIssue[];
  owner?: IdName;
  /** Last day of an owner who has left. */
  ownerLeft?: string;
  /** That have not ended on the day, and the FTE of those that run. */
  allocations?: number;
  allocatedFte?: number;
  /** The three largest. */
  allocated?: IdName[];
  /** In force on the day, and the cost of its period, in the currency of the answer. */
  budget?: { amount: string; planned: string; from: string; to: string };
}

export interface ProjectsWithIssues extends Page<ProjectWithIssues> {
  asOf: string;
  currency: string;
  /** Projects per issue, on all pages. */
  counts: Partial<Record<ProjectIssue, number>>;
  redacted?: string[];
}

const NEEDED: Record<ProjectIssue, readonly Permission[]> = {
  completed_with_allocations: ['allocations.read'],
  no_allocations: ['allocations.read'],
  ended_with_allocations: ['allocations.read'],
  no_owner: ['people.read'],
  over_budget: ['budgets.read', 'financials.read', 'compensation.read'],
};

const RIGHTS: FieldRights<ProjectWithIssues> = {
  owner: 'people.read',
  ownerLeft: 'people.read',
  allocations: 'allocations.read',
  allocatedFte: 'allocations.read',
  allocated: ['allocations.read', 'people.read', 'contractors.read', 'vacancies.read', 'teams.read'],
};

interface Found {
  asOf: string;
  currency: string;
  counts: ProjectsWithIssues['counts'];
  rows: { id: string; sortKey: string; item: ProjectWithIssues }[];
}

@Injectable()
export class ProjectIssuesService {
  /**
   * Needs projects.read, and for each issue what it is seen by. By name, then id; without issues asked for, all that the
   * caller may see, and `redacted` names the others.
   * @throws ToolError PERMISSION_DENIED for an issue that was asked for and may not be seen
   */
  async find(ctx: CallContext, search: IssueSearch): Promise<ProjectsWithIssues> {
    const cursors = new Cursors(ctx, 'projects with issues', search, 2);
    const after = cursors.read(search.cursor);
    const { seen, kept } = visibleIssues(ctx, search.issues);
    const priced = seen.includes('over_budget');
    if (priced) await expectMany(ctx);
    const [row] = await ctx.db.query<[Found]>(projectsWithIssues(priced), [
      ...[ctx.orgId, after?.day ?? search.asOf, seen, after?.key[0], after?.key[1], search.limit + 1],
    ]);
    const { asOf, currency, counts, rows } = row;
    const page = toPage(
      rows,
      search.limit,
      ({ item }) => item,
      ({ id, sortKey }) => cursors.write({ day: asOf, key: [sortKey, id] }),
    );
    const { redacted = [], ...shown } = redactItems(ctx, page, RIGHTS);
    return { ...shown, asOf, currency, counts, ...(redacted.length + kept.length > 0 && { redacted: [...kept, ...redacted] }) };
  }
}

function visibleIssues(ctx: CallContext, asked?: readonly ProjectIssue[]): { seen: ProjectIssue[]; kept: ProjectIssue[] } {
  const missing = (issue: ProjectIssue): Permission[] => NEEDED[issue].filter((permission) => !can(ctx, permission));
  const refused = asked?.flatMap(missing) ?? [];
  if (refused.length > 0) throw missingPermissions(ctx, [...new Set(refused)]);
  const wanted = asked ?? PROJECT_ISSUES;
  const kept = wanted.filter((issue) => missing(issue).length > 0);
  return { seen: wanted.filter((issue) => !kept.includes(issue)), kept };
}
