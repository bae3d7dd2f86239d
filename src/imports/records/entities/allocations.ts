import type { Setting } from '../../entity';
import type { NamedKind } from '../../references/named-kinds';
import { FTE_UNIT, oneOf } from '../../settings';
import { END, fte, inOrder, START } from '../fields';
import { checkDays } from '../allocation-days.sql';
import type { RecordEntity } from '../record';

const SUBJECTS = {
  employee: 'employee_id',
  contractor: 'contractor_id',
  vacancy: 'vacancy_id',
  ai_agent: 'ai_agent_id',
  team: 'team_id',
} as const satisfies Partial<Record<NamedKind, string>>;

const MAIN = oneOf('yes', 'no');
const MAIN_TEAM: Setting = {
  name: 'main team',
  about: `Whether a team that somebody is allocated to is their main one, where the file does not say: ${MAIN.words}. Nobody has two at a time.`,
  needed: (mapped) => mapped.has('team') && !mapped.has('main team'),
  propose: () => undefined,
  valid: MAIN.valid,
};

export const ALLOCATIONS: RecordEntity = {
  name: 'allocations',
  noun: 'allocation',
  table: 'allocation',
  prefix: 'alc',
  identity: { oneOf: Object.values(SUBJECTS), same: ['start_date'], sameOrNone: ['target_team_id', 'target_project_id'] },
  settings: [FTE_UNIT, MAIN_TEAM],
  example: `Resource;Resource type;Team;Project;FTE;From;To;Primary
ada@example.com;Employee;;APO;20%;2025-03-17;;no
C-17;Contractor;PLT;;80%;2025-03-17;2026-06-30;yes
C-17;Contractor;;APO;80%;2025-03-17;2026-06-30;no
PLT;Team;;APO;300%;2025-03-17;;no`,
  fields: [
    {
      name: 'who',
      kind: 'text',
      required: true,
      about: 'Employee, contractor, vacancy, AI agent or team that is allocated, by number, e-mail address, name or id.',
      headers: [
        'who',
        'employee email',
        'email',
        'employee id',
        'employee number',
        'employee',
        'resource id',
        'resource',
        'person',
        'worker',
        'assignee',
        'contractor',
        'member',
        'name',
        'Mitarbeiter',
      ],
      names: Object.keys(SUBJECTS) as NamedKind[],
      column: SUBJECTS,
      among: (values) => (values['who is'] === undefined ? undefined : [values['who is'] as NamedKind]),
    },
    {
      name: 'who is',
      kind: 'choice',
      about: 'What kind of thing is allocated; needed where numbers of several kinds are the same.',
      headers: ['who is', 'resource type', 'subject type', 'worker type', 'kind'],
      choices: {
        employee: ['employee', 'person', 'staff', 'internal'],
        contractor: ['contractor', 'external', 'freelance'],
        vacancy: ['vacancy', 'requisition', 'open position', 'tbh'],
        ai_agent: ['ai agent', 'agent', 'ai'],
        team: ['team', 'squad', 'department'],
      },
    },
    {
      name: 'team',
      kind: 'text',
      about: 'Team that they are in.',
      headers: ['team id', 'team', 'target team', 'department', 'squad', 'Abteilung'],
      names: ['team'],
      column: 'target_team_id',
    },
    {
      name: 'project',
      kind: 'text',
      about: 'Project that they work on; a row has a team or a project.',
      headers: ['project id', 'project key', 'project code', 'project', 'project name', 'target project', 'Projekt'],
      names: ['project'],
      column: 'target_project_id',
    },
    { ...fte('Share of full time; of a team, how many people.', '1'), written: () => true },
    { ...START, required: true },
    END,
    {
      name: 'main team',
      kind: 'choice',
      about: 'Whether the team is their main one.',
      headers: ['main team', 'primary', 'is primary', 'primary team', 'home team'],
      choices: { yes: ['yes', 'true', '1', 'y', 'ja', 'oui', 'x'], no: ['no', 'false', '0', 'n', 'nein', 'non'] },
      column: 'is_primary',
      value: (text, { settings }, values) => String('team' in values && (text ?? settings['main team']) === 'yes'),
      written: (mapped) => mapped.has('team'),
    },
  ],
  follow: checkDays,
  incomplete: (mapped) => (mapped.has('team') || mapped.has('project') ? undefined : 'team or project is needed'),
  wrong: (values, { settings }) => {
    if ('team' in values === 'project' in values) return 'a row has a team or a project, and not both';
    const share = Number(values['fte'] ?? '1') / (settings['fte unit'] === 'percent' ? 100 : 1);
    if (share < 0.0005) return 'fte is not above 0'; // as it is kept, with three places
    return inOrder(values);
  },
  rules: {
    allocation_fte_check: 'fte is above 2, or of a team above 10,000',
    allocation_team_to_project: 'a team can be allocated to a project only',
    allocation_main_team_overlap: 'there is another main team on some of these days: end that one before, or say no in main team',
    allocation_one_open_primary: 'the person has another main team without an end',
    allocation_one_open_primary_other: 'there is another main team without an end',
  },
};
