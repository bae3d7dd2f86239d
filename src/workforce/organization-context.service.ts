import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import { ORGANIZATION_CONTEXT } from './organization-context.sql';

interface Named {
  id: string;
  name: string;
}

/** What a caller needs to know before anything else: who, which money, which day, and the ids that filters take. */
export interface OrganizationContext {
  organization: Named & { timeZone: string; hoursPerDay: number };
  currency: string;
  /** The fiscal year that holds today; both days included. */
  fiscalYear: { startMonth: number; from: string; to: string };
  today: string;
  counts: { teams: number; geographies: number; jobRoles: number; costCentres: number; valueStreams: number };
  people?: { employed: number; onNotice: number; departed: number; future: number };
  topTeams?: (Named & { parentTeamId?: string; headcount: number })[];
  geographies: (Named & { country: string; currency: string })[];
  jobRoles: Named[];
  costCentres: Named[];
  valueStreams: Named[];
  freshness: { liveRev: number; people?: string; teams?: string; exchangeRates?: string };
  redacted?: string[];
}

@Injectable()
export class OrganizationContextService {
  /** Needs org.read; the figures about people and teams need their own permissions and are left out without them. */
  async read(ctx: CallContext): Promise<OrganizationContext> {
    const [row] = await ctx.db.query<{ context: Required<OrganizationContext> }[]>(ORGANIZATION_CONTEXT, [ctx.orgId, null]);
    const { people, topTeams, ...always } = (row as { context: Required<OrganizationContext> }).context;
    const redacted = [
      ...(can(ctx, 'people.read') ? [] : ['people']),
      ...(can(ctx, 'people.read') && can(ctx, 'teams.read') ? [] : ['topTeams']),
    ];
    return {
      ...always,
      ...(!redacted.includes('people') && { people }),
      ...(!redacted.includes('topTeams') && { topTeams }),
      ...(redacted.length > 0 && { redacted }),
    };
  }
}
