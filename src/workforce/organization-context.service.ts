import { Injectable } from '@nestjs/common';
import { type CallContext, can } from '../access';
import type { Permission } from '../permissions';
import { ORGANIZATION_CONTEXT } from './organization-context.sql';

interface Named {
  id: string;
  name: string;
}

/** What a caller needs to know before anything else: who, which money, which day, and the ids that filters take. */
export interface OrganizationContext {
  organization: Named & { timeZone: string; hoursPerDay: number; writeMode: 'off' | 'confirm_destructive' | 'direct' };
  currency: string;
  /** The fiscal year that holds today; both days included. */
  fiscalYear: { startMonth: number; from: string; to: string };
  today: string;
  /** Contractors and AI agents of today; vacancies and projects that are not over. */
  counts: Record<'teams' | 'aiAgents' | 'geographies' | 'jobRoles' | 'costCentres' | 'valueStreams', number> &
    Partial<Record<'contractors' | 'vacancies' | 'projects' | 'scenarios', number>>;
  people?: { employed: number; onNotice: number; departed: number; future: number };
  topTeams?: (Named & { parentTeamId?: string; headcount: number })[];
  geographies: (Named & { country: string; currency: string })[];
  costCentres: Named[];
  valueStreams: Named[];
  /** When each was last changed; of effort the newest week, of AI usage the newest day, of rates the newest in force. */
  freshness: { liveRev: number } & Partial<
    Record<'people' | 'teams' | 'contractors' | 'vacancies' | 'projects' | 'effortWeek' | 'aiUsage' | 'exchangeRates', string>
  >;
  redacted?: string[];
}

/** What `redacted` calls the parts that need more than org.read; counts and freshness of one kind go together. */
const NEEDS: Readonly<Record<string, readonly Permission[]>> = {
  people: ['people.read'],
  topTeams: ['people.read', 'teams.read'],
  contractors: ['contractors.read'],
  vacancies: ['vacancies.read'],
  projects: ['projects.read'],
  scenarios: ['scenarios.read'],
  effort: ['effort.read'],
  aiUsage: ['ai_usage.read'],
};

@Injectable()
export class OrganizationContextService {
  /** Needs org.read; what needs other permissions is left out without them. */
  async read(ctx: CallContext): Promise<OrganizationContext> {
    const [row] = await ctx.db.query<[{ context: OrganizationContext }]>(ORGANIZATION_CONTEXT, [ctx.orgId, null, [...ctx.permissions]]);
    const redacted = Object.keys(NEEDS).filter((part) => !NEEDS[part]?.every((permission) => can(ctx, permission)));
    return { ...row.context, ...(redacted.length > 0 && { redacted }) };
  }
}
