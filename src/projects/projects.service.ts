import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import { type CostWarning, type CostWarningRow, seesCosts, toWarnings } from '../costs';
import {
  type FieldRights,
  type IdName,
  listNamed,
  mayFilter,
  type NamedSearch,
  type Page,
  redactItems,
  redactRecord,
  resolveReferences,
} from '../workforce';
import type { LifecycleStage, ProjectStatus } from './project';
import { OF_ONE, PROJECT_COST, PROJECT_DETAILS, PROJECTS } from './projects.sql';

export interface ProjectSearch extends NamedSearch {
  readonly lifecycleStage?: LifecycleStage;
  readonly status?: ProjectStatus;
  readonly ownerId?: string;
  readonly valueStreamId?: string;
}

interface General {
  id: string;
  name: string;
  status: ProjectStatus;
  lifecycleStage: LifecycleStage;
  startDate?: string;
  endDate?: string;
  valueStream?: IdName;
}

export interface ProjectSummary extends General {
  owner?: IdName;
  /** Of the allocations that run on the day. */
  allocatedFte?: number;
}

/** Decimal strings in `currency`, planned on days to come; days as YYYY-MM-DD, both included. */
export interface ProjectCost {
  currency: string;
  fiscalYear: Amount;
  fiscalYearToDate: Amount;
  whole?: Amount;
  warnings: CostWarning[];
}

interface Amount {
  from: string;
  to: string;
  amount: string;
}

export interface ProjectDetails {
  asOf: string;
  project: General & { externalId?: string; description?: string; costCentre?: IdName; capexClass: 'capex' | 'opex' | 'none' };
  owner?: IdName;
  /** Of current and agreed allocations; FTE, people and teams of those that run on the day. */
  totals?: { allocations: number; allocatedFte: number; people: number; teams: number };
  /** The first 50 of them by first day. */
  allocations?: { id: string; subject: IdName; fte: number; startDate: string; endDate?: string }[];
  estimatedCost?: { amount: string; currency: string };
  budget?: { id: string; amount: string; currency: string; period: 'month' | 'quarter' | 'fiscal_year'; effectiveDate: string };
  cost?: ProjectCost;
}

interface CostRow {
  currency: string;
  amounts: Pick<ProjectCost, 'fiscalYear' | 'fiscalYearToDate' | 'whole'>;
  warnings: CostWarningRow[];
}

const RIGHTS: FieldRights<ProjectSummary> = { owner: 'people.read', allocatedFte: 'allocations.read' };

const DETAIL_RIGHTS: FieldRights<ProjectDetails> = {
  owner: 'people.read',
  totals: 'allocations.read',
  allocations: ['allocations.read', 'people.read', 'contractors.read', 'vacancies.read', 'teams.read'],
  estimatedCost: 'financials.read',
  budget: 'budgets.read',
};

@Injectable()
export class ProjectsService {
  /** Projects by name, then id. */
  async search(ctx: CallContext, search: ProjectSearch): Promise<Page<ProjectSummary> & { redacted?: string[] }> {
    mayFilter(ctx, 'ownerId', search.ownerId, 'people.read');
    const { lifecycleStage, status } = search;
    const { ownerId, valueStreamId } = await resolveReferences(ctx, [
      { kind: 'emp', field: 'ownerId', given: search.ownerId },
      { kind: 'vs', field: 'valueStreamId', given: search.valueStreamId },
    ]);
    const own = [lifecycleStage, status, ownerId, valueStreamId];
    const list = (ownerId ?? valueStreamId) ? { ...PROJECTS, among: OF_ONE } : PROJECTS;
    return redactItems(ctx, await listNamed<ProjectSummary>(ctx, list, search, undefined, own), RIGHTS);
  }

  /** @throws ToolError NOT_FOUND */
  async details(ctx: CallContext, given: string, asOf?: string): Promise<ProjectDetails & { redacted?: string[] }> {
    const { projectId } = await resolveReferences(ctx, [{ kind: 'prj', field: 'projectId', given }]);
    const [row] = await ctx.db.query<[{ details: ProjectDetails }]>(PROJECT_DETAILS, [ctx.orgId, asOf, projectId]);
    const shown = redactRecord(ctx, row.details, DETAIL_RIGHTS);
    if (!seesCosts(ctx)) return { ...shown, redacted: [...(shown.redacted ?? []), 'cost'] };
    return { ...shown, cost: await this.cost(ctx, projectId as string, row.details.asOf) };
  }

  private async cost(ctx: CallContext, projectId: string, day: string): Promise<ProjectCost> {
    const [row] = await ctx.db.query<[CostRow]>(PROJECT_COST, [ctx.orgId, day, projectId]);
    const { currency, amounts, warnings } = row;
    return { currency, ...amounts, warnings: toWarnings(warnings, currency) };
  }
}
