import {
  Count,
  Currency,
  DateOnly,
  Flag,
  Fte,
  Id,
  type IdName,
  ListOf,
  Money,
  Nested,
  OPTIONAL,
  PageOutput,
  Ref,
  TEXT,
  Words,
} from '../fields';
import { Period, Warning } from '../fields/parts';

class TeamRow {
  @Id('team') id: string;
  @Words() name: string;
  @Words(undefined, OPTIONAL) teamType?: string;
  @Ref(undefined, OPTIONAL) parent?: IdName;
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Count('People of the team and all below it.', OPTIONAL) headcount?: number;
}

export class TeamPage extends PageOutput {
  @ListOf(() => TeamRow, 'headcount includes all below.') items: TeamRow[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class Team {
  @Id('team') id: string;
  @Words() name: string;
  @Words(undefined, OPTIONAL) externalId?: string;
  @Words(undefined, OPTIONAL) teamType?: string;
  @Words(undefined, OPTIONAL) description?: string;
  @Ref(undefined, OPTIONAL) parent?: IdName;
  @Ref(undefined, OPTIONAL) costCentre?: IdName;
}

class Headcount {
  @Count('People whose primary team it is.') own: number;
  @Count('Also those of all teams below it.') withSubteams: number;
}

class Member {
  @Id('emp') id: string;
  @Words() name: string;
  @Words() jobRole: string;
  @Fte('Allocated to this team.') fte: number;
  @Flag() isPrimary: boolean;
}

class Members {
  @Count() count: number;
  @ListOf(() => Member) items: Member[];
}

class Subteam {
  @Id('team') id: string;
  @Words() name: string;
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Count('With all teams below it.', OPTIONAL) headcount?: number;
}

class Subteams {
  @Count() count: number;
  @ListOf(() => Subteam) items: Subteam[];
}

class TeamVacancy {
  @Id('vac') id: string;
  @Words() role: string;
  @Words() status: string;
  @Fte() fte: number;
  @DateOnly() targetStartDate: string;
}

class Vacancies {
  @Count('Open and on hold.') count: number;
  @ListOf(() => TeamVacancy) items: TeamVacancy[];
}

class TeamContractor {
  @Id('con') id: string;
  @Words() name: string;
  @Fte() fte: number;
  @DateOnly(undefined, OPTIONAL) endDate?: string;
}

class Contractors {
  @Count() count: number;
  @ListOf(() => TeamContractor) items: TeamContractor[];
}

class TeamProject {
  @Id('prj') id: string;
  @Words() name: string;
  @Words() status: string;
  @Fte('Of the whole team.') fte: number;
  @DateOnly() startDate: string;
  @DateOnly(undefined, OPTIONAL) endDate?: string;
}

class Projects {
  @Count('Allocations of the team as a whole, current and agreed.') count: number;
  @ListOf(() => TeamProject) items: TeamProject[];
}

class TeamAgent {
  @Id('agt') id: string;
  @Words() name: string;
  @Words() provider: string;
  @Count() seats: number;
}

class Agents {
  @Count() count: number;
  @ListOf(() => TeamAgent) items: TeamAgent[];
}

class TeamCost {
  @Money() amount: string;
  @Currency() currency: string;
  @Nested(() => Period) period: Period;
  @DateOnly() asOf: string;
  @ListOf(() => Warning) warnings: Warning[];
}

export class TeamRecord {
  @DateOnly() asOf: string;
  @Nested(() => Team) team: Team;
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Nested(() => Headcount, undefined, OPTIONAL) headcount?: Headcount;
  @Nested(() => Members, 'Lists show the first 50 of count.', OPTIONAL) members?: Members;
  @Nested(() => Subteams, undefined, OPTIONAL) subteams?: Subteams;
  @Nested(() => Vacancies, undefined, OPTIONAL) vacancies?: Vacancies;
  @Nested(() => Contractors, undefined, OPTIONAL) contractors?: Contractors;
  @Nested(() => Projects, undefined, OPTIONAL) projects?: Projects;
  @Nested(() => Agents, undefined, OPTIONAL) ai_agents?: Agents;
  @Nested(() => TeamCost, 'Planned, of the fiscal year, with all teams below.', OPTIONAL) cost?: TeamCost;
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}

class TreeTeam {
  @Id('team') id: string;
  @Words() name: string;
  @Count('0 = where the tree begins.') level: number;
  @Id('team', undefined, OPTIONAL) parentTeamId?: string;
  @Ref(undefined, OPTIONAL) manager?: IdName;
  @Count('People of the team and all below it.', OPTIONAL) headcount?: number;
  @Count('Teams directly below it, shown or not.') subteams: number;
}

export class OrgTree extends PageOutput {
  @DateOnly() asOf: string;
  @Count('Teams down to this depth.') total: number;
  @ListOf(() => TreeTeam, 'Depth first; headcount includes all below.') items: TreeTeam[];
  @ListOf(TEXT, undefined, OPTIONAL) redacted?: string[];
}
