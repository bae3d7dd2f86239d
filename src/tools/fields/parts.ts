import { Count, Currency, DateOnly, Flag, Fte, Id, Money, OneOf, OPTIONAL, Words } from '.';

/** Parts that the answers of several tools have. */
export const WARNINGS = ['FX_MISSING', 'SALARY_MISSING', 'OVER_ALLOCATED', 'TEAM_SHORTFALL'] as const;

/** What a figure leaves out or scales. */
export class Warning {
  @OneOf(WARNINGS) code: string;
  @Currency(undefined, OPTIONAL) currency?: string;
  @Count() count: number;
  @Words() message: string;
}

export class Period {
  @DateOnly() from: string;
  @DateOnly() to: string;
}

export class Sum {
  @Money() amount: string;
  @Currency() currency: string;
}

/** A user, without a name where they are no member any more. */
export class Member {
  @Id('usr') id: string;
  @Words(undefined, OPTIONAL) name?: string;
}

abstract class Allocation {
  @Id('alc') id: string;
  @Fte() fte: number;
  @DateOnly() startDate: string;
  @DateOnly('None: open.', OPTIONAL) endDate?: string;
}

export class TeamAllocation extends Allocation {
  @Id('team') teamId: string;
  @Words() team: string;
  @Flag() isPrimary: boolean;
}

export class ProjectAllocation extends Allocation {
  @Id('prj') projectId: string;
  @Words() project: string;
}
