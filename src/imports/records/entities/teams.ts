import { COST_CENTRE, person } from '../fields';
import type { RecordEntity } from '../record';

export const TEAMS: RecordEntity = {
  name: 'teams',
  noun: 'team',
  table: 'team',
  prefix: 'team',
  identity: { kind: 'team', number: 'team number', name: 'name', adopts: true },
  below: 'parent',
  settings: [],
  example: `Team ID;Team name;Parent;Team lead;Cost centre
ENG;Engineering;;ada@example.com;CC-100
PLT;Platform;ENG;;CC-110`,
  fields: [
    {
      name: 'team number',
      kind: 'text',
      max: 100,
      about: 'By which a team is found again; without, by its name.',
      headers: ['team number', 'team id', 'department id', 'department code', 'org unit id', 'unit id', 'code', 'external id', 'id'],
    },
    {
      name: 'name',
      kind: 'text',
      required: true,
      about: 'What it is called; no two teams directly below the same team have one name.',
      headers: ['team name', 'name', 'team', 'department name', 'department', 'org unit', 'unit', 'Abteilung', 'équipe'],
      column: 'name',
    },
    {
      name: 'parent',
      kind: 'text',
      about: 'The team that it is below, by number or name; blank = at the top. It may come later in the file.',
      headers: ['parent team id', 'parent id', 'parent team', 'parent', 'parent department', 'reports to', 'superior unit', 'übergeordnet'],
      names: ['team'],
      column: 'parent_team_id',
    },
    {
      name: 'type',
      kind: 'text',
      max: 50,
      about: 'Kind of team, in words of your own.',
      headers: ['team type', 'type', 'unit type', 'Typ'],
      column: 'team_type',
    },
    {
      name: 'description',
      kind: 'text',
      max: 2_000,
      about: 'What it does.',
      headers: ['description', 'purpose', 'mission', 'Beschreibung'],
      column: 'description',
    },
    person({
      name: 'manager',
      about: 'Employee who leads it.',
      headers: ['manager email', 'team lead', 'manager', 'lead', 'head', 'team manager', 'Leitung', 'responsable'],
      column: 'manager_id',
    }),
    COST_CENTRE,
  ],
  rules: {
    team_name_among_siblings: 'another team directly below the same one has this name',
    team_tree_acyclic: 'with this parent it would be below itself',
    team_org_id_parent_team_id_fkey: 'the row of its parent was refused',
    team_parent_team_id_check: 'it cannot be its own parent',
    team_check: 'it cannot be its own parent',
  },
};
