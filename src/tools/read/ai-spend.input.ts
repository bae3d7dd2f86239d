import { Flag, From, Id, OPTIONAL, Paged, Text, To } from '../fields';

export class GetAiUsageSummary {
  @From() from?: string;
  @To() to?: string;
}

export class GetAiSpend extends Paged {
  @From() from?: string;
  @To() to?: string;
  @Text('Only of this AI system, such as Cursor.', { ...OPTIONAL, max: 100 }) system?: string;
  @Id('team', 'Only of this team.', OPTIONAL) teamId?: string;
  @Flag('Also of the teams below it.', { byDefault: true }) includeSubteams = true;
}
