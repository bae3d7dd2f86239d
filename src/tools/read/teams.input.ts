import { AsOf, Count, Cursor, Flag, Id, Limit, OPTIONAL, Paged, PlanId, SomeOf, Text } from '../fields';

export class SearchTeams extends Paged {
  @Text('Beginnings of words of the name.', { ...OPTIONAL, max: 100 }) query?: string;
  @Id('team', 'Only teams below this one.', OPTIONAL) parentTeamId?: string;
  @Flag('false: only those directly below.', { byDefault: true }) includeDescendants = true;
  @Text('As in teamType, in any case.', { ...OPTIONAL, max: 50 }) teamType?: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

const PARTS = ['members', 'subteams', 'vacancies', 'contractors', 'projects', 'ai_agents'] as const;
type Part = (typeof PARTS)[number];
const USUAL: Part[] = ['members', 'subteams'];

export class GetTeamDetails {
  @Id('team', 'Id (team_…) or ext: and an external id.') teamId: string;
  @SomeOf(PARTS, `Lists to show, of the team itself; default ${USUAL.join(', ')}.`, { ...OPTIONAL, most: PARTS.length }) include = USUAL;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}

const DEEPEST = 20;
const USUAL_DEPTH = 2;
const USUAL_ROWS = 50;

export class GetOrgTree {
  @Id('team', 'Where to begin; default: the top.', OPTIONAL) teamId?: string;
  @Count(`Levels below that, at most ${DEEPEST}; default ${USUAL_DEPTH}.`, { ...OPTIONAL, most: DEEPEST }) depth = USUAL_DEPTH;
  @Limit({ byDefault: USUAL_ROWS }) limit = USUAL_ROWS;
  @Cursor() cursor?: string;
  @AsOf() asOf?: string;
  @PlanId() planId?: string;
}
