import { Injectable } from '@nestjs/common';
import type { CallContext } from '../access';
import type { Allocations, IdName } from './allocation';
import { CONTRACTOR_DETAILS, CONTRACTORS } from './contractors.sql';
import type { Page } from './cursor';
import { listNamed, NamedSearch } from './named-list';
import { resolveReferences } from './references';
import { FieldRights, mayFilter, redactItems, redactRecord } from './rights';

export interface ContractorSearch extends NamedSearch {
  readonly teamId?: string;
  readonly includeSubteams: boolean;
  /** Only who is under contract on the day. */
  readonly active: boolean;
}

/** What a contractor charges from a day on; a decimal string in `currency`, per hour, day or month. */
export interface Rate {
  effectiveDate: string;
  rateType: 'hourly' | 'daily' | 'monthly';
  rate: string;
  currency: string;
}

interface General {
  id: string;
  name: string;
  email?: string;
  status: 'active' | 'ended' | 'future';
  type: 'individual' | 'company';
  company?: string;
  startDate: string;
  endDate?: string;
}

/** What other permissions than contractors.read are for. */
interface Guarded {
  team?: IdName;
  manager?: IdName;
  rate?: Rate;
}

export interface ContractorSummary extends General, Guarded {
  jobRole?: string;
  geography: string;
}

export interface ContractorDetails extends Guarded, Allocations {
  asOf: string;
  contractor: General & { externalId?: string; jobRole?: IdName; geography: IdName; costCentre?: IdName };
  /** Newest first, agreed future ones included. */
  rateHistory?: Rate[];
}

const RIGHTS: FieldRights<Guarded> = { team: 'teams.read', manager: 'people.read', rate: 'financials.read' };

const DETAIL_RIGHTS: FieldRights<ContractorDetails> = {
  ...RIGHTS,
  rateHistory: 'financials.read',
  allocations: ['allocations.read', 'teams.read'],
  projectAllocations: ['allocations.read', 'projects.read'],
};

@Injectable()
export class ContractorsService {
  /** Contractors by name, then id. */
  async search(ctx: CallContext, search: ContractorSearch): Promise<Page<ContractorSummary> & { redacted?: string[] }> {
    mayFilter(ctx, 'teamId', search.teamId, 'teams.read');
    const team = { field: 'teamId', given: search.teamId, below: search.includeSubteams };
    return redactItems(ctx, await listNamed<ContractorSummary>(ctx, CONTRACTORS, search, team, [search.active]), RIGHTS);
  }

  /** @throws ToolError NOT_FOUND */
  async details(ctx: CallContext, given: string, asOf?: string): Promise<ContractorDetails & { redacted?: string[] }> {
    const { contractorId } = await resolveReferences(ctx, [{ kind: 'con', field: 'contractorId', given }]);
    const [row] = await ctx.db.query<{ details: ContractorDetails }[]>(CONTRACTOR_DETAILS, [ctx.orgId, asOf, contractorId]);
    return redactRecord(ctx, (row as { details: ContractorDetails }).details, DETAIL_RIGHTS);
  }
}
