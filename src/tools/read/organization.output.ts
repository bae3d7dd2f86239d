import {
  ID_NAME,
  type IdName,
  Count,
  Currency,
  DateOnly,
  Flag,
  Fte,
  Id,
  ListOf,
  Moment,
  Nested,
  OneOf,
  OPTIONAL,
  TEXT,
  Words,
} from '../fields';

const WRITE_MODES = ['off', 'confirm_destructive', 'direct'] as const;

class Organization {
  @Id('org') id: string;
  @Words() name: string;
  @Words('IANA name; decides which day is today.') timeZone: string;
  @Fte('Working hours of a full day.') hoursPerDay: number;
  @OneOf(WRITE_MODES, 'How scenarios may be changed over MCP.') writeMode: (typeof WRITE_MODES)[number];
}

class FiscalYear {
  @Count('1 = January.') startMonth: number;
  @DateOnly() from: string;
  @DateOnly() to: string;
}

class Counts {
  @Count() teams: number;
  @Count('Under contract today.', OPTIONAL) contractors?: number;
  @Count('Open and on hold.', OPTIONAL) vacancies?: number;
  @Count('Not over.', OPTIONAL) projects?: number;
  @Count('Planned for today.') aiAgents: number;
  @Count('That the user may see.', OPTIONAL) scenarios?: number;
  @Count() geographies: number;
  @Count() jobRoles: number;
  @Count() costCentres: number;
  @Count() valueStreams: number;
}

class PeopleCounts {
  @Count('Employed today, people on notice included.') employed: number;
  @Count() onNotice: number;
  @Count() departed: number;
  @Count('Yet to start.') future: number;
}

class TopTeam {
  @Id('team') id: string;
  @Words() name: string;
  @Id('team', undefined, OPTIONAL) parentTeamId?: string;
  @Count('People, teams below included.') headcount: number;
}

class Place {
  @Id('geo') id: string;
  @Words() name: string;
  @Words('ISO 3166 code.') country: string;
  @Currency() currency: string;
}

class Freshness {
  @Count('Rises with every change of live data.') liveRev: number;
  @Moment('Last change.', OPTIONAL) people?: string;
  @Moment('Last change.', OPTIONAL) teams?: string;
  @Moment('Last change.', OPTIONAL) contractors?: string;
  @Moment('Last change.', OPTIONAL) vacancies?: string;
  @Moment('Last change.', OPTIONAL) projects?: string;
  @DateOnly('Monday of the newest week.', OPTIONAL) effortWeek?: string;
  @DateOnly('Newest day.', OPTIONAL) aiUsage?: string;
  @DateOnly('Day of the newest rates in force.', OPTIONAL) exchangeRates?: string;
}

class Me {
  @Words() name: string;
  @ListOf(TEXT) roles: string[];
  @ListOf(TEXT, 'What this connection may do.') permissions: string[];
  @Flag() mayWriteScenarios: boolean;
}

export class OrganizationOverview {
  @Nested(() => Organization) organization: Organization;
  @Currency('Reporting currency.') currency: string;
  @Nested(() => FiscalYear, 'The fiscal year of today.') fiscalYear: FiscalYear;
  @DateOnly() today: string;
  @Nested(() => Counts) counts: Counts;
  @Nested(() => PeopleCounts, undefined, OPTIONAL) people?: PeopleCounts;
  @ListOf(() => TopTeam, 'Teams of the two upper levels, largest first.', OPTIONAL) topTeams?: TopTeam[];
  @ListOf(() => Place, 'At most 12.') geographies: Place[];
  @ListOf(ID_NAME, 'At most 12.') costCentres: IdName[];
  @ListOf(ID_NAME, 'At most 12.') valueStreams: IdName[];
  @Nested(() => Freshness) freshness: Freshness;
  @Nested(() => Me, 'The signed-in user.') me: Me;
  @ListOf(TEXT, 'What to call next.') next: string[];
  @ListOf(TEXT, 'Fields left out because the caller may not read them.', OPTIONAL) redacted?: string[];
}
