import { Flag, Id, OPTIONAL, ScenarioWrite, SomeOf, Text } from '../fields';

export class AddTeam extends ScenarioWrite {
  @Text('Name.') name: string;
  @Id('team', 'Team above.', OPTIONAL) parentTeamId?: string;
  @Text('Such as team, department.', { ...OPTIONAL, max: 50 }) teamType?: string;
  @Text('What it does.', { ...OPTIONAL, max: 2_000 }) description?: string;
  @Id('emp', 'Manager.', OPTIONAL) managerId?: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
}

const CLEARABLE = ['parentTeamId', 'managerId', 'costCentreId', 'teamType', 'description'] as const;

export class UpdateTeam extends ScenarioWrite {
  @Id('team', 'Which.') teamId: string;
  @Text('Name.', OPTIONAL) name?: string;
  @Id('team', 'Team above.', OPTIONAL) parentTeamId?: string;
  @Text('Such as team, department.', { ...OPTIONAL, max: 50 }) teamType?: string;
  @Text('What it does.', { ...OPTIONAL, max: 2_000 }) description?: string;
  @Id('emp', 'Manager.', OPTIONAL) managerId?: string;
  @Id('cc', 'Cost centre.', OPTIONAL) costCentreId?: string;
  @SomeOf(CLEARABLE, 'Fields to empty.', { ...OPTIONAL, most: CLEARABLE.length }) clear?: (typeof CLEARABLE)[number][];
}

export class DeleteTeam extends ScenarioWrite {
  @Id('team', 'Which.') teamId: string;
  @Id('team', 'Gets its allocations and sub-teams, with their history.', OPTIONAL) reassignToTeamId?: string;
  @Flag('Deletes all allocations and sub-teams, too.', { byDefault: false }) cascade = false;
}
