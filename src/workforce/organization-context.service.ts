import { Injectable } from '@nestjs/common';
import { type CallContext, can, type WriteMode } from '../access';
import type { Permission } from '../permissions';
import { ORGANIZATION_CONTEXT } from './organization-context.sql';

interface Named {
  id: string;
  name: string;
}

/** What a caller needs to know before anything else: who, which money, which day, and the ids that filters take. */
export interface OrganizationContext {
  organization: Named & { timeZone: string; hoursPerDay: number; writeMode: WriteMode };
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

/** Organizations whose top teams are remembered. */
const MOST = 1_000;

/** Teams as of a revision of the organization's live data, and a day. */
interface TopTeams {
  readonly liveRev: number;
  readonly today: string;
  readonly topTeams: NonNullable<OrganizationContext['topTeams']>;
}

@Injectable()
export class OrganizationContextService {
  /** By organization; the one asked for last stands last. */
  private readonly known = new Map<string, TopTeams>();

  /** Needs org.read; what needs other permissions is left out without them. */
  async read(ctx: CallContext): Promise<OrganizationContext> {
    const known = this.known.get(ctx.orgId);
    const asked = [ctx.orgId, null, [...ctx.permissions], known?.liveRev, known?.today];
    const [{ context }] = await ctx.db.query<[{ context: OrganizationContext }]>(ORGANIZATION_CONTEXT, asked);
    const redacted = Object.keys(NEEDS).filter((part) => !NEEDS[part]?.every((permission) => can(ctx, permission)));
    const { today, topTeams, freshness } = context;
    if (topTeams) context.topTeams = this.remembered(ctx.orgId, known, { liveRev: freshness.liveRev, today, topTeams });
    return { ...context, ...(redacted.length > 0 && { redacted }) };
  }

  /** What was known where it still holds, which is where the answer leaves them out. */
  private remembered(orgId: string, known: TopTeams | undefined, asked: TopTeams): TopTeams['topTeams'] {
    const current = known?.liveRev === asked.liveRev && known.today === asked.today ? known : asked;
    this.known.delete(orgId);
    this.known.set(orgId, current);
    if (this.known.size > MOST) this.known.delete(this.known.keys().next().value as string);
    return current.topTeams;
  }
}
