import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import type { Allocations, IdName } from './allocation';
import type { Page } from './cursor';
import { listNamed, NamedSearch } from './named-list';
import { resolveReferences } from './references';
import { FieldRights, mayFilter, redactItems, redactRecord } from './rights';
import { VACANCIES, VACANCY_DETAILS } from './vacancies.sql';

export type VacancyStatus = 'open' | 'on_hold' | 'filled' | 'cancelled';

export interface VacancySearch extends NamedSearch {
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  /** Default: what is still wanted, open and on hold. */
  readonly status?: VacancyStatus;
  readonly includeFilled: boolean;
}

interface General {
  id: string;
  role: string;
  /** A filled one is open before its filler's first day and after the last. */
  status: VacancyStatus;
  fte: number;
  targetStartDate: string;
}

/** What other permissions than vacancies.read are for. */
interface Guarded {
  team?: IdName;
  hiringManager?: IdName;
  filledBy?: IdName;
  /** Annual, at 1.0 FTE; decimal strings. */
  salary?: { min: string; max: string; currency: string };
}

export interface VacancySummary extends General, Guarded {
  jobRole?: string;
  geography?: string;
}

export interface VacancyDetails extends Guarded, Allocations {
  asOf: string;
  vacancy: General & { externalId?: string; description?: string; jobRole?: IdName; workType?: IdName; geography?: IdName };
}

const RIGHTS: FieldRights<Guarded> = {
  team: 'teams.read',
  hiringManager: 'people.read',
  filledBy: 'people.read',
  salary: 'financials.read',
};

const DETAIL_RIGHTS: FieldRights<VacancyDetails> = {
  ...RIGHTS,
  allocations: ['allocations.read', 'teams.read'],
  projectAllocations: ['allocations.read', 'projects.read'],
};

@Injectable()
export class VacanciesService {
  /** Vacancies by role, then id. */
  async search(ctx: CallContext, search: VacancySearch): Promise<Page<VacancySummary> & { redacted?: string[] }> {
    mayFilter(ctx, 'teamId', search.teamId, 'teams.read');
    const team = { field: 'teamId', given: search.teamId, below: search.includeSubteams };
    const statuses: VacancyStatus[] = search.status === undefined ? ['open', 'on_hold'] : [search.status];
    if (search.includeFilled) statuses.push('filled');
    return redactItems(ctx, await listNamed<VacancySummary>(ctx, VACANCIES, search, team, [statuses]), RIGHTS);
  }

  /** @throws ToolError NOT_FOUND */
  async details(ctx: CallContext, given: string, asOf?: string): Promise<VacancyDetails & { redacted?: string[] }> {
    const { vacancyId } = await resolveReferences(ctx, [{ kind: 'vac', field: 'vacancyId', given }]);
    const [row] = await ctx.db.query<{ details: VacancyDetails }[]>(VACANCY_DETAILS, [ctx.orgId, asOf, vacancyId]);
    return redactRecord(ctx, (row as { details: VacancyDetails }).details, DETAIL_RIGHTS);
  }
}
