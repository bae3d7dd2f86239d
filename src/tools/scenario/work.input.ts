import { Currency, DateOnly, Flag, Fte, Id, Money, OneOf, OPTIONAL, ScenarioWrite, SomeOf, Text } from '../fields';

const STATUSES = ['planning', 'active', 'completed', 'on_hold', 'cancelled'] as const;
const STAGES = ['proposed', 'approved', 'in_progress', 'blocked', 'completed', 'rejected', 'cancelled'] as const;
const CLEARABLE = ['ownerId', 'valueStreamId', 'costCentreId', 'startDate', 'endDate', 'estimatedCost', 'currency', 'description'] as const;

abstract class ProjectWrite extends ScenarioWrite {
  @OneOf(STATUSES, 'Status.', OPTIONAL) status?: (typeof STATUSES)[number];
  @OneOf(STAGES, 'Stage.', OPTIONAL) lifecycleStage?: (typeof STAGES)[number];
  @Id('emp', 'Owner.', OPTIONAL) ownerId?: string;
  @Id('vs', 'Value stream.', OPTIONAL) valueStreamId?: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
  @DateOnly('First day.', OPTIONAL) startDate?: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
  @Money('With currency.', OPTIONAL) estimatedCost?: string;
  @Currency('Of estimatedCost.', OPTIONAL) currency?: string;
}

export class AddProject extends ProjectWrite {
  @Text('Name.') name: string;
}

export class UpdateProject extends ProjectWrite {
  @Id('prj', 'Which.') projectId: string;
  @Text('Name.', OPTIONAL) name?: string;
  @SomeOf(CLEARABLE, 'Fields to empty.', { ...OPTIONAL, most: CLEARABLE.length }) clear?: string[];
}

export class DeleteProject extends ScenarioWrite {
  @Id('prj', 'Which.') projectId: string;
}

abstract class Allocate extends ScenarioWrite {
  @Id('prj', 'Project.') projectId: string;
  @Fte('FTE.') fte: number;
  @DateOnly('First day.') startDate: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
}

export class AllocateEmployee extends Allocate {
  @Id('emp', 'Whom.') employeeId: string;
}

export class AllocateTeam extends Allocate {
  @Id('team', 'Which team.') teamId: string;
}

export class UpdateAllocation extends ScenarioWrite {
  @Id('alc', 'Which.') allocationId: string;
  @Fte('FTE.', OPTIONAL) fte?: number;
  @DateOnly('First day.', OPTIONAL) startDate?: string;
  @DateOnly('Last day.', OPTIONAL) endDate?: string;
  @Flag('End it today, or drop it where it has not begun.', { byDefault: false }) end = false;
}

const SCOPES = ['org', 'team', 'cost_centre', 'project', 'value_stream'] as const;
const PERIODS = ['month', 'quarter', 'fiscal_year'] as const;

export class UpdateBudget extends ScenarioWrite {
  @OneOf(SCOPES, 'Of what.') scopeType: (typeof SCOPES)[number];
  @Text('Id in that scope; none for org.', OPTIONAL) scopeId?: string;
  @Money('Per period.') amount: string;
  @OneOf(PERIODS, 'Period.', { byDefault: 'fiscal_year' }) period: (typeof PERIODS)[number] = 'fiscal_year';
  @Currency('Of the amount.') currency: string;
  @DateOnly('In force from.') effectiveDate: string;
}
